-- What was refused and why.
CREATE OR REPLACE VIEW mart.rejects AS
SELECT source, path, record, reason, detail, stage, url, raw_id, seen_at, run_id
FROM ops.reject;
COMMENT ON VIEW mart.rejects IS 'What was refused, where and why; the bytes stay in the archive';
COMMENT ON COLUMN mart.rejects.source IS 'The source it came from';
COMMENT ON COLUMN mart.rejects.path IS 'The file, relative to the source''s root';
COMMENT ON COLUMN mart.rejects.record IS 'Number of the record in the file, from 0';
COMMENT ON COLUMN mart.rejects.reason IS 'One word for why';
COMMENT ON COLUMN mart.rejects.detail IS 'What was found, and what to do';
COMMENT ON COLUMN mart.rejects.stage IS 'fetch, parse, clean or fingerprint';
COMMENT ON COLUMN mart.rejects.url IS 'The article''s address, if it was known';
COMMENT ON COLUMN mart.rejects.raw_id IS 'The bytes in the archive (ops.raw)';
COMMENT ON COLUMN mart.rejects.seen_at IS 'When it was read, UTC';
COMMENT ON COLUMN mart.rejects.run_id IS 'The run that refused it';
