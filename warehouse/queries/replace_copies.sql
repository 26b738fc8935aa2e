-- What versions whose words were read anew share with others, in the place of what they shared. The very words of an article of long
-- ago are not found by fingerprints: such rows stay while the words are still the same.
DELETE FROM news.copy WHERE rowid IN (
  SELECT c.rowid
  FROM (
    SELECT c.rowid, c.* FROM news.copy AS c SEMI JOIN wanted AS w ON w.article_id = c.article_id AND w.version = c.version
    UNION SELECT c.rowid, c.* FROM news.copy AS c SEMI JOIN wanted AS w ON w.article_id = c.of_article_id AND w.version = c.of_version
  ) AS c
  JOIN news.version AS v ON v.article_id = c.article_id AND v.version = c.version
  JOIN news.version AS o ON o.article_id = c.of_article_id AND o.version = c.of_version
  WHERE c.relation <> 'exact' OR v.content_hash = '' OR v.content_hash <> o.content_hash
);
INSERT INTO news.copy BY NAME
SELECT r.*, b.batch_id
FROM copy AS r
ANTI JOIN news.copy AS k ON k.article_id = r.article_id AND k.version = r.version AND k.of_article_id = r.of_article_id AND k.of_version = r.of_version
CROSS JOIN batch AS b;
UPDATE ops.reading SET detail = w.detail FROM wanted AS w WHERE reading.article_id = w.article_id AND reading.version = w.version;
