-- Rows that are older than retention.toml lets them be: `terms` has, of each kind of row and source ("" for all others), before when.
-- A payload goes when none of the sources that it came from keeps it any longer.
CREATE OR REPLACE TEMP TABLE source_terms AS
SELECT w.what, s.source, coalesce(t.before, every.before) AS before
FROM (SELECT DISTINCT what FROM terms) AS w
CROSS JOIN (SELECT source FROM ops.source UNION SELECT source FROM ops.fetch UNION SELECT source FROM ops.reject UNION SELECT source FROM news.sighting) AS s
LEFT JOIN terms AS t ON t.what = w.what AND t.source = s.source
LEFT JOIN terms AS every ON every.what = w.what AND every.source = ''
WHERE coalesce(t.before, every.before) IS NOT NULL;
CREATE OR REPLACE TEMP TABLE old_raw AS
SELECT r.raw_id
FROM ops.raw AS r
JOIN (
  SELECT raw_id, source FROM news.sighting UNION SELECT raw_id, source FROM ops.reject WHERE raw_id IS NOT NULL
  UNION SELECT raw_id, source FROM ops.fetch WHERE raw_id IS NOT NULL
) AS s ON s.raw_id = r.raw_id
LEFT JOIN source_terms AS t ON t.what = 'archive' AND t.source = s.source
WHERE r.archive <> ''
GROUP BY r.raw_id, r.fetched_at HAVING bool_and(coalesce(r.fetched_at < t.before, false));
DELETE FROM ops.withheld WHERE raw_id IN (SELECT raw_id FROM old_raw);
INSERT INTO ops.withheld SELECT raw_id, NULL, 'expired', NULL, clock.now FROM old_raw CROSS JOIN clock;
UPDATE ops.raw SET archive = '', archive_offset = 0, archive_length = 0 WHERE raw_id IN (SELECT raw_id FROM old_raw);
INSERT INTO ops.thinned
SELECT f.run_id, f.batch_id, NULL FROM ops.fetch AS f JOIN source_terms AS t ON t.what = 'fetches' AND t.source = f.source WHERE f.fetched_at < t.before
UNION SELECT j.run_id, j.batch_id, NULL FROM ops.reject AS j JOIN source_terms AS t ON t.what = 'rejects' AND t.source = j.source WHERE j.seen_at < t.before;
DELETE FROM ops.fetch USING source_terms AS t WHERE t.what = 'fetches' AND t.source = "fetch".source AND "fetch".fetched_at < t.before;
DELETE FROM ops.reject USING source_terms AS t WHERE t.what = 'rejects' AND t.source = reject.source AND reject.seen_at < t.before;
DELETE FROM ops.entry USING source_terms AS t WHERE t.what = 'entries' AND t.source = entry.source AND entry.vanished_at < t.before;
DELETE FROM ops.check_result USING terms AS t WHERE t.what = 'check_results' AND check_result.checked_at < t.before;
DELETE FROM ops.publication USING terms AS t
WHERE t.what = 'runs' AND publication.published_at < t.before AND publication.number < (SELECT max(number) - 100 FROM ops.publication);
-- A run stays as long as something that it landed is there, or may be.
DELETE FROM ops.run USING terms AS t
WHERE t.what = 'runs' AND run.started_at < t.before AND run.state <> 'running'
  AND run.run_id NOT IN (SELECT run_id FROM ops.batch UNION SELECT run_id FROM ops.publication UNION SELECT run_id FROM ops.check_result);
-- A robots.txt holds for a day.
DELETE FROM ops.robots WHERE fetched_at < (SELECT now - INTERVAL 30 DAY FROM clock);
-- Payloads of which nothing is left that came from them: of the files' ledger the row stays.
CREATE OR REPLACE TEMP TABLE idle_raw AS
SELECT r.raw_id, r.archive, f.raw_id IS NOT NULL AS listed
FROM ops.raw AS r
ANTI JOIN (
  SELECT raw_id FROM news.sighting UNION SELECT raw_id FROM news.version UNION SELECT raw_id FROM ops.reject WHERE raw_id IS NOT NULL
  UNION SELECT raw_id FROM ops.page UNION SELECT raw_id FROM ops.fetch WHERE raw_id IS NOT NULL
) AS used ON used.raw_id = r.raw_id
LEFT JOIN (SELECT DISTINCT raw_id FROM ops.file) AS f ON f.raw_id = r.raw_id
WHERE EXISTS (SELECT 1 FROM terms WHERE what IN ('articles', 'rejects'));
INSERT INTO ops.withheld SELECT raw_id, NULL, 'expired', NULL, clock.now FROM idle_raw CROSS JOIN clock WHERE listed AND archive <> '';
UPDATE ops.raw SET archive = '', archive_offset = 0, archive_length = 0 WHERE archive <> '' AND raw_id IN (SELECT raw_id FROM idle_raw WHERE listed);
DELETE FROM ops.raw WHERE raw_id IN (SELECT raw_id FROM idle_raw WHERE NOT listed);
