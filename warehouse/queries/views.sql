SELECT 'mart.' || view_name AS view, comment FROM duckdb_views() WHERE schema_name = 'mart' ORDER BY view_name
