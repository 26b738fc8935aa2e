-- title: Each item of a batch is a sighting, a reject, or an entry that its feed had before
-- severity: error
-- do: Rows of a committed batch are missing or there twice. Restore a backup, or read its files again; please report it.
WITH placed AS (
  SELECT batch_id, count(*) AS items FROM news.sighting GROUP BY batch_id
  UNION ALL SELECT batch_id, count(*) FROM ops.reject GROUP BY batch_id
  UNION ALL SELECT batch_id, sum(n_known + n_refused) FROM ops.fetch GROUP BY batch_id
)
SELECT
  'batch ' || b.batch_id AS subject, coalesce(sum(p.items), 0) AS measured, any_value(b.items) AS expected,
  'items of run ' || any_value(b.run_id) || ' that ended somewhere' AS detail, [any_value(b.run_id)] AS examples
FROM ops.batch AS b LEFT JOIN placed AS p ON p.batch_id = b.batch_id
WHERE b.batch_id NOT IN (SELECT batch_id FROM ops.thinned)
GROUP BY b.batch_id
HAVING coalesce(sum(p.items), 0) <> any_value(b.items)
