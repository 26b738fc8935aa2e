-- Every feed's health; ORDER BY attention, since shows first what needs it.
CREATE OR REPLACE VIEW mart.feed_health AS
SELECT
  f.url AS feed, f.source, f.status, f.since, f.reason, f.ok_at AS last_ok_at, f.new_at AS last_new_at, f.next_at,
  round(coalesce(e.entries / greatest(date_diff('second', greatest(f.first_at, f.polled_at - INTERVAL 56 DAY), f.polled_at) / 86400.0, 1), f.per_day), 2) AS expected_per_day,
  g.silent_since, g.expected AS expected_in_silence, f.failures, f.every_s, f.polled_at AS last_polled_at, f.entries AS listed, f.title, f.format,
  f.declared_url, f.former_urls, f.moved_to,
  CASE
    WHEN f.status = 'failing' THEN 1
    WHEN g.silent_since IS NOT NULL AND f.status <> 'paused' THEN 2
    WHEN f.status = 'gone' THEN 3
    WHEN f.status = 'throttled' THEN 4
    WHEN f.status = 'moved' THEN 5
    WHEN f.status = 'quiet' THEN 6
    WHEN f.status = 'active' THEN 7
    ELSE 8
  END AS attention
FROM ops.feed AS f
LEFT JOIN (
  SELECT e.source, count(*) AS entries
  FROM (SELECT source, min(seen_at) AS seen_at FROM ops.entry WHERE article_id IS NOT NULL GROUP BY source, article_id) AS e
  JOIN ops.feed AS f ON f.source = e.source
  WHERE e.seen_at > f.first_at AND e.seen_at > f.polled_at - INTERVAL 56 DAY
  GROUP BY e.source
) AS e ON e.source = f.source
LEFT JOIN (SELECT source, silent_since, expected FROM ops.gap WHERE kind = 'silent' AND closed_at IS NULL) AS g ON g.source = f.source;
COMMENT ON VIEW mart.feed_health IS 'Every feed''s health';
COMMENT ON COLUMN mart.feed_health.feed IS 'The address that is asked, without credentials';
COMMENT ON COLUMN mart.feed_health.source IS 'The source''s name';
COMMENT ON COLUMN mart.feed_health.status IS 'active, quiet, throttled, failing, moved, gone or paused';
COMMENT ON COLUMN mart.feed_health.since IS 'Since when, UTC';
COMMENT ON COLUMN mart.feed_health.reason IS 'Why';
COMMENT ON COLUMN mart.feed_health.last_ok_at IS 'When it last answered as a feed does, UTC';
COMMENT ON COLUMN mart.feed_health.last_new_at IS 'When it last had a new article, UTC';
COMMENT ON COLUMN mart.feed_health.next_at IS 'When it is asked next, UTC; NULL if never';
COMMENT ON COLUMN mart.feed_health.expected_per_day IS 'New entries a day in its last eight weeks; before it was read twice, by the dates that it states';
COMMENT ON COLUMN mart.feed_health.silent_since IS 'Its last new entry, if it is silent against its own past (an open gap)';
COMMENT ON COLUMN mart.feed_health.expected_in_silence IS 'Entries that its past let expect since then, when the gap was noticed';
COMMENT ON COLUMN mart.feed_health.failures IS 'Polls that failed since the last one that did not';
COMMENT ON COLUMN mart.feed_health.every_s IS 'Seconds between two polls while it works';
COMMENT ON COLUMN mart.feed_health.last_polled_at IS 'When it was last asked, UTC';
COMMENT ON COLUMN mart.feed_health.listed IS 'Entries that it listed when last read';
COMMENT ON COLUMN mart.feed_health.title IS 'The feed''s own title';
COMMENT ON COLUMN mart.feed_health.format IS 'Such as rss20, atom10, json11 or sitemap';
COMMENT ON COLUMN mart.feed_health.declared_url IS 'The address that the user gave';
COMMENT ON COLUMN mart.feed_health.former_urls IS 'Addresses that it had before it moved';
COMMENT ON COLUMN mart.feed_health.moved_to IS 'Where it says that it moved to, until that is believed';
COMMENT ON COLUMN mart.feed_health.attention IS '1 needs it most (failing, silent, gone, throttled, moved, quiet), 7 and 8 none (active, paused)';
