-- Articles that one of these identifies: an article_id, a URL's key, or SHA-256 of the bytes.
SELECT DISTINCT a.article_id, a.outlet, v.title, v.url, v.version, a.first_seen_at, left(v.text, 120) AS begins
FROM news.article AS a
JOIN news.version AS v ON v.article_id = a.article_id AND v.valid_to IS NULL
WHERE a.article_id = $article_id
  OR a.article_id IN (SELECT article_id FROM ops.identity WHERE kind = 'url' AND key = $url_key)
  OR a.article_id IN (SELECT article_id FROM news.sighting WHERE raw_id = $raw_id)
ORDER BY a.first_seen_at
