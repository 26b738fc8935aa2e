SELECT 1 FROM duckdb_tables() WHERE schema_name = 'mart' AND table_name = 'exported' AND comment LIKE 'A slim copy of a Wirehouse%'
