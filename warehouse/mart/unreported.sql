-- Topics come from mart.topics; stories count once in each country.
CREATE OR REPLACE MACRO mart.unreported(covered_in, missing_in, since := NULL, until := NULL, original := false) AS TABLE
WITH told AS (
  SELECT t.topic, t.topic_from, s.country, count(DISTINCT coalesce(c.story_id, c.article_id)) AS stories
  FROM mart.topics AS t
  JOIN news.current AS c ON c.article_id = t.article_id
  JOIN ops.source AS s ON s.source = c.source AND s.country IN (covered_in, missing_in)
  WHERE (since IS NULL OR c.sort_at >= since) AND (until IS NULL OR c.sort_at < until) AND (NOT original OR c.is_original)
  GROUP BY ALL
)
SELECT topic, topic_from, coalesce(sum(stories) FILTER (country = covered_in), 0)::BIGINT AS covered, coalesce(sum(stories) FILTER (country = missing_in), 0)::BIGINT AS missing
FROM told GROUP BY topic, topic_from HAVING covered > missing;
COMMENT ON MACRO TABLE mart.unreported IS 'Topics that the outlets of one country carry more than those of another (covered_in, missing_in: country codes; since, until: times of publication; original: true leaves copies out)';
