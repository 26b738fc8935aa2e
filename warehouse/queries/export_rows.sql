-- The rows of some days in the order in which files have them.
CREATE OR REPLACE TEMP TABLE export_rows AS
SELECT k.day::VARCHAR AS export_day, t.*
FROM query_table($view) AS t
JOIN export_key AS k ON k.kind = $key AND k.key = struct_extract(t, $key)
WHERE k.day BETWEEN $first::DATE AND $last::DATE AND list_contains($days, k.day::VARCHAR)
ORDER BY k.day, k.sort_at, k.key, COLUMNS(lambda name: name IN ('article_id', 'story_id', 'version', 'start_char')), hash(t)
