-- The current version of each article only; a person's role is the first that the article tells.
CREATE OR REPLACE VIEW mart.people AS
SELECT
  m.article_id, m.version, m.entity_id, e.name, m.text, m.start_char, m.end_char,
  r.role, r.country, coalesce(r.organisation, e.organisation) AS organisation,
  r.role_start, r.role_end, round(m.confidence::DOUBLE, 2) AS confidence
FROM news.mention AS m
JOIN news.version AS v ON v.article_id = m.article_id AND v.version = m.version AND v.valid_to IS NULL
JOIN news.article_entity AS e ON e.article_id = m.article_id AND e.version = m.version AND e.entity_id = m.entity_id AND e.kind = 'person'
LEFT JOIN (
  SELECT
    article_id, version, entity_id, arg_min(text, start_char) AS role, arg_min(country, start_char) AS country,
    arg_min(organisation, start_char) AS organisation, min(start_char) AS role_start, arg_min(end_char, start_char) AS role_end
  FROM news.person_role GROUP BY ALL
) AS r ON r.article_id = m.article_id AND r.version = m.version AND r.entity_id = m.entity_id;
COMMENT ON VIEW mart.people IS 'People, one row each time one is named';
COMMENT ON COLUMN mart.people.article_id IS 'The article';
COMMENT ON COLUMN mart.people.version IS 'Its current version, to which the characters belong';
COMMENT ON COLUMN mart.people.entity_id IS 'The same one in all articles (mart.entities)';
COMMENT ON COLUMN mart.people.name IS 'The fullest form of the name that the article prints';
COMMENT ON COLUMN mart.people.text IS 'The words, as printed';
COMMENT ON COLUMN mart.people.start_char IS 'Where they begin, in Unicode code points of the version''s text, from 0';
COMMENT ON COLUMN mart.people.end_char IS 'Where they end, exclusive';
COMMENT ON COLUMN mart.people.role IS 'What the person is, as the article first says it, such as "US Secretary of State"';
COMMENT ON COLUMN mart.people.country IS 'ISO 3166-1 alpha-2 code of the country that the role belongs to';
COMMENT ON COLUMN mart.people.organisation IS 'The organisation that the person belongs to';
COMMENT ON COLUMN mart.people.role_start IS 'Where the role begins in the text';
COMMENT ON COLUMN mart.people.role_end IS 'Where it ends, exclusive';
COMMENT ON COLUMN mart.people.confidence IS 'How sure we are that this is a person''s name, 0 to 1';
