-- title: No feed needs attention
-- severity: warning
-- do: wirehouse feeds tells more; wirehouse feeds check NAME asks it now; pause or remove those that have ended.
SELECT
  source AS subject, date_diff('hour', coalesce(last_new_at, since), $now) / 24.0 AS measured, NULL AS expected,
  CASE WHEN status IN ('failing', 'gone') THEN status ELSE 'silent' END || ' since ' || strftime(coalesce(silent_since, since), '%Y-%m-%d %H:%M') || ': '
    || CASE WHEN status NOT IN ('failing', 'gone') THEN expected_in_silence::VARCHAR || ' entries were expected; ' ELSE '' END || reason AS detail,
  [feed] AS examples
FROM mart.feed_health
WHERE attention <= 3 AND status <> 'paused'
