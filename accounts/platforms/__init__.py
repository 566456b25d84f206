"""Platforms as data, and addresses: read, recognised, told from what only looks alike."""
