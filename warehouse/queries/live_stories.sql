-- Articles of the stories that one of a time may join: stories with an article near it, and one that came not too long ago.
WITH placed AS (
  SELECT s.article_id, coalesce(m.merged_into, s.story_id) AS story_id, s.number, s.sort_at, s.batch_id
  FROM news.story_article AS s
  LEFT JOIN (SELECT story_id, arg_max(merged_into, batch_id) AS merged_into FROM news.story_merge GROUP BY story_id) AS m USING (story_id)
), live AS (
  SELECT story_id FROM placed GROUP BY story_id HAVING min(sort_at) <= $last AND max(sort_at) >= $first AND max(number) > $after
)
SELECT p.article_id, p.story_id, p.number, p.sort_at, p.batch_id FROM placed AS p SEMI JOIN live USING (story_id) ORDER BY p.number
