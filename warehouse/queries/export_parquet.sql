COPY (SELECT * EXCLUDE (export_day) FROM export_rows WHERE export_day = $day) TO $file (FORMAT parquet, COMPRESSION zstd)
