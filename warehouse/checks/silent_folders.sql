-- title: No folder is without news for longer than its own past explains
-- severity: warning
-- do: Does whatever fills the folder still run? The silence stands in mart.gaps, and closes when news comes.
SELECT
  s.source, b.begun_at AS first_at, n.new_at, l.looked_at, g.silent_since, g.opened_at, g.expected, g.reason, g.came_at,
  coalesce(p.hours, []) AS hours
FROM ops.source AS s
JOIN source_begun AS b ON b.source = s.source
JOIN (SELECT source, max(first_seen_at) AS new_at FROM news.article GROUP BY source) AS n ON n.source = s.source
LEFT JOIN (SELECT source, max(looked_at) AS looked_at FROM looked GROUP BY source) AS l ON l.source = s.source
LEFT JOIN (
  SELECT g.source, g.silent_since, g.opened_at, any_value(g.expected) AS expected, any_value(g.reason) AS reason, min(a.first_seen_at) AS came_at
  FROM ops.gap AS g LEFT JOIN news.article AS a ON a.source = g.source AND a.first_seen_at > g.silent_since
  WHERE g.kind = 'idle' AND g.closed_at IS NULL GROUP BY ALL
) AS g ON g.source = s.source
LEFT JOIN (
  SELECT source, list({'hour': hour, 'entries': entries, 'weeks': weeks}) AS hours
  FROM (
    SELECT source, (isodow(first_seen_at) - 1) * 24 + hour(first_seen_at) AS hour, count(*) AS entries, count(DISTINCT date_trunc('hour', first_seen_at)) AS weeks
    FROM arrival WHERE first_seen_at > $now - to_days($past_days::INTEGER) GROUP BY ALL
  ) GROUP BY source
) AS p ON p.source = s.source
WHERE s.kind = 'folder'
