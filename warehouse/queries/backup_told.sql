SELECT (SELECT count(*) FROM news.article), (SELECT coalesce(max(batch_id), 0) FROM ops.batch)
