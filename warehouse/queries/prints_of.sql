-- Documents for the history of fingerprints, of some versions.
SELECT
  p.article_id, coalesce(g.group_id, p.article_id) AS group_id, v.content_hash, a.outlet, v.agency,
  epoch_us(coalesce(v.published_at, a.first_seen_at)) // 1000000 AS sort_at,
  f.published_at AS first_published_at, f.published_precision AS first_precision, a.first_seen_at, fp.seq AS first_seq,
  p.version, v.words, p.every, p.seq, p.common, p.common_coarse, p.holds, p.sample, p.facts
FROM news.print AS p
JOIN wanted AS w ON w.article_id = p.article_id AND w.version = p.version
JOIN news.version AS v ON v.article_id = p.article_id AND v.version = p.version
JOIN news.article AS a ON a.article_id = p.article_id
JOIN news.version AS f ON f.article_id = p.article_id AND f.version = 1
JOIN news.print AS fp ON fp.article_id = p.article_id AND fp.version = 1
LEFT JOIN news.copy_group AS g ON g.article_id = p.article_id AND g.version <= p.version
ORDER BY p.seq
