-- What was read of these bytes of a file, by piece, as the newest rows have it, and whether the file held others before.
SELECT
  f.part, arg_max({size: f.size, mtime_ns: f.mtime_ns, done: f.done, n_landed: f.n_landed, n_rejected: f.n_rejected}, f.batch_id) AS newest,
  (SELECT min(batch_id) FROM ops.file WHERE path_hash = $path_hash) < min(f.batch_id)
    AND (SELECT arg_min(raw_id, batch_id) FROM ops.file WHERE path_hash = $path_hash) <> $raw_id AS edited
FROM ops.file AS f WHERE f.path_hash = $path_hash AND f.raw_id = $raw_id
GROUP BY f.part
