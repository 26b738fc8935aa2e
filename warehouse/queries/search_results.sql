-- Hits of the search index, as they are published, with how many other articles have the same text.
WITH hits AS (
  SELECT unnest($ids) AS article_id, unnest($scores) AS score, generate_subscripts($ids, 1) AS place
), copies AS (
  SELECT copy_group, count(*) - 1 AS n FROM news.current GROUP BY copy_group
)
SELECT
  h.score, a.article_id, a.sort_at, a.published_at, a.published_precision, a.outlet, a.source, a.title, a.url, a.language,
  a.version, a.state, a.is_original, a.copy_group, c.n AS copies
FROM hits AS h JOIN mart.articles AS a ON a.article_id = h.article_id JOIN copies AS c ON c.copy_group = a.copy_group
ORDER BY h.place
