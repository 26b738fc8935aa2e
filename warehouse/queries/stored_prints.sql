-- The fingerprints of versions that came in a span of batches.
SELECT p.article_id, p.version, p.every, p.sample, p.facts, p.seq, p.common, p.common_coarse, p.holds, p.batch_id
FROM news.print AS p JOIN wanted AS w ON w.article_id = p.article_id AND w.version = p.version
WHERE p.batch_id > $after AND p.batch_id <= $upto
