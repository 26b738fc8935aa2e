SELECT batch_id, count(*) FROM news.sighting WHERE batch_id > $after GROUP BY batch_id ORDER BY batch_id
