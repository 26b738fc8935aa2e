SELECT seen_at, source, path, record, stage, reason, detail, raw_id, run_id, resolved_at, resolved_by, resolution
FROM mart.rejects
WHERE ($run IS NULL OR run_id = $run) AND ($reason IS NULL OR reason = $reason) AND ($source IS NULL OR source = $source)
  AND ($everything OR resolved_at IS NULL)
ORDER BY seen_at DESC, source, path, record
LIMIT $most
