-- One batch. `batch` has one row; each other table holds the batch's rows of the table it is named after.
INSERT INTO ops.raw BY NAME SELECT r.*, b.batch_id FROM raw AS r CROSS JOIN batch AS b;
INSERT INTO ops.file BY NAME SELECT r.*, b.run_id, b.batch_id FROM file AS r CROSS JOIN batch AS b;
INSERT INTO ops.reject BY NAME SELECT r.*, b.run_id, b.batch_id FROM reject AS r CROSS JOIN batch AS b;
INSERT INTO ops.identity BY NAME SELECT r.*, b.batch_id FROM identity AS r CROSS JOIN batch AS b;
INSERT INTO news.article BY NAME SELECT r.*, b.run_id, b.batch_id FROM article AS r CROSS JOIN batch AS b;
INSERT INTO news.version BY NAME SELECT r.*, b.run_id, b.batch_id FROM version AS r CROSS JOIN batch AS b;
INSERT INTO news.print BY NAME SELECT r.*, b.batch_id FROM print AS r CROSS JOIN batch AS b;
INSERT INTO news.head_field BY NAME SELECT r.*, b.batch_id FROM head_field AS r CROSS JOIN batch AS b;
INSERT INTO news.sighting BY NAME SELECT r.*, b.run_id, b.batch_id FROM sighting AS r CROSS JOIN batch AS b;
INSERT INTO news.copy BY NAME SELECT r.*, b.batch_id FROM copy AS r CROSS JOIN batch AS b;
INSERT INTO news.copy_group BY NAME SELECT r.*, b.batch_id FROM copy_group AS r CROSS JOIN batch AS b;
INSERT INTO news.story_terms BY NAME SELECT r.*, b.batch_id FROM story_terms AS r CROSS JOIN batch AS b;
INSERT INTO news.story_article BY NAME SELECT r.*, b.batch_id FROM story_article AS r CROSS JOIN batch AS b;
INSERT INTO news.story_merge BY NAME SELECT r.*, b.batch_id FROM story_merge AS r CROSS JOIN batch AS b;
INSERT INTO news.story_center BY NAME SELECT r.*, b.batch_id FROM story_center AS r CROSS JOIN batch AS b;
