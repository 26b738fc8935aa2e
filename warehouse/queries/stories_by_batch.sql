SELECT batch_id, count(*) FROM news.story_terms WHERE batch_id > $after GROUP BY batch_id ORDER BY batch_id
