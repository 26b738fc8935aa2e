-- Documents for the history of fingerprints, of the batches after one and up to another, in the order in which they came.
SELECT
  p.article_id, coalesce(g.group_id, p.article_id) AS group_id, v.content_hash, a.outlet, v.agency,
  epoch(coalesce(v.published_at, a.first_seen_at))::BIGINT AS sort_at, epoch(v.published_at)::BIGINT AS published, epoch(v.valid_from)::BIGINT AS seen,
  v.published_precision IN ('second', 'minute') AS precise, p.version, v.words, p.every, p.seq, p.common, p.common_coarse, p.sample, p.facts
FROM news.print AS p
JOIN news.version AS v ON v.article_id = p.article_id AND v.version = p.version
JOIN news.article AS a ON a.article_id = p.article_id
LEFT JOIN news.copy_group AS g ON g.article_id = p.article_id AND g.version = 1
WHERE p.batch_id > $after AND p.batch_id <= $upto AND v.batch_id > $after AND v.batch_id <= $upto
ORDER BY p.seq
