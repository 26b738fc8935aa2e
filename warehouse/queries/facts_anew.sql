-- For each table of facts and each version that was read anew: rows before, after, and those that stay the same.
-- One statement a table: all at once they need more memory than the store allows itself.
SELECT 'extraction' AS facts, article_id, version, sum(before)::BIGINT AS before, sum(after)::BIGINT AS after, sum(same)::BIGINT AS same
FROM (
  SELECT article_id, version, 1 AS before, 0 AS after, 0 AS same FROM news.extraction SEMI JOIN facts_before USING (article_id, version, batch_id)
  UNION ALL SELECT article_id, version, 0, 1, 0 FROM extraction
  UNION ALL SELECT article_id, version, 0, 0, 1 FROM (
    SELECT * EXCLUDE (batch_id) FROM news.extraction SEMI JOIN facts_before USING (article_id, version, batch_id) INTERSECT ALL SELECT * FROM extraction
  )
)
GROUP BY article_id, version;
SELECT 'article_entity' AS facts, article_id, version, sum(before)::BIGINT AS before, sum(after)::BIGINT AS after, sum(same)::BIGINT AS same
FROM (
  SELECT article_id, version, 1 AS before, 0 AS after, 0 AS same FROM news.article_entity SEMI JOIN facts_before USING (article_id, version, batch_id)
  UNION ALL SELECT article_id, version, 0, 1, 0 FROM article_entity
  UNION ALL SELECT article_id, version, 0, 0, 1 FROM (
    SELECT * EXCLUDE (batch_id) FROM news.article_entity SEMI JOIN facts_before USING (article_id, version, batch_id) INTERSECT ALL SELECT * FROM article_entity
  )
)
GROUP BY article_id, version;
SELECT 'mention' AS facts, article_id, version, sum(before)::BIGINT AS before, sum(after)::BIGINT AS after, sum(same)::BIGINT AS same
FROM (
  SELECT article_id, version, 1 AS before, 0 AS after, 0 AS same FROM news.mention SEMI JOIN facts_before USING (article_id, version, batch_id)
  UNION ALL SELECT article_id, version, 0, 1, 0 FROM mention
  UNION ALL SELECT article_id, version, 0, 0, 1 FROM (
    SELECT * EXCLUDE (batch_id) FROM news.mention SEMI JOIN facts_before USING (article_id, version, batch_id) INTERSECT ALL SELECT * FROM mention
  )
)
GROUP BY article_id, version;
SELECT 'person_role' AS facts, article_id, version, sum(before)::BIGINT AS before, sum(after)::BIGINT AS after, sum(same)::BIGINT AS same
FROM (
  SELECT article_id, version, 1 AS before, 0 AS after, 0 AS same FROM news.person_role SEMI JOIN facts_before USING (article_id, version, batch_id)
  UNION ALL SELECT article_id, version, 0, 1, 0 FROM person_role
  UNION ALL SELECT article_id, version, 0, 0, 1 FROM (
    SELECT * EXCLUDE (batch_id) FROM news.person_role SEMI JOIN facts_before USING (article_id, version, batch_id) INTERSECT ALL SELECT * FROM person_role
  )
)
GROUP BY article_id, version;
SELECT 'place' AS facts, article_id, version, sum(before)::BIGINT AS before, sum(after)::BIGINT AS after, sum(same)::BIGINT AS same
FROM (
  SELECT article_id, version, 1 AS before, 0 AS after, 0 AS same FROM news.place SEMI JOIN facts_before USING (article_id, version, batch_id)
  UNION ALL SELECT article_id, version, 0, 1, 0 FROM place
  UNION ALL SELECT article_id, version, 0, 0, 1 FROM (
    SELECT * EXCLUDE (batch_id) FROM news.place SEMI JOIN facts_before USING (article_id, version, batch_id) INTERSECT ALL SELECT * FROM place
  )
)
GROUP BY article_id, version;
SELECT 'date_mention' AS facts, article_id, version, sum(before)::BIGINT AS before, sum(after)::BIGINT AS after, sum(same)::BIGINT AS same
FROM (
  SELECT article_id, version, 1 AS before, 0 AS after, 0 AS same FROM news.date_mention SEMI JOIN facts_before USING (article_id, version, batch_id)
  UNION ALL SELECT article_id, version, 0, 1, 0 FROM date_mention
  UNION ALL SELECT article_id, version, 0, 0, 1 FROM (
    SELECT * EXCLUDE (batch_id) FROM news.date_mention SEMI JOIN facts_before USING (article_id, version, batch_id) INTERSECT ALL SELECT * FROM date_mention
  )
)
GROUP BY article_id, version;
SELECT 'quote' AS facts, article_id, version, sum(before)::BIGINT AS before, sum(after)::BIGINT AS after, sum(same)::BIGINT AS same
FROM (
  SELECT article_id, version, 1 AS before, 0 AS after, 0 AS same FROM news.quote SEMI JOIN facts_before USING (article_id, version, batch_id)
  UNION ALL SELECT article_id, version, 0, 1, 0 FROM quote
  UNION ALL SELECT article_id, version, 0, 0, 1 FROM (
    SELECT * EXCLUDE (batch_id) FROM news.quote SEMI JOIN facts_before USING (article_id, version, batch_id) INTERSECT ALL SELECT * FROM quote
  )
)
GROUP BY article_id, version;
SELECT 'event' AS facts, article_id, version, sum(before)::BIGINT AS before, sum(after)::BIGINT AS after, sum(same)::BIGINT AS same
FROM (
  SELECT article_id, version, 1 AS before, 0 AS after, 0 AS same FROM news.event SEMI JOIN facts_before USING (article_id, version, batch_id)
  UNION ALL SELECT article_id, version, 0, 1, 0 FROM event
  UNION ALL SELECT article_id, version, 0, 0, 1 FROM (
    SELECT * EXCLUDE (batch_id) FROM news.event SEMI JOIN facts_before USING (article_id, version, batch_id) INTERSECT ALL SELECT * FROM event
  )
)
GROUP BY article_id, version;
SELECT 'keyword' AS facts, article_id, version, sum(before)::BIGINT AS before, sum(after)::BIGINT AS after, sum(same)::BIGINT AS same
FROM (
  SELECT article_id, version, 1 AS before, 0 AS after, 0 AS same FROM news.keyword SEMI JOIN facts_before USING (article_id, version, batch_id)
  UNION ALL SELECT article_id, version, 0, 1, 0 FROM keyword
  UNION ALL SELECT article_id, version, 0, 0, 1 FROM (
    SELECT * EXCLUDE (batch_id) FROM news.keyword SEMI JOIN facts_before USING (article_id, version, batch_id) INTERSECT ALL SELECT * FROM keyword
  )
)
GROUP BY article_id, version;
SELECT 'answer' AS facts, article_id, version, sum(before)::BIGINT AS before, sum(after)::BIGINT AS after, sum(same)::BIGINT AS same
FROM (
  SELECT article_id, version, 1 AS before, 0 AS after, 0 AS same FROM news.answer SEMI JOIN facts_before USING (article_id, version, batch_id)
  UNION ALL SELECT article_id, version, 0, 1, 0 FROM answer
  UNION ALL SELECT article_id, version, 0, 0, 1 FROM (
    SELECT * EXCLUDE (batch_id) FROM news.answer SEMI JOIN facts_before USING (article_id, version, batch_id) INTERSECT ALL SELECT * FROM answer
  )
)
GROUP BY article_id, version;
