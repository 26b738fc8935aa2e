-- Those of these versions that nobody has written since, nor their facts.
SELECT v.article_id, v.version, v.valid_to
FROM news.version AS v
JOIN wanted AS w ON w.article_id = v.article_id AND w.version = v.version AND w.batch_id = v.batch_id
LEFT JOIN news.extraction AS x ON x.article_id = v.article_id AND x.version = v.version
WHERE x.batch_id IS NOT DISTINCT FROM w.facts_batch
