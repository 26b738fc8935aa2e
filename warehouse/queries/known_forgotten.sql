-- Keys that are refused, and by which receipt.
SELECT w.n, max(f.receipt_id) FROM wanted AS w JOIN ops.forgotten AS f ON f.key_hash = w.key_hash AND f.kind = w.kind GROUP BY w.n
