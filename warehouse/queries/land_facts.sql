-- The facts of one batch; see land.sql.
INSERT INTO news.extraction BY NAME SELECT r.*, b.batch_id FROM extraction AS r CROSS JOIN batch AS b;
INSERT INTO news.entity BY NAME SELECT r.*, b.batch_id FROM entity AS r CROSS JOIN batch AS b;
INSERT INTO news.entity_context BY NAME SELECT r.*, b.batch_id FROM entity_context AS r CROSS JOIN batch AS b;
INSERT INTO news.article_entity BY NAME SELECT r.*, b.batch_id FROM article_entity AS r CROSS JOIN batch AS b;
INSERT INTO news.mention BY NAME SELECT r.*, b.batch_id FROM mention AS r CROSS JOIN batch AS b;
INSERT INTO news.person_role BY NAME SELECT r.*, b.batch_id FROM person_role AS r CROSS JOIN batch AS b;
INSERT INTO news.place BY NAME SELECT r.*, b.batch_id FROM place AS r CROSS JOIN batch AS b;
INSERT INTO news.date_mention BY NAME SELECT r.*, b.batch_id FROM date_mention AS r CROSS JOIN batch AS b;
INSERT INTO news.quote BY NAME SELECT r.*, b.batch_id FROM quote AS r CROSS JOIN batch AS b;
INSERT INTO news.event BY NAME SELECT r.*, b.batch_id FROM event AS r CROSS JOIN batch AS b;
INSERT INTO news.keyword BY NAME SELECT r.*, b.batch_id FROM keyword AS r CROSS JOIN batch AS b;
INSERT INTO news.answer BY NAME SELECT r.*, b.batch_id FROM answer AS r CROSS JOIN batch AS b;
