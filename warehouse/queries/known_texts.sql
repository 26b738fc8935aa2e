-- What these versions told.
SELECT v.article_id, v.version, v.title, v.text, v.head, v.tail
FROM news.version AS v JOIN wanted AS w ON w.article_id = v.article_id AND w.version = v.version
WHERE v.batch_id >= $first AND v.batch_id <= $last
