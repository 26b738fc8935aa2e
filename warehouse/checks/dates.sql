-- title: No article is dated after it was read
-- severity: error
-- do: Such dates are refused when articles are cleaned, so they were made by hand or by a defect: please report it with an example.
SELECT
  a.source || ': ' || d.what AS subject, count(*) AS measured, 0 AS expected, 'articles that are dated more than a day after they were read' AS detail,
  min(v.article_id, 5) AS examples
FROM news.version AS v
JOIN news.article AS a ON a.article_id = v.article_id
CROSS JOIN LATERAL (SELECT unnest(['published', 'modified']) AS what, unnest([v.published_at, v.modified_at]) AS at) AS d
WHERE d.at > v.valid_from + INTERVAL '1 day 1 hour'
GROUP BY a.source, d.what
