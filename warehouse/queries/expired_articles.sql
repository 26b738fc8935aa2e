-- Articles that were first read too long ago; one that a feed still lists, or listed lately, stays until the feed has dropped it.
SELECT a.article_id
FROM news.article AS a
LEFT JOIN (SELECT source, before FROM terms WHERE what = 'articles') AS t ON t.source = a.source
LEFT JOIN (SELECT before FROM terms WHERE what = 'articles' AND source = '') AS every ON true
ANTI JOIN (SELECT article_id FROM ops.entry WHERE article_id IS NOT NULL AND (vanished_at IS NULL OR vanished_at > $recent)) AS e ON e.article_id = a.article_id
WHERE a.first_seen_at < coalesce(t.before, every.before)
ORDER BY a.batch_id, a.article_id
