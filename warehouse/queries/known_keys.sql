SELECT w.n, arg_max(i.article_id, i.batch_id)
FROM wanted AS w JOIN ops.identity AS i ON i.key_hash = w.key_hash AND i.kind = w.kind AND i.scope = w.scope AND i.key = w.key
GROUP BY w.n
