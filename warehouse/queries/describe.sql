SELECT column_name AS "column", data_type AS type, comment FROM duckdb_columns()
WHERE schema_name || '.' || table_name = lower($name) OR ('mart.' || lower($name) = schema_name || '.' || table_name) ORDER BY column_index
