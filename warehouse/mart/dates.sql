-- The current version of each article only.
CREATE OR REPLACE VIEW mart.dates AS
SELECT m.article_id, m.version, m.text, m.start_char, m.end_char, m.value, m.mod, m.from_date, m.to_date, m.kind
FROM news.date_mention AS m
JOIN news.version AS v ON v.article_id = m.article_id AND v.version = m.version AND v.valid_to IS NULL;
COMMENT ON VIEW mart.dates IS 'Dates, times and durations that articles name';
COMMENT ON COLUMN mart.dates.article_id IS 'The article';
COMMENT ON COLUMN mart.dates.version IS 'Its current version, to which the characters belong';
COMMENT ON COLUMN mart.dates.text IS 'The words, as printed';
COMMENT ON COLUMN mart.dates.start_char IS 'Where they begin, in Unicode code points of the version''s text, from 0';
COMMENT ON COLUMN mart.dates.end_char IS 'Where they end, exclusive';
COMMENT ON COLUMN mart.dates.value IS 'What it means, as TIMEX3 has it (2026-06-16, 2026-W24-WE, P3D, PAST_REF), or an ISO interval';
COMMENT ON COLUMN mart.dates.mod IS 'START, MID, END, APPROX and other modifiers of TIMEX3';
COMMENT ON COLUMN mart.dates.from_date IS 'The first day that is meant';
COMMENT ON COLUMN mart.dates.to_date IS 'The last one, inclusive';
COMMENT ON COLUMN mart.dates.kind IS 'date, time, duration or set (every Monday)';
