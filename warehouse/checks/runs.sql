-- title: The last run of each kind went well
-- severity: warning
-- do: See what it says, put that right, and run it again: what had landed stands, and the rest follows.
SELECT
  flow AS subject, count(*) AS measured, 0 AS expected, 'runs that failed since one went well; the last: ' || coalesce(arg_max(message, started_at), state) AS detail,
  [max(run_id)] AS examples
FROM (
  SELECT flow, run_id, started_at, state, message FROM ops.run AS r
  WHERE state IN ('failed', 'killed') AND started_at > $now - INTERVAL 30 DAY
    AND started_at > coalesce((SELECT max(started_at) FROM ops.run AS s WHERE s.flow = r.flow AND s.state = 'completed'), '-infinity'::TIMESTAMP)
)
GROUP BY flow, state
