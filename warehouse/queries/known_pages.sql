SELECT url, newest.etag, newest.last_modified, newest.raw_id
FROM (
  SELECT w.url, arg_max({'etag': p.etag, 'last_modified': p.last_modified, 'raw_id': p.raw_id}, p.batch_id) AS newest
  FROM wanted AS w JOIN ops.page AS p ON p.url_hash = w.url_hash AND p.url = w.url
  GROUP BY w.url
)
