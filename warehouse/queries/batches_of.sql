-- The batches that hold these versions: text is read from there alone.
SELECT DISTINCT v.batch_id FROM news.version AS v JOIN wanted AS w ON w.article_id = v.article_id AND w.version = v.version ORDER BY v.batch_id
