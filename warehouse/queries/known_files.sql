-- What the newest read of each listed file left behind. Pieces of one content may stand in several batches, and two runs may
-- have read a file at the same time: of each piece the newest row counts. A changed file starts anew at part 0.
WITH rows AS (
  SELECT w.n, f.size, f.mtime_ns, f.raw_id, f.part, f.done, f.n_landed, f.n_rejected, f.batch_id
  FROM wanted AS w JOIN ops.file AS f ON f.path_hash = w.path_hash
), newest AS (
  SELECT n, arg_max(raw_id, batch_id) AS raw_id FROM rows GROUP BY n
), pieces AS (
  SELECT r.* FROM rows AS r JOIN newest USING (n, raw_id)
  QUALIFY row_number() OVER (PARTITION BY r.n, r.part ORDER BY r.batch_id DESC) = 1
)
SELECT
  n, arg_max(size, batch_id), arg_max(mtime_ns, batch_id), any_value(raw_id),
  max(part) + 1, bool_or(done), sum(n_landed)::BIGINT, sum(n_rejected)::BIGINT
FROM pieces
GROUP BY n
