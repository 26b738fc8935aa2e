-- What a batch learned of feeds. Rows of feed, entry and gap replace those that they are about.
INSERT INTO news.enclosure BY NAME SELECT r.*, b.batch_id FROM enclosure AS r CROSS JOIN batch AS b;
INSERT INTO ops.fetch BY NAME SELECT r.*, b.run_id, b.batch_id FROM "fetch" AS r CROSS JOIN batch AS b;
INSERT INTO ops.page BY NAME SELECT r.*, b.batch_id FROM page AS r CROSS JOIN batch AS b;
DELETE FROM ops.robots WHERE host IN (SELECT host FROM robots);
INSERT INTO ops.robots BY NAME SELECT r.*, b.batch_id FROM robots AS r CROSS JOIN batch AS b;
DELETE FROM ops.feed WHERE source IN (SELECT source FROM feed);
INSERT INTO ops.feed BY NAME SELECT r.*, b.batch_id FROM feed AS r CROSS JOIN batch AS b;
DELETE FROM ops.entry WHERE (source, print) IN (SELECT (source, print) FROM entry);
INSERT INTO ops.entry BY NAME SELECT r.*, b.batch_id FROM entry AS r CROSS JOIN batch AS b;
DELETE FROM ops.gap WHERE closed_at IS NULL AND (source, kind, opened_at) IN (SELECT (source, kind, opened_at) FROM gap);
INSERT INTO ops.gap BY NAME SELECT r.*, b.batch_id FROM gap AS r CROSS JOIN batch AS b;
