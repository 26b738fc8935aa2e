INSERT INTO ops.migration (version, name, applied_at, checksum) VALUES (?, ?, ?, ?)
