SELECT DISTINCT function_name
FROM duckdb_functions()
WHERE function_type <> 'pragma' AND regexp_full_match(function_name, '[a-z]\w*') AND NOT regexp_matches(function_name, '^(collate|duckdb|pg|pragma)_')
ORDER BY function_name
