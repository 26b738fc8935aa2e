-- Sources' pasts, for the checks that judge a source by its own: once for all of them, in the checks' own connection.
-- An article that came on a source's first day is none of its past: that day brings what had piled up.
CREATE TEMP TABLE source_begun AS SELECT source, min(first_seen_at) AS begun_at FROM news.article GROUP BY source;

CREATE TEMP TABLE arrival AS
SELECT
  a.article_id, a.source, a.first_seen_at, greatest(0, date_diff('second', a.first_seen_at, $now) // (86400 * $recent_days)) AS ago,
  v.title IS NULL AS no_title, v.published_at IS NULL AS no_date, v.language, len(v.authors) = 0 AND v.agency IS NULL AS no_byline, v.url IS NULL AS no_url,
  v.published_at < a.first_seen_at - to_days($old_days::INTEGER) AS old,
  v.published_precision IN ('second', 'minute') AS timed,
  v.published_precision IN ('second', 'minute') AND v.published_at = date_trunc('day', v.published_at) AS midnight,
  CASE WHEN v.published_precision IN ('second', 'minute') THEN greatest(0, date_diff('second', v.published_at, a.first_seen_at)) END AS lag_s
FROM news.article AS a
JOIN news.version AS v ON v.article_id = a.article_id AND v.valid_to IS NULL
JOIN source_begun AS b ON b.source = a.source
WHERE a.first_seen_at <= $now AND a.first_seen_at > $now - to_days(($recent_days + $past_days)::INTEGER) AND a.first_seen_at > b.begun_at + INTERVAL 1 DAY;

-- How often each habit showed, by source and by period back from now (0 is the one that is judged).
CREATE TEMP TABLE habit AS
WITH shown AS (
  UNPIVOT (SELECT source, ago, article_id AS key, no_title AS "title", no_date AS "date", no_byline AS "byline", no_url AS "address" FROM arrival)
  ON "title", "date", "byline", "address" INTO NAME habit VALUE hit
)
SELECT 'missing' AS kind, habit, source, ago, count(*) AS n, count(*) FILTER (hit) AS hits, min(key, 5) FILTER (hit) AS examples
FROM shown GROUP BY ALL
UNION ALL
SELECT 'missing', 'language', source, ago, count(*), count(*) FILTER (language IS NULL), min(article_id, 5) FILTER (language IS NULL)
FROM arrival GROUP BY ALL
UNION ALL
SELECT 'dates', 'dated long before they came', source, ago, count(*), count(*) FILTER (old), min(article_id, 5) FILTER (old)
FROM arrival GROUP BY ALL
UNION ALL
SELECT 'dates', 'published at midnight sharp', source, ago, count(*), count(*) FILTER (midnight), min(article_id, 5) FILTER (midnight)
FROM arrival WHERE timed GROUP BY ALL
UNION ALL
SELECT 'language', l.language, a.source, a.ago, count(*), count(*) FILTER (a.language = l.language), min(a.article_id, 5) FILTER (a.language = l.language)
FROM arrival AS a JOIN (SELECT DISTINCT source, language FROM arrival WHERE ago = 0 AND language IS NOT NULL) AS l ON l.source = a.source
GROUP BY ALL
UNION ALL
SELECT 'reject', 'refused', i.source, greatest(0, date_diff('second', i.came_at, $now) // (86400 * $recent_days)) AS ago, count(*), count(*) FILTER (i.refused), min(i.key, 5) FILTER (i.refused)
FROM (
  SELECT source, seen_at AS came_at, false AS refused, path AS key FROM news.sighting
  UNION ALL SELECT source, seen_at, true, path FROM ops.reject
) AS i JOIN source_begun AS b ON b.source = i.source
WHERE i.came_at <= $now AND i.came_at > $now - to_days(($recent_days + $past_days)::INTEGER) AND i.came_at > b.begun_at + INTERVAL 1 DAY
GROUP BY ALL;

-- Habits that a source took up: far above its own past, beyond chance, and beyond its worst period.
CREATE TEMP TABLE drift AS
WITH told AS (
  SELECT
    kind, habit, source,
    sum(n) FILTER (ago = 0) AS n, sum(hits) FILTER (ago = 0) AS hits, any_value(examples) FILTER (ago = 0) AS examples,
    sum(n) FILTER (ago > 0) AS past_n, sum(hits) FILTER (ago > 0) AS past_hits,
    count(*) FILTER (ago > 0 AND n >= $fewest_each) AS periods, max(hits / n) FILTER (ago > 0 AND n >= $fewest_each) AS worst
  FROM habit GROUP BY kind, habit, source
)
SELECT kind, habit, source, hits / n AS share, past_hits / past_n AS past_share, n, past_n, worst, examples
FROM told
WHERE n >= $fewest_recent AND past_n >= $fewest_past AND periods >= $fewest_periods
  AND share - past_share >= $least_change AND share >= worst + $beyond_worst
  AND (share - past_share) / sqrt(greatest((hits + past_hits) / (n + past_n) * (1 - (hits + past_hits) / (n + past_n)), 1e-6) * (1 / n + 1 / past_n)) >= $least_z;

-- When each source was looked at, whether it had news or not. A folder was if a run was asked for it, or for all.
CREATE TEMP TABLE looked AS
SELECT source, fetched_at AS looked_at FROM ops.fetch
WHERE kind = 'feed' AND outcome IN ('ok', 'unchanged', 'empty') AND fetched_at > $now - to_days(($recent_days + $past_days + 1)::INTEGER) AND fetched_at <= $now
UNION ALL
SELECT s.source, r.started_at
FROM ops.source AS s
JOIN (
  SELECT started_at, from_json(arguments -> 'what', '["VARCHAR"]') AS what FROM ops.run
  WHERE flow IN ('ingest', 'follow') AND state = 'completed' AND started_at > $now - to_days(($recent_days + $past_days + 1)::INTEGER) AND started_at <= $now
) AS r ON coalesce(len(r.what), 0) = 0 OR list_contains(r.what, s.source)
  OR len(list_filter(r.what, lambda w: ends_with('/' || s.root, '/' || regexp_replace(w, '^[./]+|/+$', '', 'g')) OR regexp_extract(w, '([^/]+)\.toml$', 1) = s.source)) > 0
WHERE s.kind = 'folder'
UNION ALL
SELECT source, first_seen_at FROM arrival;
