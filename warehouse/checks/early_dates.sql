-- title: No articles from before 1990, but in sources that are old altogether
-- severity: warning
-- do: Look at one of the examples (wirehouse where ID): a founding year or a default of the publisher's system was taken for a date.
SELECT
  source AS subject, count(*) FILTER (early) AS measured, 0 AS expected,
  format('articles dated before 1990, of {} that the source dates', count(*)) AS detail, min(article_id, 5) FILTER (early) AS examples
FROM (
  SELECT a.source, a.article_id, v.published_at < TIMESTAMP '1990-01-01' AND v.published_from <> 'given' AS early
  FROM news.version AS v JOIN news.article AS a ON a.article_id = v.article_id
  WHERE v.valid_to IS NULL AND v.published_at IS NOT NULL
)
GROUP BY source
HAVING count(*) FILTER (early) > 0 AND count(*) FILTER (early) < count(*) / 2
