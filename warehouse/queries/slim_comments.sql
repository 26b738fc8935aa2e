-- What describes the tables of a slim copy as the views that they are made of, a statement a row.
WITH described AS (
  SELECT v.view_name AS view, NULL AS name, v.comment
  FROM duckdb_views() AS v
  WHERE v.database_name = current_database() AND v.schema_name = 'mart'
  UNION ALL
  SELECT table_name, column_name, comment
  FROM duckdb_columns()
  WHERE database_name = current_database() AND schema_name = 'mart'
  UNION ALL
  VALUES
    ('exported', NULL, 'A slim copy of a Wirehouse: the views of mart as tables, without the bodies'),
    ('exported', 'exported_at', 'When it was made, UTC'),
    ('exported', 'source', 'The only source of its articles; NULL for all'),
    ('exported', 'since', 'The first day of its articles and stories; NULL for all'),
    ('exported', 'until', 'The last day of its articles and stories; NULL for all')
)
SELECT
  CASE WHEN name IS NULL THEN format('COMMENT ON TABLE slim.mart."{}" IS ''{}''', view, replace(d.comment, '''', ''''''))
  ELSE format('COMMENT ON COLUMN slim.mart."{}"."{}" IS ''{}''', view, name, replace(d.comment, '''', '''''')) END AS statement
FROM described AS d
JOIN duckdb_columns() AS c ON c.database_name = 'slim' AND c.schema_name = 'mart' AND c.table_name = d.view
  AND c.column_name = coalesce(d.name, c.column_name)
WHERE d.comment IS NOT NULL
GROUP BY ALL
