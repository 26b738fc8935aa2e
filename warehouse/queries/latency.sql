-- How long the articles that were read since a moment took from their file or feed to readers; percentiles in seconds.
WITH recent AS (SELECT queryable_after_s AS s FROM mart.latency WHERE fetched_at >= $since AND queryable_at IS NOT NULL)
SELECT count(*) AS articles, quantile_cont(s, 0.5) AS p50_s, quantile_cont(s, 0.95) AS p95_s, quantile_cont(s, 0.99) AS p99_s FROM recent
