SELECT 1 FROM duckdb_tables() WHERE temporary LIMIT 1
