-- The newest publication that was begun, whether batches have landed since, and how many there were since row groups were merged.
SELECT
  coalesce(max(number), 0), coalesce(max(batch_id), 0) < (SELECT coalesce(max(batch_id), 0) FROM ops.batch),
  count(*) FILTER (WHERE number > coalesce((SELECT max(number) FROM ops.publication WHERE merged), 0))
FROM ops.publication
