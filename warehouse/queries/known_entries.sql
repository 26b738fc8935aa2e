-- What these feeds listed when last read, and what they listed lately.
SELECT source, print, article_id, seen_at, vanished_at, tries, retry_at, stamp
FROM ops.entry
WHERE source IN (SELECT source FROM wanted) AND (vanished_at IS NULL OR vanished_at > $recent)
