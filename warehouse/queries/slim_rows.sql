-- A view's rows without the columns that hold bodies.
SELECT COLUMNS(lambda name: NOT list_contains($without, name))
FROM query_table($view) AS t
SEMI JOIN export_key AS k ON k.kind = $key AND k.key = struct_extract(t, $key)
