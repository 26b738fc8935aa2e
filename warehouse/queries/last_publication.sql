-- The newest publication that was begun: its number, whether readers lack something (batches that landed since, or the end of
-- the run that published on its way), how many there were since row groups were merged, when it was done (NULL if it did not get
-- there), and the lesser cost of the last two, of which the first made a whole copy, say. The search index counts as much as the
-- rest at most: adding articles to it is work that publishing less often does not save.
WITH newest AS (SELECT * FROM ops.publication QUALIFY row_number() OVER (ORDER BY number DESC) = 1)
SELECT
  coalesce(max(number), 0),
  coalesce(max(batch_id), 0) < (SELECT coalesce(max(batch_id), 0) FROM ops.batch)
    OR EXISTS (SELECT 1 FROM newest JOIN ops.run AS r USING (run_id) WHERE r.ended_at > newest.published_at),
  count(*) FILTER (WHERE number > coalesce((SELECT max(number) FROM ops.publication WHERE merged), 0)),
  arg_max_null(published_at + to_microseconds(CAST(1e6 * cost_s AS BIGINT)), number),
  list_min(max(struct_pack(number := number, cost_s := least(cost_s, 2 * seconds)), 2).list_transform(lambda p: p.cost_s))
FROM ops.publication
