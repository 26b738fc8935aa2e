-- Same-event clusters across outlets.
CREATE OR REPLACE VIEW mart.stories AS
WITH members AS (
  SELECT a.story_id, a.article_id, a.title, a.outlet, a.sort_at, a.is_original, a.copy_group, a.article_id = coalesce(c.article_id, substr(a.story_id, 2)) AS central
  FROM mart.articles AS a
  LEFT JOIN (SELECT story_id, arg_max(article_id, batch_id) AS article_id FROM news.story_center GROUP BY story_id) AS c ON c.story_id = a.story_id
  WHERE a.story_id IS NOT NULL
), hours AS (
  SELECT story_id, max(n) AS peak_per_hour
  FROM (SELECT story_id, date_trunc('hour', sort_at) AS hour, count(*) AS n FROM members GROUP BY ALL) GROUP BY story_id
)
SELECT
  m.story_id,
  coalesce(any_value(m.title) FILTER (m.central), arg_min(m.title, (m.sort_at, m.article_id)) FILTER (m.title IS NOT NULL)) AS title,
  min(m.sort_at) AS first_at, max(m.sort_at) AS last_at,
  count(*) AS articles, count(*) FILTER (m.is_original) AS originals, count(DISTINCT m.copy_group) AS texts, count(DISTINCT m.outlet) AS sources,
  round(count(*) / greatest(epoch(max(m.sort_at) - min(m.sort_at)) / 3600, 1), 2) AS per_hour,
  any_value(h.peak_per_hour) AS peak_per_hour,
  any_value(m.article_id) FILTER (m.central) AS central_article_id
FROM members AS m JOIN hours AS h ON h.story_id = m.story_id
GROUP BY m.story_id;
COMMENT ON VIEW mart.stories IS 'Articles on the same event, across outlets';
COMMENT ON COLUMN mart.stories.story_id IS 'Stable identifier; one that was merged into another is never used again';
COMMENT ON COLUMN mart.stories.title IS 'The headline of its most central article';
COMMENT ON COLUMN mart.stories.first_at IS 'Its first article: published, else first seen, UTC';
COMMENT ON COLUMN mart.stories.last_at IS 'Its last article, UTC';
COMMENT ON COLUMN mart.stories.articles IS 'Articles in it, copies among them';
COMMENT ON COLUMN mart.stories.originals IS 'Articles in it of which less than half stood in another one before';
COMMENT ON COLUMN mart.stories.texts IS 'Distinct texts: groups of copies count once';
COMMENT ON COLUMN mart.stories.sources IS 'Outlets that carry it';
COMMENT ON COLUMN mart.stories.per_hour IS 'Articles an hour, from the first to the last (an hour at least)';
COMMENT ON COLUMN mart.stories.peak_per_hour IS 'Articles in its busiest hour';
COMMENT ON COLUMN mart.stories.central_article_id IS 'Its most central article';
