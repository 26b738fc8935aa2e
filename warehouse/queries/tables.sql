SELECT schema_name || '.' || table_name AS "table", estimated_size AS rows, comment
FROM duckdb_tables()
WHERE database_name = current_database() AND schema_name IN ('news', 'ops')
ORDER BY 1
