-- title: No story swallows what has nothing to do with it
-- severity: warning
-- do: Look at it: wirehouse stories STORY. If its articles share only a template or a footer, please report it.
WITH recent AS (
  SELECT coalesce(m.merged_into, s.story_id) AS story_id, count(*) AS articles
  FROM news.story_article AS s
  LEFT JOIN (SELECT story_id, arg_max(merged_into, batch_id) AS merged_into FROM news.story_merge GROUP BY story_id) AS m ON m.story_id = s.story_id
  WHERE s.sort_at > $now - INTERVAL 30 DAY GROUP BY 1
)
SELECT story_id AS subject, articles AS measured, round(total * $story_share) AS expected, format('of the {} articles of 30 days', total) AS detail, [story_id] AS examples
FROM recent CROSS JOIN (SELECT sum(articles) AS total FROM recent)
WHERE articles >= $story_articles AND articles > total * $story_share
