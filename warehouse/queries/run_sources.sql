-- What a run brought from each source, those with most news first.
SELECT source, sum(new) AS new, sum(revised) AS revised, sum(held) AS held, sum(rejected) AS rejected
FROM (
  SELECT
    source, count(*) FILTER (verdict = 'new') AS new, count(*) FILTER (verdict = 'revised') AS revised, count(*) FILTER (verdict = 'held') AS held, 0 AS rejected
  FROM news.sighting WHERE run_id = $run_id GROUP BY source
  UNION ALL
  SELECT source, 0, 0, 0, count(*) FROM ops.reject WHERE run_id = $run_id GROUP BY source
) AS s
GROUP BY source
HAVING sum(new + revised + held + rejected) > 0
ORDER BY sum(new + revised) DESC, source
