-- The views that can be exported, with what they are keyed by and their columns.
SELECT
  table_name AS view,
  CASE WHEN bool_or(column_name = 'article_id') THEN 'article_id' WHEN bool_or(column_name = 'story_id') THEN 'story_id' END AS key,
  string_agg(column_name || ' ' || data_type, ', ' ORDER BY column_index) AS columns
FROM duckdb_columns()
WHERE database_name = current_database() AND schema_name = 'mart'
GROUP BY table_name
ORDER BY table_name
