-- The days of a view: how many rows each has, and a print of them that does not depend on their order.
SELECT k.day::VARCHAR AS day, count(*) AS rows, sum(hash(t)) AS total, bit_xor(hash(t)) AS parity
FROM query_table($view) AS t
JOIN export_key AS k ON k.kind = $key AND k.key = struct_extract(t, $key)
GROUP BY k.day
ORDER BY k.day
