-- The batches that hold these versions: text is read from there alone.
SELECT coalesce(min(v.batch_id), 0), coalesce(max(v.batch_id), -1)
FROM news.version AS v JOIN wanted AS w ON w.article_id = v.article_id AND w.version = v.version
