-- The batches that lose rows with the articles in `gone`.
INSERT INTO ops.thinned
SELECT DISTINCT r.run_id, r.batch_id, a.receipt_id
FROM (
  SELECT run_id, batch_id FROM news.sighting SEMI JOIN gone USING (article_id)
  UNION SELECT run_id, batch_id FROM news.version SEMI JOIN gone USING (article_id)
  UNION SELECT run_id, batch_id FROM ops.file SEMI JOIN gone_raw USING (raw_id)
  UNION SELECT run_id, batch_id FROM ops.file SEMI JOIN gone_source USING (source)
  UNION SELECT run_id, batch_id FROM ops.fetch SEMI JOIN gone_source USING (source)
  UNION SELECT run_id, batch_id FROM ops.reject SEMI JOIN gone_source USING (source)
  UNION SELECT run_id, batch_id FROM ops.reject SEMI JOIN gone_item USING (raw_id, record)
  UNION SELECT run_id, batch_id FROM ops.reject SEMI JOIN gone_url USING (url)
) AS r CROSS JOIN asked AS a;
