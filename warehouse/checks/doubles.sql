-- title: Nothing is there twice
-- severity: error
-- do: A batch landed twice, or rows were added by hand. Restore a backup; please report it.
WITH doubled AS (
  SELECT 'news.article' AS subject, article_id AS key FROM news.article GROUP BY article_id HAVING count(*) > 1
  UNION ALL SELECT 'news.print', article_id || ' version ' || version FROM news.print GROUP BY article_id, version HAVING count(*) > 1
  UNION ALL SELECT 'news.extraction', article_id || ' version ' || version FROM news.extraction GROUP BY article_id, version HAVING count(*) > 1
  UNION ALL SELECT 'news.entity', entity_id FROM news.entity GROUP BY entity_id HAVING count(*) > 1
  UNION ALL SELECT 'news.story_article', article_id FROM news.story_article GROUP BY article_id HAVING count(*) > 1
  UNION ALL SELECT 'ops.raw', raw_id FROM ops.raw GROUP BY raw_id HAVING count(*) > 1
  UNION ALL SELECT 'ops.batch', batch_id::VARCHAR FROM ops.batch GROUP BY batch_id HAVING count(*) > 1
  UNION ALL SELECT 'ops.run', run_id FROM ops.run GROUP BY run_id HAVING count(*) > 1
  UNION ALL SELECT 'ops.source', source FROM ops.source GROUP BY source HAVING count(*) > 1
  UNION ALL SELECT 'ops.feed', source FROM ops.feed GROUP BY source HAVING count(*) > 1
  UNION ALL SELECT 'ops.entry', source || ' ' || print FROM ops.entry GROUP BY source, print HAVING count(*) > 1
)
SELECT subject, count(*) AS measured, 0 AS expected, 'keys that more than one row has' AS detail, min(key, 5) AS examples
FROM doubled GROUP BY subject
