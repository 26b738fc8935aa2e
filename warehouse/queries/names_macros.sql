-- Macros of the warehouse, and those of this connection, such as search.
SELECT
  CASE WHEN schema_name = 'main' THEN function_name ELSE schema_name || '.' || function_name END AS macro,
  parameters, function_type = 'table_macro' AS is_table, coalesce(comment, description) AS comment
FROM duckdb_functions()
WHERE function_type IN ('macro', 'table_macro') AND NOT internal
ORDER BY ALL
