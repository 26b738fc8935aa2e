-- Stories, not articles, tell how much happened at a place.
CREATE OR REPLACE VIEW mart.place_counts AS
SELECT
  p.name, p.kind, p.country, p.admin1, p.lat, p.lon, p.geonames_id, p.usage, count(DISTINCT coalesce(c.story_id, c.article_id)) AS stories,
  count(DISTINCT c.article_id) AS articles, count(DISTINCT c.article_id) FILTER (c.is_original) AS originals
FROM news.place AS p JOIN news.current AS c ON c.article_id = p.article_id AND c.version = p.version
WHERE p.confidence >= 0.6
GROUP BY ALL;
COMMENT ON VIEW mart.place_counts IS 'How many stories each place is in: the numbers of a map';
COMMENT ON COLUMN mart.place_counts.name IS 'The place';
COMMENT ON COLUMN mart.place_counts.kind IS 'country, region, city, area or facility';
COMMENT ON COLUMN mart.place_counts.country IS 'ISO 3166-1 alpha-2 code';
COMMENT ON COLUMN mart.place_counts.admin1 IS 'GeoNames'' code of the first-level region';
COMMENT ON COLUMN mart.place_counts.lat IS 'Latitude, degrees, WGS 84';
COMMENT ON COLUMN mart.place_counts.lon IS 'Longitude, degrees, WGS 84';
COMMENT ON COLUMN mart.place_counts.geonames_id IS 'Its number in GeoNames';
COMMENT ON COLUMN mart.place_counts.usage IS 'dateline (where the report was filed), mentioned, metonym (stands for a government) or adjective';
COMMENT ON COLUMN mart.place_counts.stories IS 'Stories';
COMMENT ON COLUMN mart.place_counts.articles IS 'Articles, copies among them';
COMMENT ON COLUMN mart.place_counts.originals IS 'Those that are no copies';
