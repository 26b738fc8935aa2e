-- Versions that were read anew, in the place of what they were. Sightings, copies, groups and stories stay; a print keeps its number.
DELETE FROM news.version USING replaced AS w
WHERE version.article_id = w.article_id AND version.version = w.version AND version.batch_id = w.batch_id;
DELETE FROM news.head_field USING replaced AS w
WHERE head_field.article_id = w.article_id AND head_field.version = w.version AND head_field.batch_id = w.batch_id;
DELETE FROM news.enclosure USING replaced AS w
WHERE enclosure.article_id = w.article_id AND enclosure.version = w.version AND enclosure.batch_id = w.batch_id;
DELETE FROM news.print USING print AS w WHERE print.article_id = w.article_id AND print.version = w.version AND print.batch_id = w.batch_id;
INSERT INTO news.version BY NAME SELECT r.*, b.batch_id FROM version AS r CROSS JOIN batch AS b;
INSERT INTO news.head_field BY NAME SELECT r.*, b.batch_id FROM head_field AS r CROSS JOIN batch AS b;
INSERT INTO news.enclosure BY NAME SELECT r.*, b.batch_id FROM enclosure AS r CROSS JOIN batch AS b;
INSERT INTO news.print BY NAME SELECT * FROM print;
INSERT INTO ops.identity BY NAME SELECT r.*, b.batch_id FROM identity AS r CROSS JOIN batch AS b;
UPDATE news.article SET outlet = o.outlet FROM outlet AS o WHERE article.article_id = o.article_id;
-- What is still to be done about copies stays noted, though the text is the same by now.
INSERT INTO ops.reading BY NAME
SELECT
  r.* REPLACE (CASE WHEN ends_with(k.detail, '; copies due') AND NOT ends_with(coalesce(r.detail, ''), '; copies due')
    THEN coalesce(r.detail, '') || '; copies due' ELSE r.detail END AS detail),
  b.batch_id
FROM reading AS r CROSS JOIN batch AS b LEFT JOIN ops.reading AS k ON k.article_id = r.article_id AND k.version = r.version;
DELETE FROM ops.reading USING reading AS w, batch AS b
WHERE reading.article_id = w.article_id AND reading.version = w.version AND reading.batch_id < b.batch_id;
