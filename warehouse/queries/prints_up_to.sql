SELECT count(*) FROM news.print WHERE batch_id <= $batch
