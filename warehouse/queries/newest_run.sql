SELECT run_id FROM ops.run ORDER BY rowid DESC LIMIT 1
