COPY (SELECT * EXCLUDE (export_day) FROM export_rows WHERE export_day = $day)
TO $file (FORMAT json, TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%S.%fZ')
