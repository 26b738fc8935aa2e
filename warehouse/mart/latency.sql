-- Each batch is in the first publication that reached readers after it. The newest one cannot know yet how long it takes: it is
-- taken to take as long as the one before.
CREATE VIEW mart.latency AS
WITH published AS (
  SELECT batch_id, published_at + to_microseconds(CAST(1e6 * coalesce(seconds, lag(seconds, 1, 0) OVER (ORDER BY number)) AS BIGINT)) AS queryable_at
  FROM (SELECT *, number = max(number) OVER () AS newest FROM ops.publication) WHERE seconds IS NOT NULL OR newest
), landed AS (
  SELECT b.batch_id, b.landed_at, p.queryable_at FROM ops.batch AS b ASOF LEFT JOIN published AS p ON p.batch_id >= b.batch_id
), times AS (
  SELECT
    a.article_id, a.source, CASE WHEN v.published_precision IN ('second', 'minute') THEN v.published_at END AS published_at,
    a.first_seen_at AS fetched_at, l.landed_at, l.queryable_at
  FROM news.article AS a
  JOIN landed AS l ON l.batch_id = a.batch_id
  JOIN news.version AS v ON v.article_id = a.article_id AND v.version = 1
)
SELECT
  article_id, source, published_at, fetched_at, landed_at, queryable_at,
  date_diff('millisecond', published_at, fetched_at) / 1000 AS fetched_after_s,
  date_diff('millisecond', fetched_at, landed_at) / 1000 AS landed_after_s,
  date_diff('millisecond', fetched_at, queryable_at) / 1000 AS queryable_after_s
FROM times;
COMMENT ON VIEW mart.latency IS 'How long each article took from its publication to you';
COMMENT ON COLUMN mart.latency.article_id IS 'The article';
COMMENT ON COLUMN mart.latency.source IS 'The source that brought it first';
COMMENT ON COLUMN mart.latency.published_at IS 'When it was published, UTC; NULL where that is not known to the minute';
COMMENT ON COLUMN mart.latency.fetched_at IS 'When its bytes were read, UTC';
COMMENT ON COLUMN mart.latency.landed_at IS 'When it was committed, UTC';
COMMENT ON COLUMN mart.latency.queryable_at IS 'When the first published version that has it reached readers, UTC; NULL until then';
COMMENT ON COLUMN mart.latency.fetched_after_s IS 'Seconds from publication to fetching; NULL where the publication is not known to the minute';
COMMENT ON COLUMN mart.latency.landed_after_s IS 'Seconds from fetching to the commit';
COMMENT ON COLUMN mart.latency.queryable_after_s IS 'Seconds from fetching until readers had it';
