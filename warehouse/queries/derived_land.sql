-- Rows that changed, in the place of what they were; those of articles that are no more go.
CREATE OR REPLACE TEMP TABLE changed AS FROM derived EXCEPT SELECT * FROM news.current WHERE article_id IN (FROM touched);
DELETE FROM news.current WHERE article_id IN (SELECT article_id FROM changed);
INSERT INTO news.current BY NAME SELECT * FROM changed ORDER BY first_seen_at, article_id;
DELETE FROM news.current WHERE article_id IN (FROM touched) AND article_id NOT IN (SELECT article_id FROM derived);
