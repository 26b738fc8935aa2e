SELECT batch_id, count(*) FROM news.version WHERE batch_id > $after GROUP BY batch_id ORDER BY batch_id
