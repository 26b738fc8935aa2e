SELECT DISTINCT keyword_name
FROM duckdb_keywords()
WHERE keyword_category IN ('reserved', 'type_function') OR keyword_name IN ('between', 'exists', 'interval', 'values')
ORDER BY keyword_name
