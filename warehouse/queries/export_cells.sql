-- The rows as CSV has them: at once, since what is to be done to each column takes longer to plan than to do.
CREATE OR REPLACE TEMP TABLE export_cells AS
SELECT export_day, csv_cell(COLUMNS(lambda name: name <> 'export_day')) FROM export_rows
