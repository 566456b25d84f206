"""What leaves the archive: records with metadata that others can read, to a diary, a requester or another archive."""
