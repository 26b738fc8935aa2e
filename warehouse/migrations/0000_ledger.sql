-- The record of migrations; the only one that may run again.
CREATE SCHEMA IF NOT EXISTS ops;
CREATE TABLE IF NOT EXISTS ops.migration (version INTEGER NOT NULL, name VARCHAR NOT NULL, applied_at TIMESTAMP NOT NULL, checksum VARCHAR NOT NULL);
COMMENT ON TABLE ops.migration IS 'The migrations that made this schema; version -1 stands for the views of mart';
COMMENT ON COLUMN ops.migration.version IS 'Number of the migration';
COMMENT ON COLUMN ops.migration.name IS 'Its file''s name';
COMMENT ON COLUMN ops.migration.applied_at IS 'When it ran, UTC';
COMMENT ON COLUMN ops.migration.checksum IS 'SHA-256 of its text, in hex';
