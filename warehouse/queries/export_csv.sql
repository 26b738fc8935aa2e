COPY (SELECT * EXCLUDE (export_day) FROM export_cells WHERE export_day = $day) TO $file (FORMAT csv, HEADER)
