SELECT f.article_id, f.version, f.name, f.text, f.part, f.start_char, f.end_char
FROM news.head_field AS f JOIN wanted AS w ON w.article_id = f.article_id AND w.version = f.version
WHERE f.batch_id >= $first AND f.batch_id <= $last
ORDER BY f.rowid
