SELECT * FROM mart.stories
WHERE story_id = coalesce((SELECT arg_max(merged_into, batch_id) FROM news.story_merge WHERE story_id = $story_id), $story_id)
   OR story_id = (SELECT story_id FROM mart.articles WHERE article_id = $story_id)
