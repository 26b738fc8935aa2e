-- Reading again what is in the archive: which versions were, and what became of refused items.
CREATE TABLE ops.reading (article_id VARCHAR NOT NULL, version INTEGER NOT NULL, outcome VARCHAR NOT NULL, detail VARCHAR, code_version VARCHAR NOT NULL, batch_id BIGINT NOT NULL);
COMMENT ON TABLE ops.reading IS 'Versions that `wirehouse reprocess` read again from their bytes; one row a version, the newest';
COMMENT ON COLUMN ops.reading.article_id IS 'The article';
COMMENT ON COLUMN ops.reading.version IS 'Its version';
COMMENT ON COLUMN ops.reading.outcome IS 'same, changed, or lost (it can no longer be read, and stays as it was)';
COMMENT ON COLUMN ops.reading.detail IS 'What changed, or why it cannot be read';
COMMENT ON COLUMN ops.reading.code_version IS 'Version of Wirehouse that read it';
COMMENT ON COLUMN ops.reading.batch_id IS 'The batch that wrote it';

ALTER TABLE ops.reject ADD COLUMN resolved_at TIMESTAMP;
ALTER TABLE ops.reject ADD COLUMN resolved_by VARCHAR;
ALTER TABLE ops.reject ADD COLUMN resolution VARCHAR;
COMMENT ON COLUMN ops.reject.resolved_at IS 'When `wirehouse retry` was done with it; NULL if it was not retried';
COMMENT ON COLUMN ops.reject.resolved_by IS 'The run that was';
COMMENT ON COLUMN ops.reject.resolution IS 'landed, refused (again: a newer row says why) or outdated (its file was read since with other bytes, or holds no such record)';

COMMENT ON COLUMN news.version.run_id IS 'The run that found it; the run of its batch is the one that read it as it stands';
COMMENT ON COLUMN news.version.batch_id IS 'The batch that wrote it: a later one than at first if it was read anew and changed';
COMMENT ON COLUMN news.print.batch_id IS 'The batch in which the version came';
COMMENT ON COLUMN ops.run.flow IS 'ingest, poll, reprocess, retry, or another flow that writes';
