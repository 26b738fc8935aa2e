-- What was refused and has been retried. `resolved` names it by source, path, record and bytes.
UPDATE ops.reject SET resolved_at = w.resolved_at, resolved_by = w.resolved_by, resolution = w.resolution
FROM resolved AS w
WHERE reject.resolved_at IS NULL AND reject.source = w.source AND reject.path = w.path AND reject.record = w.record
  AND reject.raw_id IS NOT DISTINCT FROM w.raw_id AND reject.run_id <> w.resolved_by
