-- What each source last carried of these articles. Sightings of before this was recorded carried the version that they name.
SELECT s.article_id, s.source, last(coalesce(s.version_hash, v.version_hash) ORDER BY s.batch_id, s.rowid)
FROM news.sighting AS s
SEMI JOIN wanted AS w ON w.article_id = s.article_id
LEFT JOIN news.version AS v ON s.version_hash IS NULL AND v.article_id = s.article_id AND v.version = s.version
GROUP BY s.article_id, s.source
