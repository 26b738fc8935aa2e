-- Which warehouse this is, whether a batch that the search index was brought up to is one of it, and whether there are
-- versions of later ones.
SELECT
  (SELECT CAST(min(applied_at) AS VARCHAR) FROM ops.migration WHERE version = 0),
  (SELECT max(run_id || ' ' || landed_at) FROM ops.batch WHERE batch_id = $batch),
  (SELECT coalesce(max(batch_id), 0) FROM news.version)
