-- title: What readers open is what was published last, and no reader has written into it
-- severity: warning
-- do: The next run publishes another version. Readers open data/warehouse.duckdb, and read-only where they can choose.
WITH opened AS (
  SELECT parse_filename(path) AS name, regexp_extract(path, 'warehouse-(\d+)\.duckdb$', 1) AS number FROM duckdb_databases() WHERE database_name = current_database()
)
SELECT
  'data/warehouse.duckdb' AS subject, number::INTEGER AS measured, greatest($newest, number::INTEGER) AS expected,
  CASE WHEN number::INTEGER < $newest THEN 'an older version than was published last' ELSE 'a reader has written beside it' END AS detail, [] AS examples
FROM opened
WHERE number <> '' AND (number::INTEGER < $newest OR list_contains($written, name || '.wal'))
