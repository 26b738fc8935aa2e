-- The current version of each article only.
CREATE OR REPLACE VIEW mart.organisations AS
SELECT m.article_id, m.version, m.entity_id, e.name, m.text, m.start_char, m.end_char, e.country, round(m.confidence::DOUBLE, 2) AS confidence
FROM news.mention AS m
JOIN news.version AS v ON v.article_id = m.article_id AND v.version = m.version AND v.valid_to IS NULL
JOIN news.article_entity AS e ON e.article_id = m.article_id AND e.version = m.version AND e.entity_id = m.entity_id AND e.kind = 'organisation';
COMMENT ON VIEW mart.organisations IS 'Organisations, one row each time one is named';
COMMENT ON COLUMN mart.organisations.article_id IS 'The article';
COMMENT ON COLUMN mart.organisations.version IS 'Its current version, to which the characters belong';
COMMENT ON COLUMN mart.organisations.entity_id IS 'The same one in all articles (mart.entities)';
COMMENT ON COLUMN mart.organisations.name IS 'The fullest form of the name that the article prints';
COMMENT ON COLUMN mart.organisations.text IS 'The words, as printed';
COMMENT ON COLUMN mart.organisations.start_char IS 'Where they begin, in Unicode code points of the version''s text, from 0';
COMMENT ON COLUMN mart.organisations.end_char IS 'Where they end, exclusive';
COMMENT ON COLUMN mart.organisations.country IS 'ISO 3166-1 alpha-2 code of its country, where the article tells';
COMMENT ON COLUMN mart.organisations.confidence IS 'How sure we are that this is an organisation''s name, 0 to 1';
