INSERT INTO ops.run (run_id, flow, arguments, code_version, prefect_run_id, started_at, state) VALUES ($run_id, $flow, $arguments, $code_version, $prefect_run_id, $started_at, 'running')
