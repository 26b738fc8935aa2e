-- Pairs of outlets, the copies that count at least half of their text.
CREATE OR REPLACE VIEW mart.credits AS
SELECT
  outlet, of_outlet, any_value(same_owner) AS same_owner, count(DISTINCT article_id) AS copies, count(DISTINCT article_id) FILTER (NOT credited) AS uncredited,
  round(100 * count(DISTINCT article_id) FILTER (NOT credited) / count(DISTINCT article_id), 1) AS uncredited_percent, median(delay_s)::BIGINT AS median_delay_s
FROM mart.copies WHERE containment >= 0.5
GROUP BY outlet, of_outlet;
COMMENT ON VIEW mart.credits IS 'Which outlets copy which, and whether they say so';
COMMENT ON COLUMN mart.credits.outlet IS 'The outlet that copies';
COMMENT ON COLUMN mart.credits.of_outlet IS 'The outlet or agency that had the texts first';
COMMENT ON COLUMN mart.credits.same_owner IS 'Whether one group owns both, or they are one';
COMMENT ON COLUMN mart.credits.copies IS 'Articles copied';
COMMENT ON COLUMN mart.credits.uncredited IS 'Of those, without naming the origin';
COMMENT ON COLUMN mart.credits.uncredited_percent IS 'Their share';
COMMENT ON COLUMN mart.credits.median_delay_s IS 'Seconds from the origin to the copy, the median';
