-- title: The facts of articles can be read
-- severity: warning
-- do: wirehouse reprocess --stage extract --stale tries again; news.extraction has the reason for each.
SELECT
  error AS subject, count(*) AS measured, 0 AS expected, format('articles of {} of the last 30 days', any_value(total)) AS detail, min(article_id, 5) AS examples
FROM (
  SELECT e.article_id, e.error, count(*) OVER () AS total
  FROM news.extraction AS e JOIN news.version AS v ON v.article_id = e.article_id AND v.version = e.version AND v.valid_to IS NULL
  WHERE v.valid_from > $now - INTERVAL 30 DAY
)
WHERE error IS NOT NULL
GROUP BY error
HAVING count(*) >= $fewest_each AND count(*) > any_value(total) * $unread_share
