-- For each table of facts, of the versions that are read anew: rows before, after, and those that stay the same.
-- One statement a table: all at once they need more memory than the store allows itself.
SELECT
  'article_entity' AS facts,
  (SELECT count(*) FROM news.article_entity SEMI JOIN wanted USING (article_id, version)) AS before,
  (SELECT count(*) FROM article_entity) AS after,
  (
    SELECT count(*) FROM (
      SELECT * EXCLUDE (batch_id) FROM news.article_entity SEMI JOIN wanted USING (article_id, version) INTERSECT ALL SELECT * FROM article_entity
    )
  ) AS same;
SELECT
  'mention' AS facts,
  (SELECT count(*) FROM news.mention SEMI JOIN wanted USING (article_id, version)) AS before,
  (SELECT count(*) FROM mention) AS after,
  (
    SELECT count(*) FROM (
      SELECT * EXCLUDE (batch_id) FROM news.mention SEMI JOIN wanted USING (article_id, version) INTERSECT ALL SELECT * FROM mention
    )
  ) AS same;
SELECT
  'person_role' AS facts,
  (SELECT count(*) FROM news.person_role SEMI JOIN wanted USING (article_id, version)) AS before,
  (SELECT count(*) FROM person_role) AS after,
  (
    SELECT count(*) FROM (
      SELECT * EXCLUDE (batch_id) FROM news.person_role SEMI JOIN wanted USING (article_id, version) INTERSECT ALL SELECT * FROM person_role
    )
  ) AS same;
SELECT
  'place' AS facts,
  (SELECT count(*) FROM news.place SEMI JOIN wanted USING (article_id, version)) AS before,
  (SELECT count(*) FROM place) AS after,
  (
    SELECT count(*) FROM (
      SELECT * EXCLUDE (batch_id) FROM news.place SEMI JOIN wanted USING (article_id, version) INTERSECT ALL SELECT * FROM place
    )
  ) AS same;
SELECT
  'date_mention' AS facts,
  (SELECT count(*) FROM news.date_mention SEMI JOIN wanted USING (article_id, version)) AS before,
  (SELECT count(*) FROM date_mention) AS after,
  (
    SELECT count(*) FROM (
      SELECT * EXCLUDE (batch_id) FROM news.date_mention SEMI JOIN wanted USING (article_id, version) INTERSECT ALL SELECT * FROM date_mention
    )
  ) AS same;
SELECT
  'quote' AS facts,
  (SELECT count(*) FROM news.quote SEMI JOIN wanted USING (article_id, version)) AS before,
  (SELECT count(*) FROM quote) AS after,
  (
    SELECT count(*) FROM (
      SELECT * EXCLUDE (batch_id) FROM news.quote SEMI JOIN wanted USING (article_id, version) INTERSECT ALL SELECT * FROM quote
    )
  ) AS same;
SELECT
  'event' AS facts,
  (SELECT count(*) FROM news.event SEMI JOIN wanted USING (article_id, version)) AS before,
  (SELECT count(*) FROM event) AS after,
  (
    SELECT count(*) FROM (
      SELECT * EXCLUDE (batch_id) FROM news.event SEMI JOIN wanted USING (article_id, version) INTERSECT ALL SELECT * FROM event
    )
  ) AS same;
SELECT
  'keyword' AS facts,
  (SELECT count(*) FROM news.keyword SEMI JOIN wanted USING (article_id, version)) AS before,
  (SELECT count(*) FROM keyword) AS after,
  (
    SELECT count(*) FROM (
      SELECT * EXCLUDE (batch_id) FROM news.keyword SEMI JOIN wanted USING (article_id, version) INTERSECT ALL SELECT * FROM keyword
    )
  ) AS same;
SELECT
  'answer' AS facts,
  (SELECT count(*) FROM news.answer SEMI JOIN wanted USING (article_id, version)) AS before,
  (SELECT count(*) FROM answer) AS after,
  (
    SELECT count(*) FROM (
      SELECT * EXCLUDE (batch_id) FROM news.answer SEMI JOIN wanted USING (article_id, version) INTERSECT ALL SELECT * FROM answer
    )
  ) AS same;
