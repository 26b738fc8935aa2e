-- A value as a cell of CSV. Text that a spreadsheet would run as a formula gets a quote before it (OWASP, CSV injection); lists
-- are JSON, times ISO 8601.
CREATE TEMP MACRO csv_cell(x) AS CASE
  WHEN typeof(x) = 'VARCHAR' AND left(x::VARCHAR, 1) IN ('=', '+', '-', '@', chr(9), chr(13)) THEN '''' || x::VARCHAR
  WHEN typeof(x) = 'TIMESTAMP' THEN replace(x::VARCHAR, ' ', 'T') || 'Z'
  WHEN typeof(x) LIKE '%]' OR typeof(x) LIKE 'STRUCT%' OR typeof(x) LIKE 'MAP%' THEN to_json(x)::VARCHAR
  ELSE x::VARCHAR
END
