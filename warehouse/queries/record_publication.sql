INSERT INTO ops.publication (number, published_at, run_id, batch_id, merged)
VALUES (?, ?, ?, (SELECT coalesce(max(batch_id), 0) FROM ops.batch), ?)
