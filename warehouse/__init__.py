"""Where: the schema, the one writer, the published snapshot, the raw archive."""
