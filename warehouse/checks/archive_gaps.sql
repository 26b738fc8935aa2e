-- title: Each byte of the archive belongs to one payload
-- severity: warning
-- do: Bytes that no row knows are harmless, and go with the next compaction (wirehouse maintain). Payloads that overlap are damaged: wirehouse check --deep tells.
WITH ends AS (
  SELECT
    archive, raw_id, archive_offset AS begins,
    coalesce(lag(archive_offset + archive_length) OVER (PARTITION BY archive ORDER BY archive_offset, archive_length), 0) AS before
  FROM ops.raw WHERE archive <> ''
)
SELECT
  archive AS subject, sum(begins - before) FILTER (begins > before) AS measured, 0 AS expected,
  count(*) FILTER (begins > before) || ' times bytes that no row knows, ' || count(*) FILTER (begins < before) || ' times payloads that overlap' AS detail,
  min(raw_id, 5) AS examples
FROM ends
WHERE begins <> before
GROUP BY archive
UNION ALL
SELECT f.archive, f.size - coalesce(r.ends, 0), 0, 'bytes behind the last payload, and nobody has written them of late', []
FROM (SELECT unnest($files::VARCHAR[]) AS archive, unnest($sizes::BIGINT[]) AS size, unnest($changed::TIMESTAMP[]) AS changed_at) AS f
LEFT JOIN (SELECT archive, max(archive_offset + archive_length) AS ends FROM ops.raw GROUP BY archive) AS r ON r.archive = f.archive
WHERE f.size > coalesce(r.ends, 0) AND f.changed_at < (SELECT max(published_at) FROM ops.publication)
