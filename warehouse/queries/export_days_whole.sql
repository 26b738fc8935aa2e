-- The same of a view that has no days.
SELECT '' AS day, count(*) AS rows, sum(hash(t)) AS total, bit_xor(hash(t)) AS parity
FROM query_table($view) AS t
HAVING count(*) > 0
