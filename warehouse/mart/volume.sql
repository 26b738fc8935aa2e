-- A row an outlet and day on which it had news; the averages are over seven days, those without news among them.
CREATE OR REPLACE VIEW mart.volume AS
WITH days AS (
  SELECT outlet, sort_at::DATE AS day, count(*) AS articles, count(*) FILTER (is_original) AS originals FROM news.current GROUP BY ALL
)
SELECT
  day, outlet, articles, originals,
  round(sum(articles) OVER week / 7, 1) AS articles_7d, round(sum(originals) OVER week / 7, 1) AS originals_7d
FROM days
WINDOW week AS (PARTITION BY outlet ORDER BY day RANGE BETWEEN INTERVAL 6 DAYS PRECEDING AND CURRENT ROW);
COMMENT ON VIEW mart.volume IS 'How much each outlet publishes, by day';
COMMENT ON COLUMN mart.volume.day IS 'The day, UTC';
COMMENT ON COLUMN mart.volume.outlet IS 'Who publishes';
COMMENT ON COLUMN mart.volume.articles IS 'Articles of that day, copies among them';
COMMENT ON COLUMN mart.volume.originals IS 'Those that are no copies';
COMMENT ON COLUMN mart.volume.articles_7d IS 'Articles a day, over the seven days up to this one';
COMMENT ON COLUMN mart.volume.originals_7d IS 'The same without copies';
