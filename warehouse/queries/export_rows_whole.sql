-- All rows of a view that has no days.
CREATE OR REPLACE TEMP TABLE export_rows AS
SELECT '' AS export_day, t.* FROM query_table($view) AS t ORDER BY ALL
