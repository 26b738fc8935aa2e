SELECT schema_name || '.' || table_name, list(column_name ORDER BY column_index)
FROM duckdb_columns()
WHERE database_name = current_database() AND schema_name IN ('mart', 'news', 'ops')
GROUP BY schema_name, table_name
ORDER BY schema_name <> 'mart', 1
