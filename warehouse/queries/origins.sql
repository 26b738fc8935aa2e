-- The versions that came in a span of batches, with where each was read: a file and its record, or a feed's entry and its page.
-- Replaced versions stand in later batches than their sightings do, never in earlier ones.
SELECT
  s.article_id, s.version, s.source, s.path, CASE WHEN v.raw_id = s.raw_id THEN v.record ELSE s.record END AS record, s.guid, s.url, coalesce(s.title, '') AS titled, s.raw_id, s.seen_at,
  coalesce(f.path, split_part(s.path, '!/', 1)) AS file, r.arguments, coalesce(e.final_url, e.url) AS feed_uri,
  CASE WHEN v.raw_id <> s.raw_id THEN v.raw_id END AS page_id, coalesce(p.final_url, p.url) AS page_uri,
  v.batch_id, x.batch_id AS facts_batch
FROM news.sighting AS s
JOIN news.version AS v ON v.article_id = s.article_id AND v.version = s.version
JOIN news.article AS a ON a.article_id = s.article_id
LEFT JOIN ops.file AS f
  ON f.batch_id = s.batch_id AND f.source = s.source AND f.raw_id = s.raw_id AND (f.path = s.path OR starts_with(s.path, f.path || '!/'))
LEFT JOIN ops.fetch AS e ON e.batch_id = s.batch_id AND e.source = s.source AND e.raw_id = s.raw_id AND e.kind = 'feed'
LEFT JOIN ops.fetch AS p ON p.batch_id = s.batch_id AND p.source = s.source AND p.raw_id = v.raw_id AND p.kind = 'page'
LEFT JOIN ops.run AS r ON r.run_id = s.run_id
LEFT JOIN ops.reading AS g ON g.article_id = s.article_id AND g.version = s.version
LEFT JOIN news.extraction AS x ON x.article_id = s.article_id AND x.version = s.version
WHERE s.batch_id > $after AND s.batch_id <= $upto AND v.batch_id > $after
  AND (s.verdict <> 'seen' OR (v.change_kind = 'completed' AND v.valid_from = s.seen_at))
  AND (len($ids) = 0 OR list_contains($ids, s.article_id))
  AND ($source IS NULL OR s.source = $source)
  AND ($since IS NULL OR coalesce(v.published_at, a.first_seen_at) >= $since)
  AND ($until IS NULL OR coalesce(v.published_at, a.first_seen_at) < $until)
  AND ($format IS NULL OR v.format = $format)
  AND ($extractor IS NULL OR v.extractor = $extractor)
  AND ($run IS NULL OR v.run_id = $run)
  AND (NOT $stale OR coalesce(g.code_version, r.code_version) IS DISTINCT FROM $code_version OR g.outcome = 'lost')
QUALIFY row_number() OVER (PARTITION BY s.article_id, s.version ORDER BY s.rowid) = 1
ORDER BY s.rowid
