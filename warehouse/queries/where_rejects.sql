SELECT j.source, j.path, j.record, j.stage, j.reason, j.detail, j.seen_at, j.run_id, r.archive, r.archive_offset, j.raw_id, j.resolved_at, j.resolution
FROM mart.rejects AS j LEFT JOIN ops.raw AS r ON r.raw_id = j.raw_id
WHERE ((j.path = $path OR starts_with(j.path, $path || '!/')) AND ($source IS NULL OR j.source = $source)) OR j.url = $url OR j.raw_id = $raw_id
ORDER BY j.seen_at, j.record
