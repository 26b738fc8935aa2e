SELECT s.article_id, s.version, s.verdict, s.matched_by, s.source, s.path, s.record, s.seen_at, s.run_id, r.archive, r.archive_offset, s.raw_id
FROM news.sighting AS s LEFT JOIN ops.raw AS r ON r.raw_id = s.raw_id
WHERE s.article_id = $article_id OR ((s.path = $path OR starts_with(s.path, $path || '!/')) AND ($source IS NULL OR s.source = $source))
ORDER BY s.seen_at, s.record
