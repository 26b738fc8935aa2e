-- What was refused may come again: entries of feeds and files that it stood in are read anew, and their bytes are kept.
DELETE FROM ops.entry WHERE article_id IS NULL AND print IN (SELECT key_hash FROM ops.forgotten SEMI JOIN lifted USING (receipt_id) WHERE kind = 'entry');
DELETE FROM ops.file WHERE raw_id IN (SELECT raw_id FROM ops.withheld SEMI JOIN lifted USING (receipt_id) WHERE what = 'gone');
DELETE FROM ops.raw
WHERE archive = '' AND raw_id IN (SELECT raw_id FROM ops.withheld SEMI JOIN lifted USING (receipt_id) WHERE what = 'gone')
  AND raw_id NOT IN (SELECT raw_id FROM news.version UNION SELECT raw_id FROM news.sighting);
DELETE FROM ops.withheld
WHERE receipt_id IN (SELECT receipt_id FROM lifted) AND what = 'gone' AND archive IS NULL AND raw_id NOT IN (SELECT raw_id FROM ops.raw);
DELETE FROM ops.forgotten WHERE receipt_id IN (SELECT receipt_id FROM lifted);
UPDATE ops.removal SET lifted_at = l.lifted_at FROM lifted AS l WHERE removal.receipt_id = l.receipt_id;
