-- The day of every article and story that is wanted. Rows of other views follow their article or story.
CREATE TEMP TABLE export_key AS
WITH articles AS (
  SELECT article_id, story_id, sort_at FROM mart.articles WHERE $source IS NULL OR source = $source
), keys AS (
  SELECT 'article_id' AS kind, article_id AS key, sort_at FROM articles
  UNION ALL
  SELECT 'story_id', story_id, first_at FROM mart.stories
  WHERE $source IS NULL OR story_id IN (SELECT story_id FROM articles)
)
SELECT kind, key, sort_at, sort_at::DATE AS day
FROM keys
WHERE sort_at::DATE BETWEEN coalesce($since::DATE, sort_at::DATE) AND coalesce($until::DATE, sort_at::DATE)
