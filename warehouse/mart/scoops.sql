-- Only articles whose time of day is known; one that nobody followed is no scoop.
CREATE OR REPLACE VIEW mart.scoops AS
WITH firsts AS (
  SELECT story_id, outlet, min(published_at) AS first_at, arg_min(article_id, published_at) AS article_id
  FROM news.current WHERE published_precision IN ('second', 'minute') AND story_id IS NOT NULL GROUP BY story_id, outlet
)
SELECT
  story_id, arg_min(outlet, (first_at, article_id)) AS outlet, min(first_at) AS first_at, arg_min(article_id, (first_at, article_id)) AS article_id,
  min((first_at, outlet), 2)[2][2] AS next_outlet, epoch(min(first_at, 2)[2] - min(first_at))::BIGINT AS lead_s, count(*) AS outlets
FROM firsts GROUP BY story_id HAVING count(*) > 1;
COMMENT ON VIEW mart.scoops IS 'Which outlet had each story first, and by how much';
COMMENT ON COLUMN mart.scoops.story_id IS 'The story';
COMMENT ON COLUMN mart.scoops.outlet IS 'The outlet that published first';
COMMENT ON COLUMN mart.scoops.first_at IS 'When, UTC';
COMMENT ON COLUMN mart.scoops.article_id IS 'Its article';
COMMENT ON COLUMN mart.scoops.next_outlet IS 'The outlet that came second';
COMMENT ON COLUMN mart.scoops.lead_s IS 'Seconds between the two';
COMMENT ON COLUMN mart.scoops.outlets IS 'Outlets that carry the story, of those whose time of day is known';
