-- Where payloads lie.
SELECT
  r.raw_id, r.archive, r.archive_offset, r.archive_length, r.n_bytes, r.media_type, r.uri, r.truncated,
  r.raw_id IN (SELECT raw_id FROM ops.withheld WHERE what = 'cut') AS cut
FROM ops.raw AS r JOIN wanted AS w ON w.raw_id = r.raw_id
