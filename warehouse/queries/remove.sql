-- The articles in `gone` go, from every table that names them; what others need of them is handed on. See removal_scope.sql.
DELETE FROM ops.fetch WHERE source IN (SELECT source FROM gone_source) OR kind = 'page' AND (raw_id IN (SELECT raw_id FROM gone_raw WHERE alone) OR url IN (SELECT url FROM gone_url));
DELETE FROM ops.page WHERE raw_id IN (SELECT raw_id FROM gone_raw) OR url IN (SELECT url FROM gone_url);
DELETE FROM ops.reject WHERE source IN (SELECT source FROM gone_source) OR (raw_id, record) IN (SELECT (raw_id, record) FROM gone_item) OR url IN (SELECT url FROM gone_url);
DELETE FROM ops.entry WHERE article_id IN (SELECT article_id FROM gone);
DELETE FROM ops.check_result WHERE list_has_any(examples, (SELECT list(article_id) FROM gone)) OR list_has_any(examples, (SELECT list(url) FROM gone_url));
DELETE FROM ops.reading WHERE article_id IN (SELECT article_id FROM gone);
DELETE FROM ops.identity WHERE article_id IN (SELECT article_id FROM gone);
-- Words that still stand in another article lead to the first one that has them.
INSERT INTO ops.identity
SELECT 'content', '', c.key, c.key_hash, arg_min(v.article_id, (v.valid_from, v.article_id)), any_value(b.batch_id)
FROM gone_content AS c JOIN news.version AS v ON v.content_hash = c.key ANTI JOIN gone AS g ON g.article_id = v.article_id CROSS JOIN batch AS b
ANTI JOIN ops.identity AS i ON i.key_hash = c.key_hash AND i.kind = 'content'
GROUP BY c.key, c.key_hash;
DELETE FROM news.current WHERE article_id IN (SELECT article_id FROM gone);
DELETE FROM news.article WHERE article_id IN (SELECT article_id FROM gone);
DELETE FROM news.version WHERE article_id IN (SELECT article_id FROM gone);
DELETE FROM news.print WHERE article_id IN (SELECT article_id FROM gone);
DELETE FROM news.head_field WHERE article_id IN (SELECT article_id FROM gone);
DELETE FROM news.sighting WHERE article_id IN (SELECT article_id FROM gone);
DELETE FROM news.enclosure WHERE article_id IN (SELECT article_id FROM gone);
DELETE FROM news.extraction WHERE article_id IN (SELECT article_id FROM gone);
DELETE FROM news.article_entity WHERE article_id IN (SELECT article_id FROM gone);
DELETE FROM news.mention WHERE article_id IN (SELECT article_id FROM gone);
DELETE FROM news.person_role WHERE article_id IN (SELECT article_id FROM gone);
DELETE FROM news.place WHERE article_id IN (SELECT article_id FROM gone);
DELETE FROM news.date_mention WHERE article_id IN (SELECT article_id FROM gone);
DELETE FROM news.quote WHERE article_id IN (SELECT article_id FROM gone);
DELETE FROM news.event WHERE article_id IN (SELECT article_id FROM gone);
DELETE FROM news.keyword WHERE article_id IN (SELECT article_id FROM gone);
DELETE FROM news.answer WHERE article_id IN (SELECT article_id FROM gone);
-- Entities that nothing names any more. A namesake's identifier counts those before it, so that all of a name go together.
DELETE FROM news.entity WHERE entity_id IN (
  SELECT e.entity_id FROM news.entity AS e
  SEMI JOIN (SELECT key_hash, kind, key FROM news.entity SEMI JOIN gone_entity USING (entity_id)) AS g ON g.key_hash = e.key_hash AND g.kind = e.kind AND g.key = e.key
  ANTI JOIN (SELECT n.key_hash, n.kind, n.key FROM news.entity AS n SEMI JOIN news.article_entity AS a ON a.entity_id = n.entity_id) AS named
    ON named.key_hash = e.key_hash AND named.kind = e.kind AND named.key = e.key
);
DELETE FROM news.entity_context WHERE article_id IN (SELECT article_id FROM gone) OR entity_id NOT IN (SELECT entity_id FROM news.entity);
INSERT INTO news.entity_context
SELECT c.entity_id, c.country, c.organisation, arg_min(e.article_id, (e.batch_id, e.article_id)), any_value(b.batch_id)
FROM gone_context AS c
JOIN news.article_entity AS e ON e.entity_id = c.entity_id AND (c.country IS NULL OR e.country = c.country) AND (c.organisation IS NULL OR e.organisation = c.organisation)
CROSS JOIN batch AS b
WHERE c.country IS NOT NULL OR c.organisation IS NOT NULL
GROUP BY c.entity_id, c.country, c.organisation;
-- Copies: the rows of both sides go, and a group of whom the first one is gone is called after the next.
DELETE FROM news.copy WHERE article_id IN (SELECT article_id FROM gone) OR of_article_id IN (SELECT article_id FROM gone);
DELETE FROM news.copy_group WHERE article_id IN (SELECT article_id FROM gone);
UPDATE news.copy_group SET group_id = h.heir
FROM (
  SELECT g.group_id, arg_min(g.article_id, (a.first_seen_at, g.article_id)) AS heir
  FROM (SELECT article_id, arg_max(group_id, version) AS group_id FROM news.copy_group GROUP BY article_id) AS g
  JOIN news.article AS a ON a.article_id = g.article_id
  SEMI JOIN gone ON gone.article_id = g.group_id
  GROUP BY g.group_id
) AS h WHERE copy_group.group_id = h.group_id;
UPDATE news.copy_group SET group_id = article_id WHERE group_id IN (SELECT article_id FROM gone);
UPDATE news.copy_group SET of_article_id = group_id WHERE of_article_id IN (SELECT article_id FROM gone);
-- Stories: one that has lost its most central article is told by the first that is left.
DELETE FROM news.story_terms WHERE article_id IN (SELECT article_id FROM gone);
DELETE FROM news.story_article WHERE article_id IN (SELECT article_id FROM gone);
DELETE FROM news.story_center WHERE article_id IN (SELECT article_id FROM gone);
DELETE FROM news.story_merge WHERE story_id NOT IN (SELECT story_id FROM news.story_article);
INSERT INTO news.story_center
SELECT p.story_id, arg_min(p.article_id, p.number), any_value(b.batch_id)
FROM (
  SELECT s.article_id, s.number, coalesce(m.merged_into, s.story_id) AS story_id
  FROM news.story_article AS s
  LEFT JOIN (SELECT story_id, arg_max(merged_into, batch_id) AS merged_into FROM news.story_merge GROUP BY story_id) AS m USING (story_id)
) AS p
SEMI JOIN gone_story AS g ON g.story_id = p.story_id
LEFT JOIN (SELECT story_id, arg_max(article_id, batch_id) AS article_id FROM news.story_center GROUP BY story_id) AS c ON c.story_id = p.story_id
CROSS JOIN batch AS b
GROUP BY p.story_id
HAVING NOT bool_or(p.article_id = coalesce(c.article_id, substr(p.story_id, 2)));
