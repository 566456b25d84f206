"""The municipality's policy as data: `reader.read` makes a `schema.Policy` of a TOML file. No Django here."""
