DELETE FROM ops.derived;
INSERT INTO ops.derived VALUES ($batch_id, $counts);
