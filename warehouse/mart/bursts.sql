-- As a Poisson score: how many standard deviations above what the days before let expect.
CREATE OR REPLACE MACRO mart.bursts(day, before := 7, original := false) AS TABLE
WITH counts AS (
  SELECT k.term, c.sort_at::DATE = day::DATE AS today, count(DISTINCT (c.sort_at::DATE, coalesce(c.story_id, c.article_id))) AS n
  FROM news.keyword AS k JOIN news.current AS c ON c.article_id = k.article_id AND c.version = k.version
  WHERE c.sort_at >= day::DATE - before::INTEGER AND c.sort_at < day::DATE + 1 AND (NOT original OR c.is_original)
  GROUP BY ALL
), terms AS (
  SELECT term, coalesce(sum(n) FILTER (today), 0)::BIGINT AS stories, coalesce(sum(n) FILTER (NOT today), 0) / before AS per_day_before
  FROM counts GROUP BY term
)
SELECT term, stories, round(per_day_before, 2) AS per_day_before, round((stories - per_day_before) / sqrt(greatest(per_day_before, 1)), 2) AS z
FROM terms WHERE stories > 0;
COMMENT ON MACRO TABLE mart.bursts IS 'Terms that are in more stories on a day than in those before it (day; before: how many days; original: true leaves copies out)';
