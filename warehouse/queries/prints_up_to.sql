-- How many documents there are up to a batch, and which came last.
SELECT count(*), arg_max(article_id, seq) FROM news.print WHERE batch_id <= $batch
