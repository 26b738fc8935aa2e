-- Where the current version of each article came from, down to the bytes.
CREATE OR REPLACE VIEW mart.lineage AS
SELECT
  c.article_id, c.version, v.url, v.format, v.extractor, x.extractor AS facts_from, v.record, v.raw_id,
  w.archive, w.archive_offset, w.archive_length, w.n_bytes, w.uri, w.fetched_at,
  r.run_id, r.flow, r.code_version, r.started_at, v.batch_id, r.rejected AS rejected_in_run
FROM news.current AS c
JOIN news.version AS v ON v.article_id = c.article_id AND v.version = c.version
LEFT JOIN news.extraction AS x ON x.article_id = c.article_id AND x.version = c.version
LEFT JOIN ops.raw AS w ON w.raw_id = v.raw_id
LEFT JOIN ops.run AS r ON r.run_id = v.run_id;
COMMENT ON VIEW mart.lineage IS 'Where each article came from: run, fetch and the bytes in the archive';
COMMENT ON COLUMN mart.lineage.article_id IS 'The article';
COMMENT ON COLUMN mart.lineage.version IS 'Its current version';
COMMENT ON COLUMN mart.lineage.url IS 'Its address';
COMMENT ON COLUMN mart.lineage.format IS 'The format it was read as';
COMMENT ON COLUMN mart.lineage.extractor IS 'What read the article out of the bytes';
COMMENT ON COLUMN mart.lineage.facts_from IS 'What read its facts';
COMMENT ON COLUMN mart.lineage.record IS 'Number of the record in the payload, from 0';
COMMENT ON COLUMN mart.lineage.raw_id IS 'SHA-256 of the payload';
COMMENT ON COLUMN mart.lineage.archive IS 'WARC file in data/archive that has it; empty if the source itself keeps it';
COMMENT ON COLUMN mart.lineage.archive_offset IS 'Where it begins there, in bytes';
COMMENT ON COLUMN mart.lineage.archive_length IS 'Its length there, in bytes';
COMMENT ON COLUMN mart.lineage.n_bytes IS 'Length of the payload, in bytes';
COMMENT ON COLUMN mart.lineage.uri IS 'Where it was first fetched from';
COMMENT ON COLUMN mart.lineage.fetched_at IS 'When, UTC';
COMMENT ON COLUMN mart.lineage.run_id IS 'The run that landed the version';
COMMENT ON COLUMN mart.lineage.flow IS 'What that was: ingest, poll or reprocess';
COMMENT ON COLUMN mart.lineage.code_version IS 'Version of Wirehouse that ran';
COMMENT ON COLUMN mart.lineage.started_at IS 'When that run started, UTC';
COMMENT ON COLUMN mart.lineage.batch_id IS 'The batch that wrote it';
COMMENT ON COLUMN mart.lineage.rejected_in_run IS 'Items that the same run refused (mart.rejects)';
