-- title: Each payload's archive file is there, and long enough
-- severity: error
-- do: Put the archive file back from a backup (wirehouse restore). What it held can be queried, but not be traced or read anew.
WITH files AS (SELECT unnest($files::VARCHAR[]) AS archive, unnest($sizes::BIGINT[]) AS size)
SELECT
  r.archive AS subject, count(*) AS measured, 0 AS expected,
  'payloads that lie ' || coalesce('behind its end at byte ' || any_value(f.size), 'in a file that is not there') AS detail,
  min(r.raw_id, 5) AS examples
FROM ops.raw AS r LEFT JOIN files AS f ON f.archive = r.archive
WHERE r.archive <> '' AND (f.size IS NULL OR r.archive_offset + r.archive_length > f.size)
GROUP BY r.archive
