INSERT INTO ops.publication (number, published_at, run_id) VALUES (?, ?, ?)
