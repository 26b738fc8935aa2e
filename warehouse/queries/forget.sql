-- What is particular to a takedown: it stays out from now on, and payloads that others came from lose their bytes, too.
-- A key that leads to others as well is no mark of what was forgotten, nor are words that still stand elsewhere, or too few to tell.
INSERT INTO ops.forgotten
SELECT DISTINCT a.receipt_id, i.kind, i.key_hash
FROM ops.identity AS i SEMI JOIN gone AS g ON g.article_id = i.article_id CROSS JOIN asked AS a
ANTI JOIN (SELECT kind, key_hash FROM ops.identity ANTI JOIN gone USING (article_id)) AS others ON others.kind = i.kind AND others.key_hash = i.key_hash
ANTI JOIN (SELECT content_hash FROM news.version ANTI JOIN gone USING (article_id)) AS v ON i.kind = 'content' AND v.content_hash = i.key
ANTI JOIN (SELECT content_hash FROM news.version SEMI JOIN gone USING (article_id) CROSS JOIN asked WHERE words < telling) AS few
  ON i.kind IN ('text', 'content') AND few.content_hash = i.key;
INSERT INTO ops.forgotten
SELECT DISTINCT a.receipt_id, 'entry', e.print FROM ops.entry AS e SEMI JOIN gone AS g ON g.article_id = e.article_id CROSS JOIN asked AS a;
UPDATE ops.entry SET article_id = NULL, retry_at = NULL, stamp = NULL WHERE article_id IN (SELECT article_id FROM gone);
DELETE FROM ops.file WHERE source IN (SELECT source FROM gone_source) OR raw_id IN (SELECT raw_id FROM gone_raw WHERE alone);
DELETE FROM ops.withheld WHERE raw_id IN (SELECT raw_id FROM gone_raw WHERE archive <> '');
INSERT INTO ops.withheld
SELECT g.raw_id, a.receipt_id, CASE WHEN c.raw_id IS NULL THEN 'gone' ELSE 'cut' END, g.archive, a.removed_at
FROM gone_raw AS g CROSS JOIN asked AS a LEFT JOIN cuts AS c ON c.raw_id = g.raw_id WHERE g.archive <> '';
UPDATE ops.raw SET archive = c.archive, archive_offset = c.archive_offset, archive_length = c.archive_length
FROM (
  SELECT g.raw_id, coalesce(c.archive, '') AS archive, coalesce(c.archive_offset, 0) AS archive_offset, coalesce(c.archive_length, 0) AS archive_length
  FROM gone_raw AS g LEFT JOIN cuts AS c ON c.raw_id = g.raw_id WHERE NOT g.alone AND g.archive <> ''
) AS c WHERE raw.raw_id = c.raw_id;
DELETE FROM ops.raw WHERE raw_id IN (SELECT raw_id FROM gone_raw WHERE alone);
