-- What was refused and why. A row is resolved if `wirehouse retry` was done with it, if the same was refused again later, or if its
-- file was read since (with other bytes, if it could be read then).
CREATE OR REPLACE VIEW mart.rejects AS
WITH named AS (
  SELECT DISTINCT source, unnest([path, split_part(path, '!/', 1)]) AS file FROM ops.reject
), newest AS (
  SELECT f.source, f.path, max(f.batch_id) AS batch_id, arg_max(f.raw_id, f.batch_id) AS raw_id
  FROM ops.file AS f
  SEMI JOIN named AS n ON n.source = f.source AND n.file = f.path
  SEMI JOIN (SELECT source FROM ops.source WHERE kind = 'folder') AS s ON s.source = f.source
  GROUP BY f.source, f.path
), told AS (
  SELECT
    r.*, lead(r.batch_id) OVER same AS refused_in
  FROM ops.reject AS r
  WINDOW same AS (PARTITION BY r.source, r.path, r.record, r.raw_id ORDER BY r.batch_id)
)
SELECT
  t.source, t.path, t.record, t.reason, t.detail, t.stage, t.url, t.raw_id, t.seen_at, t.run_id,
  coalesce(t.resolved_at, b.landed_at) AS resolved_at, coalesce(t.resolved_by, b.run_id) AS resolved_by,
  coalesce(t.resolution, CASE WHEN t.refused_in IS NOT NULL THEN 'refused' WHEN b.batch_id IS NOT NULL THEN 'outdated' END) AS resolution
FROM told AS t
LEFT JOIN newest AS n
  ON n.source = t.source AND (n.path = t.path OR n.path = split_part(t.path, '!/', 1)) AND n.batch_id > t.batch_id
  AND (n.raw_id IS DISTINCT FROM t.raw_id OR t.stage = 'fetch')
LEFT JOIN ops.batch AS b ON b.batch_id = coalesce(t.refused_in, n.batch_id);
COMMENT ON VIEW mart.rejects IS 'What was refused, where and why; the bytes stay in the archive. Still refused: WHERE resolved_at IS NULL';
COMMENT ON COLUMN mart.rejects.source IS 'The source it came from';
COMMENT ON COLUMN mart.rejects.path IS 'The file, relative to the source''s root';
COMMENT ON COLUMN mart.rejects.record IS 'Number of the record in the file, from 0';
COMMENT ON COLUMN mart.rejects.reason IS 'One word for why';
COMMENT ON COLUMN mart.rejects.detail IS 'What was found, and what to do';
COMMENT ON COLUMN mart.rejects.stage IS 'fetch, parse, clean, fingerprint or judge';
COMMENT ON COLUMN mart.rejects.url IS 'The article''s address, if it was known';
COMMENT ON COLUMN mart.rejects.raw_id IS 'The bytes in the archive (ops.raw)';
COMMENT ON COLUMN mart.rejects.seen_at IS 'When it was read, UTC';
COMMENT ON COLUMN mart.rejects.run_id IS 'The run that refused it';
COMMENT ON COLUMN mart.rejects.resolved_at IS 'Since when it is no longer refused, UTC; NULL if it is';
COMMENT ON COLUMN mart.rejects.resolved_by IS 'The run that resolved it';
COMMENT ON COLUMN mart.rejects.resolution IS 'landed, refused (again: a newer row says why) or outdated (its file was read since with other bytes, or holds no such record)';
