-- What is joined to the counts is left out of a query that does not ask for it.
CREATE OR REPLACE VIEW mart.outlets AS
WITH counted AS (
  SELECT outlet, count(*) AS articles, count(*) FILTER (is_original) AS originals, min(sort_at) AS first_at, max(sort_at) AS last_at
  FROM news.current GROUP BY outlet
), known AS (
  SELECT coalesce(outlet, source) AS outlet, any_value(country) AS country, any_value(owner_group) AS owner_group FROM ops.source GROUP BY 1
), copied AS (  -- an article that credits one of its origins is credited
  SELECT outlet, count(*) FILTER (credited) AS credited
  FROM (
    SELECT c.outlet, c.article_id, bool_or(k.credited) AS credited
    FROM news.copy AS k JOIN news.current AS c ON c.article_id = k.article_id AND c.version = k.version
    WHERE NOT c.is_original AND k.containment >= 0.5 GROUP BY ALL
  )
  GROUP BY outlet
), revised AS (
  SELECT
    c.outlet, count(*) FILTER (v.change_kind = 'correction') AS corrections, count(*) FILTER (v.change_kind = 'retraction') AS retractions,
    median(epoch(v.valid_from - c.sort_at))::BIGINT AS median_correction_s
  FROM news.version AS v JOIN news.current AS c ON c.article_id = v.article_id
  WHERE v.change_kind IN ('correction', 'retraction')
  GROUP BY c.outlet
), filed AS (
  SELECT c.outlet, list_sort(list(DISTINCT p.name)) AS own_datelines
  FROM news.place AS p JOIN news.current AS c ON c.article_id = p.article_id AND c.version = p.version
  WHERE p.usage = 'dateline' AND c.is_original
  GROUP BY c.outlet
)
SELECT
  c.outlet, k.country, k.owner_group, c.articles, c.originals,
  coalesce(d.credited, 0) AS credited_copies, c.articles - c.originals - coalesce(d.credited, 0) AS uncredited_copies,
  coalesce(r.corrections, 0) AS corrections, coalesce(r.retractions, 0) AS retractions, r.median_correction_s,
  coalesce(f.own_datelines, []) AS own_datelines, c.first_at, c.last_at
FROM counted AS c
LEFT JOIN known AS k ON k.outlet = c.outlet
LEFT JOIN copied AS d ON d.outlet = c.outlet
LEFT JOIN revised AS r ON r.outlet = c.outlet
LEFT JOIN filed AS f ON f.outlet = c.outlet;
COMMENT ON VIEW mart.outlets IS 'What each outlet publishes: own reporting, copies, corrections';
COMMENT ON COLUMN mart.outlets.outlet IS 'Who publishes';
COMMENT ON COLUMN mart.outlets.country IS 'ISO 3166-1 alpha-2 code of its country, if its source says so';
COMMENT ON COLUMN mart.outlets.owner_group IS 'The group that owns it, if its source says so';
COMMENT ON COLUMN mart.outlets.articles IS 'Articles: originals + credited_copies + uncredited_copies';
COMMENT ON COLUMN mart.outlets.originals IS 'Articles of which less than half stood in another one before';
COMMENT ON COLUMN mart.outlets.credited_copies IS 'Copies that name the outlet or agency that had the text first';
COMMENT ON COLUMN mart.outlets.uncredited_copies IS 'Copies that do not';
COMMENT ON COLUMN mart.outlets.corrections IS 'Corrections to its articles';
COMMENT ON COLUMN mart.outlets.retractions IS 'Withdrawals of its articles';
COMMENT ON COLUMN mart.outlets.median_correction_s IS 'Seconds from an article to its correction or withdrawal, the median';
COMMENT ON COLUMN mart.outlets.own_datelines IS 'Places that its own articles are from';
COMMENT ON COLUMN mart.outlets.first_at IS 'Its first article, UTC';
COMMENT ON COLUMN mart.outlets.last_at IS 'Its last article, UTC';
