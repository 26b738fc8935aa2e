-- What is particular to retention: a payload that came alone goes; where the ledger of files still names it, its row stays without bytes.
INSERT INTO ops.withheld
SELECT g.raw_id, NULL, 'expired', NULL, a.removed_at FROM gone_raw AS g CROSS JOIN asked AS a WHERE g.alone AND g.listed AND g.archive <> '';
UPDATE ops.raw SET archive = '', archive_offset = 0, archive_length = 0 WHERE raw_id IN (SELECT raw_id FROM gone_raw WHERE alone AND listed AND archive <> '');
DELETE FROM ops.raw WHERE raw_id IN (SELECT raw_id FROM gone_raw WHERE alone AND NOT listed);
