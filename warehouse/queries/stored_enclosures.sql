SELECT e.article_id, e.version, e.url, e.media_type, e.n_bytes
FROM news.enclosure AS e JOIN wanted AS w ON w.article_id = e.article_id AND w.version = e.version
WHERE e.batch_id >= $first AND e.batch_id <= $last
ORDER BY e.rowid
