-- title: What articles are counted by (news.current) is what the other tables say of them
-- severity: error
-- do: It is derived, so nothing is lost: please report it with an example.
WITH copied AS (
  SELECT DISTINCT c.article_id
  FROM news.copy AS c JOIN news.version AS v ON v.article_id = c.article_id AND v.version = c.version AND v.valid_to IS NULL
  WHERE c.containment >= 0.5
), grouped AS (
  SELECT article_id, arg_max(group_id, version) AS group_id FROM news.copy_group GROUP BY article_id
), firsts AS (
  SELECT arg_min(a.article_id, (coalesce(v.published_at, a.first_seen_at), a.first_seen_at, a.article_id)) AS article_id
  FROM (SELECT article_id, group_id FROM grouped UNION SELECT group_id, group_id FROM grouped) AS m
  JOIN news.article AS a ON a.article_id = m.article_id
  JOIN news.version AS v ON v.article_id = m.article_id AND v.valid_to IS NULL
  LEFT JOIN copied AS c ON c.article_id = m.article_id
  GROUP BY m.group_id HAVING bool_and(c.article_id IS NOT NULL)
), merged AS (
  SELECT story_id, arg_max(merged_into, batch_id) AS merged_into FROM news.story_merge GROUP BY story_id
), told AS (
  SELECT
    a.article_id, v.version, a.source, a.outlet, v.published_at, a.first_seen_at, c.article_id IS NULL OR f.article_id IS NOT NULL AS is_original,
    coalesce(g.group_id, a.article_id) AS copy_group, coalesce(m.merged_into, s.story_id) AS story_id
  FROM news.article AS a
  JOIN news.version AS v ON v.article_id = a.article_id AND v.valid_to IS NULL
  LEFT JOIN copied AS c ON c.article_id = a.article_id
  LEFT JOIN firsts AS f ON f.article_id = a.article_id
  LEFT JOIN grouped AS g ON g.article_id = a.article_id
  LEFT JOIN news.story_article AS s ON s.article_id = a.article_id
  LEFT JOIN merged AS m ON m.story_id = s.story_id
)
SELECT 'news.current' AS subject, count(*) AS measured, 0 AS expected, 'articles that it lacks, has too many, or tells otherwise' AS detail, min(coalesce(t.article_id, c.article_id), 5) AS examples
FROM told AS t FULL JOIN news.current AS c ON c.article_id = t.article_id
WHERE c.article_id IS NULL OR t.article_id IS NULL OR c.version <> t.version OR c.source <> t.source OR c.outlet <> t.outlet OR c.first_seen_at <> t.first_seen_at
  OR c.published_at IS DISTINCT FROM t.published_at OR c.is_original <> t.is_original OR c.copy_group <> t.copy_group OR c.story_id IS DISTINCT FROM t.story_id
HAVING count(*) > 0
