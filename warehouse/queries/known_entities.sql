-- The entities of these kinds and keys, with the first context that was told of each.
SELECT e.kind, e.key, e.entity_id, arg_min(c.country, c.batch_id), arg_min(c.organisation, c.batch_id)
FROM news.entity AS e
JOIN wanted AS w ON w.key_hash = e.key_hash AND w.kind = e.kind AND w.key = e.key
LEFT JOIN news.entity_context AS c ON c.entity_id = e.entity_id
GROUP BY e.kind, e.key, e.entity_id, e.rowid
ORDER BY e.rowid
