SELECT coalesce(max(number), 0) FROM news.story_article WHERE batch_id <= $batch
