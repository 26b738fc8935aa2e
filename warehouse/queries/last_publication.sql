-- The newest publication that was begun, and whether batches have landed since.
SELECT coalesce(max(number), 0), coalesce(max(batch_id), 0) < (SELECT coalesce(max(batch_id), 0) FROM ops.batch) FROM ops.publication
