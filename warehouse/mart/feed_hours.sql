-- What each feed usually brings, by hour of the week.
CREATE OR REPLACE VIEW mart.feed_hours AS
SELECT
  e.source, (isodow(e.seen_at) - 1) * 24 + hour(e.seen_at) AS hour_of_week, count(*) AS entries,
  round(count(*) / greatest(date_diff('second', greatest(any_value(f.first_at), any_value(f.polled_at) - INTERVAL 56 DAY), any_value(f.polled_at)) / 604800.0, 1), 2) AS expected
FROM (SELECT source, min(seen_at) AS seen_at FROM ops.entry WHERE article_id IS NOT NULL GROUP BY source, article_id) AS e
JOIN ops.feed AS f ON f.source = e.source
WHERE e.seen_at > f.first_at AND e.seen_at > f.polled_at - INTERVAL 56 DAY
GROUP BY e.source, hour_of_week;
COMMENT ON VIEW mart.feed_hours IS 'What each feed usually brings, by hour of the week, in its last eight weeks';
COMMENT ON COLUMN mart.feed_hours.source IS 'The feed';
COMMENT ON COLUMN mart.feed_hours.hour_of_week IS '0 is Monday 00:00 UTC, 167 Sunday 23:00';
COMMENT ON COLUMN mart.feed_hours.entries IS 'New entries in that hour of all those weeks';
COMMENT ON COLUMN mart.feed_hours.expected IS 'Entries a week';
