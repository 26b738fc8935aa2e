-- How long each feed listed each article.
CREATE OR REPLACE VIEW mart.listings AS
SELECT
  source, article_id, min(seen_at) AS listed_at, CASE WHEN count(*) = count(vanished_at) THEN max(vanished_at) END AS vanished_at, count(*) AS forms
FROM ops.entry
WHERE article_id IS NOT NULL
GROUP BY source, article_id;
COMMENT ON VIEW mart.listings IS 'How long each feed listed each article';
COMMENT ON COLUMN mart.listings.source IS 'The feed';
COMMENT ON COLUMN mart.listings.article_id IS 'The article';
COMMENT ON COLUMN mart.listings.listed_at IS 'When it was first seen in the feed, UTC';
COMMENT ON COLUMN mart.listings.vanished_at IS 'Since when the feed no longer lists it, UTC; NULL while it does';
COMMENT ON COLUMN mart.listings.forms IS 'In how many forms the feed carried it (edits of address, title, text…)';
