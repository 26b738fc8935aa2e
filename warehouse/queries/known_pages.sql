SELECT w.url, arg_max(p.etag, p.batch_id), arg_max(p.last_modified, p.batch_id), arg_max(p.raw_id, p.batch_id)
FROM wanted AS w JOIN ops.page AS p ON p.url_hash = w.url_hash AND p.url = w.url
GROUP BY w.url
