-- Payloads that something forgotten came in again: their bytes are not kept, or go out of the archive with the next maintenance.
INSERT INTO ops.forgotten SELECT receipt_id, 'entry', key_hash FROM entry_forgotten ANTI JOIN (SELECT key_hash FROM ops.forgotten WHERE kind = 'entry') USING (key_hash);
CREATE OR REPLACE TEMP TABLE fresh_withheld AS
SELECT w.raw_id, min(w.receipt_id) AS receipt_id, min(w.withheld_at) AS withheld_at FROM withheld AS w ANTI JOIN ops.withheld AS k ON k.raw_id = w.raw_id GROUP BY w.raw_id;
INSERT INTO ops.withheld
SELECT f.raw_id, f.receipt_id, 'gone', nullif(r.archive, ''), f.withheld_at FROM fresh_withheld AS f LEFT JOIN ops.raw AS r ON r.raw_id = f.raw_id;
UPDATE ops.raw SET archive = '', archive_offset = 0, archive_length = 0 WHERE archive <> '' AND raw_id IN (SELECT raw_id FROM fresh_withheld);
DROP TABLE fresh_withheld;
