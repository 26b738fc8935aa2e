-- Stories that were merged into these, as it stands.
SELECT m.story_id, m.merged_into
FROM (SELECT story_id, arg_max(merged_into, batch_id) AS merged_into FROM news.story_merge GROUP BY story_id) AS m
JOIN wanted AS w ON w.story_id = m.merged_into
