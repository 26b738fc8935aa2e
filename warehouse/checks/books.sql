-- title: Each run's books balance, and its rows are those that it counted
-- severity: error
-- do: Items were lost or counted twice. Nothing is repaired by itself: please report it with the run's row of mart.runs.
WITH counted AS (
  SELECT run_id, sum(fetched) AS fetched, sum(new) AS new, sum(revised) AS revised, sum(seen) AS seen, sum(held) AS held, sum(rejected) AS rejected
  FROM (
    SELECT run_id, n_items AS fetched, 0 AS new, 0 AS revised, 0 AS seen, 0 AS held, 0 AS rejected FROM ops.file
    UNION ALL SELECT run_id, n_items, 0, 0, n_known, 0, n_refused FROM ops.fetch
    UNION ALL SELECT run_id, (stage = 'fetch')::INTEGER, 0, 0, 0, 0, 1 FROM ops.reject
    UNION ALL SELECT run_id, 0, 1, 0, 0, 0, 0 FROM news.article
    UNION ALL SELECT run_id, 0, 0, 1, 0, 0, 0 FROM news.version WHERE version > 1 AND change_kind <> 'completed'
    UNION ALL SELECT run_id, 0, 0, 0, (verdict = 'seen')::INTEGER, (verdict = 'held')::INTEGER, 0 FROM news.sighting
  ) GROUP BY run_id
), compared AS (
  SELECT
    r.run_id, r.seen_unchanged + r.rejected_unchanged AS unchanged,
    [r.fetched, r.new, r.revised, r.seen - r.seen_unchanged, r.held, r.rejected - r.rejected_unchanged]::BIGINT[] AS told,
    [
      coalesce(c.fetched, 0) + r.seen_unchanged + r.rejected_unchanged,
      coalesce(c.new, 0), coalesce(c.revised, 0), coalesce(c.seen, 0), coalesce(c.held, 0), coalesce(c.rejected, 0)
    ]::BIGINT[] AS rows
  FROM ops.run AS r LEFT JOIN counted AS c ON c.run_id = r.run_id
  WHERE r.fetched IS NOT NULL
)
SELECT
  run_id AS subject, told[1] AS measured, list_sum(rows[2:]) + unchanged AS expected,
  'fetched, new, revised, seen, held, rejected: told ' || told::VARCHAR || ', its rows make ' || rows::VARCHAR AS detail,
  [run_id] AS examples
FROM compared
WHERE (told[1] <> list_sum(told[2:]) + unchanged OR told <> rows) AND run_id NOT IN (SELECT run_id FROM ops.thinned)
