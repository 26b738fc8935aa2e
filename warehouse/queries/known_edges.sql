-- Where these versions would credit others.
SELECT v.article_id, v.version, v.agency, v.authors, v.head, v.tail, left(v.text, 400), right(v.text, 400)
FROM news.version AS v JOIN wanted AS w ON w.article_id = v.article_id AND w.version = v.version
WHERE v.batch_id >= $first AND v.batch_id <= $last
