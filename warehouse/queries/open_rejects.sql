-- What is still refused, with the file that it stands in and the date that the user gave then, in the order in which it came.
SELECT
  r.source, r.path, r.record, r.raw_id, r.seen_at, coalesce(f.path, split_part(r.path, '!/', 1)) AS file, o.arguments,
  coalesce(e.final_url, e.url) AS feed_uri, r.reason = 'lost' OR coalesce(e.n_items = 1 AND e.n_rejected = 1, false) AS whole
FROM mart.rejects AS r
JOIN ops.source AS s ON s.source = r.source
LEFT JOIN ops.file AS f
  ON s.kind = 'folder' AND f.source = r.source AND f.raw_id = r.raw_id AND (f.path = r.path OR starts_with(r.path, f.path || '!/'))
LEFT JOIN ops.fetch AS e ON e.run_id = r.run_id AND e.source = r.source AND e.raw_id = r.raw_id AND e.kind = 'feed' AND e.fetched_at = r.seen_at
LEFT JOIN ops.run AS o ON o.run_id = r.run_id
WHERE r.resolved_at IS NULL AND r.stage <> 'judge'
  AND ($run IS NULL OR r.run_id = $run) AND ($reason IS NULL OR r.reason = $reason) AND ($source IS NULL OR r.source = $source)
  AND ($stage IS NULL OR r.stage = $stage)
QUALIFY row_number() OVER (PARTITION BY r.source, r.path, r.record, r.raw_id) = 1
ORDER BY r.seen_at, r.source, r.path, r.record
