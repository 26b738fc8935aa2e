-- The same of a view that has no days.
SELECT COLUMNS(lambda name: NOT list_contains($without, name)) FROM query_table($view) AS t
