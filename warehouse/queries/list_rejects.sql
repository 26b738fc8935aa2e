SELECT seen_at, source, path, record, stage, reason, detail, raw_id, run_id
FROM mart.rejects
WHERE ($run IS NULL OR run_id = $run) AND ($reason IS NULL OR reason = $reason) AND ($source IS NULL OR source = $source)
ORDER BY seen_at DESC, source, path, record
LIMIT $most
