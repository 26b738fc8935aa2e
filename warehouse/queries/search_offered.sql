SELECT 1 FROM duckdb_functions() WHERE function_name = 'search_hits'
