-- Same-event clusters across outlets.
CREATE OR REPLACE VIEW mart.stories AS
WITH counted AS (
  SELECT
    story_id, min(sort_at) AS first_at, max(sort_at) AS last_at, count(*) AS articles, count(*) FILTER (is_original) AS originals,
    count(DISTINCT copy_group) AS texts, count(DISTINCT outlet) AS sources
  FROM news.current WHERE story_id IS NOT NULL GROUP BY story_id
), hours AS (
  SELECT story_id, max(n) AS peak_per_hour
  FROM (SELECT story_id, date_trunc('hour', sort_at) AS hour, count(*) AS n FROM news.current WHERE story_id IS NOT NULL GROUP BY ALL) GROUP BY story_id
), central AS (  -- the newest row holds; a story without one has the article that opened it
  SELECT story_id, arg_max(article_id, batch_id) AS article_id FROM news.story_center GROUP BY story_id
), titles AS (
  SELECT
    c.story_id, any_value(c.article_id) FILTER (c.article_id = coalesce(m.article_id, substr(c.story_id, 2))) AS article_id,
    coalesce(
      any_value(v.title) FILTER (c.article_id = coalesce(m.article_id, substr(c.story_id, 2))),
      arg_min(v.title, (c.sort_at, c.article_id)) FILTER (v.title IS NOT NULL)
    ) AS title
  FROM news.current AS c
  JOIN news.version AS v ON v.article_id = c.article_id AND v.version = c.version
  LEFT JOIN central AS m ON m.story_id = c.story_id
  WHERE c.story_id IS NOT NULL
  GROUP BY c.story_id
)
SELECT
  c.story_id, t.title, c.first_at, c.last_at, c.articles, c.originals, c.texts, c.sources,
  round(c.articles / greatest(epoch(c.last_at - c.first_at) / 3600, 1), 2) AS per_hour, h.peak_per_hour, t.article_id AS central_article_id
FROM counted AS c
LEFT JOIN hours AS h ON h.story_id = c.story_id
LEFT JOIN titles AS t ON t.story_id = c.story_id;
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
