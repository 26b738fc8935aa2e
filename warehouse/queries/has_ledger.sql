SELECT count(*) > 0 FROM duckdb_tables() WHERE schema_name = 'ops' AND table_name = 'migration'
