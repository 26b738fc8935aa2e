-- title: Each article's versions are numbered from 1, follow on one another, and the last one is current
-- severity: error
-- do: Which version is current cannot be told for these articles. Restore a backup; please report it.
SELECT
  'news.version' AS subject, count(DISTINCT article_id) AS measured, 0 AS expected,
  'articles of which a version is missing, there twice, or does not end where the next one begins' AS detail,
  min(DISTINCT article_id, 5) AS examples
FROM (
  SELECT
    article_id, version, valid_to,
    row_number() OVER (PARTITION BY article_id ORDER BY version) AS number,
    lead(valid_from) OVER (PARTITION BY article_id ORDER BY version) AS next_from
  FROM news.version
)
WHERE version <> number OR valid_to IS DISTINCT FROM next_from
HAVING count(*) > 0
