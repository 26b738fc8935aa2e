-- What a batch is known by, should its number have been given twice: to a warehouse and to one that was restored in its place.
SELECT max(run_id || ' ' || landed_at) FROM ops.batch WHERE batch_id = $batch
