SELECT
  s.source, s.kind, s.outlet, s.country, s.language, s.root AS folder,
  coalesce(a.articles, 0) AS articles, CASE WHEN s.kind = 'folder' THEN coalesce(f.files, 0) ELSE 0 END AS files, coalesce(r.rejected, 0) AS rejected, a.newest,
  coalesce(f.last_read_at, p.polled_at) AS last_read_at
FROM ops.source AS s
LEFT JOIN (SELECT source, count(*) AS articles, max(sort_at) AS newest FROM mart.articles GROUP BY source) AS a ON a.source = s.source
LEFT JOIN (
  SELECT f.source, count(DISTINCT f.path) AS files, max(b.landed_at) AS last_read_at FROM ops.file AS f JOIN ops.batch AS b USING (batch_id) GROUP BY f.source
) AS f ON f.source = s.source
LEFT JOIN ops.feed AS p ON p.source = s.source
LEFT JOIN (SELECT source, count(*) AS rejected FROM mart.rejects WHERE resolved_at IS NULL GROUP BY source) AS r ON r.source = s.source
ORDER BY s.source
