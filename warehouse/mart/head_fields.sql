-- Headline, agency, place, dates and people with their characters.
CREATE OR REPLACE VIEW mart.head_fields AS
SELECT f.article_id, f.version, f.name, f.text, f.part, f.start_char, f.end_char
FROM news.head_field AS f
JOIN news.version AS v ON v.article_id = f.article_id AND v.version = f.version AND v.valid_to IS NULL;
COMMENT ON VIEW mart.head_fields IS 'Headline, agency, place, dates and people (authors, contributors, editors) of the current version, with their characters';
COMMENT ON COLUMN mart.head_fields.article_id IS 'The article';
COMMENT ON COLUMN mart.head_fields.version IS 'Its current version';
COMMENT ON COLUMN mart.head_fields.name IS 'headline, agency, place, date (of the dateline or of publication), updated (of the last change), byline, contributor or editor';
COMMENT ON COLUMN mart.head_fields.text IS 'As printed: the head (or tail) from start_char to end_char';
COMMENT ON COLUMN mart.head_fields.part IS 'Where it stands: head or tail';
COMMENT ON COLUMN mart.head_fields.start_char IS 'First character in that part, from 0, in Unicode code points';
COMMENT ON COLUMN mart.head_fields.end_char IS 'The character after the last';
