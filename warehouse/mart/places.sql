-- The current version of each article only. Adjectives ("Chinese") stand in news.place.
CREATE OR REPLACE VIEW mart.places AS
SELECT
  m.article_id, m.version, m.entity_id, m.name, m.text, m.start_char, m.end_char, m.part, m.kind, m.usage,
  m.country, m.admin1, m.lat, m.lon, m.geonames_id, round(m.confidence::DOUBLE, 2) AS confidence
FROM news.place AS m
JOIN news.version AS v ON v.article_id = m.article_id AND v.version = m.version AND v.valid_to IS NULL
WHERE m.usage <> 'adjective';
COMMENT ON VIEW mart.places IS 'Places, one row each time one is named, with where it lies';
COMMENT ON COLUMN mart.places.article_id IS 'The article';
COMMENT ON COLUMN mart.places.version IS 'Its current version, to which the characters belong';
COMMENT ON COLUMN mart.places.entity_id IS 'The same place in all articles (mart.entities); NULL for datelines';
COMMENT ON COLUMN mart.places.name IS 'Its name in the gazetteer';
COMMENT ON COLUMN mart.places.text IS 'The words, as printed';
COMMENT ON COLUMN mart.places.start_char IS 'Where they begin, in Unicode code points of the version''s text, from 0';
COMMENT ON COLUMN mart.places.end_char IS 'Where they end, exclusive';
COMMENT ON COLUMN mart.places.part IS 'Where the characters stand: in the text, or in the head above it (a dateline)';
COMMENT ON COLUMN mart.places.kind IS 'country, region (state, province), city, area (continent, sea, union of states) or facility';
COMMENT ON COLUMN mart.places.usage IS 'mentioned, metonym (stands for a government) or dateline';
COMMENT ON COLUMN mart.places.country IS 'ISO 3166-1 alpha-2 code';
COMMENT ON COLUMN mart.places.admin1 IS 'GeoNames'' code of the first-level region';
COMMENT ON COLUMN mart.places.lat IS 'Latitude, degrees';
COMMENT ON COLUMN mart.places.lon IS 'Longitude, degrees';
COMMENT ON COLUMN mart.places.geonames_id IS 'Its number in GeoNames';
COMMENT ON COLUMN mart.places.confidence IS 'How sure we are that this one is meant and not a namesake, 0 to 1';
