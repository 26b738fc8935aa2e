SELECT run_id, state, started_at, seconds, fetched, new, revised, seen, held, rejected, message FROM mart.runs ORDER BY started_at DESC LIMIT $most
