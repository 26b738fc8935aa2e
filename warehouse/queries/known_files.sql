-- What the newest read of each listed file left behind. A file is known by the rows of its newest content: pieces of one
-- content may stand in several batches, and a changed file starts anew at part 0.
WITH rows AS (
  SELECT w.n, f.size, f.mtime_ns, f.raw_id, f.part, f.done, f.n_landed, f.n_rejected, f.batch_id
  FROM wanted AS w JOIN ops.file AS f ON f.path_hash = w.path_hash
), newest AS (
  SELECT n, max(batch_id) FILTER (WHERE part = 0) AS since FROM rows GROUP BY n
)
SELECT
  r.n, arg_max(r.size, r.batch_id), arg_max(r.mtime_ns, r.batch_id), arg_max(r.raw_id, r.batch_id),
  max(r.part) + 1, bool_or(r.done), sum(r.n_landed)::BIGINT, sum(r.n_rejected)::BIGINT
FROM rows AS r JOIN newest USING (n)
WHERE r.batch_id >= newest.since
GROUP BY r.n
