-- What belongs to the articles in `gone` (and to the sources in `gone_source`), before any of it is taken out.
CREATE OR REPLACE TEMP TABLE gone_url AS SELECT DISTINCT url FROM (
  SELECT url FROM news.version SEMI JOIN gone USING (article_id) UNION SELECT url FROM news.sighting SEMI JOIN gone USING (article_id)
) WHERE url IS NOT NULL;
-- Where they stood: each record of a payload; -1 for the bodies of a feed while it listed one of them.
CREATE OR REPLACE TEMP TABLE gone_item AS
SELECT raw_id, record, path, article_id FROM news.sighting SEMI JOIN gone USING (article_id)
UNION SELECT raw_id, record, '', article_id FROM news.version SEMI JOIN gone USING (article_id)
UNION SELECT raw_id, record, path, NULL FROM ops.reject SEMI JOIN gone_source USING (source) WHERE raw_id IS NOT NULL
UNION SELECT raw_id, -1, '', NULL FROM ops.fetch SEMI JOIN gone_source USING (source) WHERE raw_id IS NOT NULL
UNION
SELECT r.raw_id, -1, '', NULL
FROM (
  SELECT s.path, min(s.seen_at) AS listed_at, CASE WHEN bool_and(e.vanished_at IS NOT NULL) THEN max(e.vanished_at) END AS vanished_at
  FROM (SELECT source, path, article_id, seen_at FROM news.sighting SEMI JOIN gone USING (article_id)) AS s
  JOIN ops.entry AS e ON e.source = s.source AND e.article_id = s.article_id
  GROUP BY s.path, s.article_id
) AS l
JOIN ops.raw AS r ON r.uri = l.path AND r.fetched_at >= l.listed_at AND (l.vanished_at IS NULL OR r.fetched_at < l.vanished_at);
-- Their payloads; `alone` where nothing that stays came from the same bytes.
CREATE OR REPLACE TEMP TABLE gone_raw AS
SELECT r.*, o.raw_id IS NULL AS alone, f.raw_id IS NOT NULL AS listed
FROM ops.raw AS r SEMI JOIN gone_item USING (raw_id)
LEFT JOIN (
  SELECT raw_id FROM news.sighting ANTI JOIN gone USING (article_id)
  UNION SELECT raw_id FROM news.version ANTI JOIN gone USING (article_id)
  UNION SELECT j.raw_id FROM ops.reject AS j ANTI JOIN gone_item AS i ON i.raw_id = j.raw_id AND i.record = j.record ANTI JOIN gone_source AS s ON s.source = j.source
) AS o ON o.raw_id = r.raw_id
LEFT JOIN (SELECT DISTINCT raw_id FROM ops.file) AS f ON f.raw_id = r.raw_id;
CREATE OR REPLACE TEMP TABLE gone_entity AS SELECT DISTINCT entity_id FROM news.article_entity SEMI JOIN gone USING (article_id);
CREATE OR REPLACE TEMP TABLE gone_context AS SELECT * FROM news.entity_context SEMI JOIN gone USING (article_id);
CREATE OR REPLACE TEMP TABLE gone_content AS
SELECT DISTINCT i.key, i.key_hash FROM ops.identity AS i SEMI JOIN gone USING (article_id) WHERE i.kind = 'content';
CREATE OR REPLACE TEMP TABLE gone_story AS
SELECT DISTINCT coalesce(m.merged_into, s.story_id) AS story_id
FROM (SELECT story_id FROM news.story_article SEMI JOIN gone USING (article_id)) AS s
LEFT JOIN (SELECT story_id, arg_max(merged_into, batch_id) AS merged_into FROM news.story_merge GROUP BY story_id) AS m USING (story_id);
