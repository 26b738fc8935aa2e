-- The current version of each article only. The publisher's own keywords stand in mart.articles.
CREATE OR REPLACE VIEW mart.keywords AS
SELECT m.article_id, m.version, m.term, m.text, m.start_char, m.end_char, round(m.score::DOUBLE, 2) AS score
FROM news.keyword AS m
JOIN news.version AS v ON v.article_id = m.article_id AND v.version = m.version AND v.valid_to IS NULL;
COMMENT ON VIEW mart.keywords IS 'Telling words and phrases of articles';
COMMENT ON COLUMN mart.keywords.article_id IS 'The article';
COMMENT ON COLUMN mart.keywords.version IS 'Its current version, to which the characters belong';
COMMENT ON COLUMN mart.keywords.term IS 'The base form, in which articles share it';
COMMENT ON COLUMN mart.keywords.text IS 'The words, as printed';
COMMENT ON COLUMN mart.keywords.start_char IS 'Where they begin, in Unicode code points of the version''s text, from 0';
COMMENT ON COLUMN mart.keywords.end_char IS 'Where they end, exclusive';
COMMENT ON COLUMN mart.keywords.score IS 'How telling it is, 0 to 1: 1 is the article''s heaviest';
