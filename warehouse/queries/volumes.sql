-- Feeds' pasts by hour of the week (0 is Monday 00:00 UTC): new entries, and weeks with any. Those of a first poll are left out.
SELECT
  e.source, (isodow(e.seen_at) - 1) * 24 + hour(e.seen_at) AS hour_of_week, count(*) AS entries,
  count(DISTINCT date_trunc('hour', e.seen_at)) AS weeks
FROM (
  SELECT source, min(seen_at) AS seen_at FROM ops.entry
  WHERE source IN (SELECT source FROM wanted) AND article_id IS NOT NULL GROUP BY source, article_id
) AS e JOIN ops.feed AS f ON f.source = e.source
WHERE e.seen_at > $since AND e.seen_at > f.first_at
GROUP BY e.source, hour_of_week
