-- How much is still refused that another version of Wirehouse refused.
SELECT count(*) FROM mart.rejects AS r JOIN ops.run AS o ON o.run_id = r.run_id
WHERE r.resolved_at IS NULL AND r.stage <> 'judge' AND o.code_version <> $code_version
