SELECT count(*) FROM news.story_article WHERE batch_id <= $batch
