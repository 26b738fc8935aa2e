-- The texts of versions whose facts are to be read, with what is known of them; $ids and $source narrow them down where given.
SELECT
  v.article_id, v.version, v.text, v.title, v.language,
  CASE WHEN v.published_precision IN ('second', 'minute', 'day') THEN v.published_at END AS published,
  s.country AS home, v.dateline_place, v.dateline_country,
  list_transform(f.fields, lambda x: [x.name, x.text, x.part, x.start_char::VARCHAR, x.end_char::VARCHAR]) AS fields
FROM news.version AS v
JOIN news.article AS a ON a.article_id = v.article_id
LEFT JOIN ops.source AS s ON s.source = a.source
LEFT JOIN (
  SELECT article_id, version, list({name: name, text: text, part: part, start_char: start_char, end_char: end_char} ORDER BY rowid) AS fields
  FROM news.head_field WHERE batch_id > $after AND batch_id <= $upto GROUP BY ALL
) AS f ON f.article_id = v.article_id AND f.version = v.version
LEFT JOIN news.extraction AS x ON x.article_id = v.article_id AND x.version = v.version
WHERE v.batch_id > $after AND v.batch_id <= $upto
  AND ($source IS NULL OR a.source = $source)
  AND ($since IS NULL OR coalesce(v.published_at, a.first_seen_at) >= $since)
  AND (len($ids) = 0 OR list_contains($ids, v.article_id))
  AND (NOT $stale OR x.extractor IS DISTINCT FROM $extractor OR x.error IS NOT NULL)
ORDER BY v.rowid
