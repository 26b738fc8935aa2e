-- title: No row refers to something that is not there
-- severity: error
-- do: Something was removed by half, or changed by hand. Restore a backup, or remove the rest: wirehouse forget ID.
WITH broken AS (
  SELECT place, 'version' AS target, article_id || ' version ' || version AS key
  FROM (
    SELECT 'news.print' AS place, article_id, version FROM news.print
    UNION ALL SELECT 'news.sighting', article_id, version FROM news.sighting
    UNION ALL SELECT 'news.head_field', article_id, version FROM news.head_field
    UNION ALL SELECT 'news.enclosure', article_id, version FROM news.enclosure
    UNION ALL SELECT 'news.copy (copy)', article_id, version FROM news.copy
    UNION ALL SELECT 'news.copy (origin)', of_article_id, of_version FROM news.copy
    UNION ALL SELECT 'news.copy_group', article_id, version FROM news.copy_group
    UNION ALL SELECT 'news.extraction', article_id, version FROM news.extraction
    UNION ALL SELECT 'news.article_entity', article_id, version FROM news.article_entity
    UNION ALL SELECT 'news.mention', article_id, version FROM news.mention
    UNION ALL SELECT 'news.person_role', article_id, version FROM news.person_role
    UNION ALL SELECT 'news.place', article_id, version FROM news.place
    UNION ALL SELECT 'news.date_mention', article_id, version FROM news.date_mention
    UNION ALL SELECT 'news.quote', article_id, version FROM news.quote
    UNION ALL SELECT 'news.event', article_id, version FROM news.event
    UNION ALL SELECT 'news.keyword', article_id, version FROM news.keyword
    UNION ALL SELECT 'news.answer', article_id, version FROM news.answer
  ) ANTI JOIN news.version USING (article_id, version)
  UNION ALL
  SELECT place, 'article', article_id
  FROM (
    SELECT 'news.version' AS place, article_id FROM news.version
    UNION ALL SELECT 'news.copy_group (group)', group_id FROM news.copy_group
    UNION ALL SELECT 'news.copy_group (origin)', of_article_id FROM news.copy_group
    UNION ALL SELECT 'news.story_article', article_id FROM news.story_article
    UNION ALL SELECT 'news.story_terms', article_id FROM news.story_terms
    UNION ALL SELECT 'news.story_center', article_id FROM news.story_center
    UNION ALL SELECT 'news.entity_context', article_id FROM news.entity_context
    UNION ALL SELECT 'ops.identity', article_id FROM ops.identity
    UNION ALL SELECT 'ops.entry', article_id FROM ops.entry WHERE article_id IS NOT NULL
  ) ANTI JOIN news.article USING (article_id)
  UNION ALL
  SELECT 'news.article', 'current version', article_id
  FROM news.article ANTI JOIN (SELECT article_id FROM news.version WHERE valid_to IS NULL) AS v USING (article_id)
  UNION ALL
  SELECT place, 'entity', entity_id
  FROM (
    SELECT 'news.mention' AS place, entity_id FROM news.mention
    UNION ALL SELECT 'news.article_entity', entity_id FROM news.article_entity
    UNION ALL SELECT 'news.person_role', entity_id FROM news.person_role
    UNION ALL SELECT 'news.entity_context', entity_id FROM news.entity_context
    UNION ALL SELECT 'news.place', entity_id FROM news.place WHERE entity_id IS NOT NULL
    UNION ALL SELECT 'news.quote (speaker)', speaker_id FROM news.quote WHERE speaker_id IS NOT NULL
    UNION ALL SELECT 'news.event (actor)', actor_id FROM news.event WHERE actor_id IS NOT NULL
    UNION ALL SELECT 'news.event (target)', target_id FROM news.event WHERE target_id IS NOT NULL
  ) ANTI JOIN news.entity USING (entity_id)
  UNION ALL
  SELECT place, 'payload', raw_id
  FROM (
    SELECT 'news.version' AS place, raw_id FROM news.version
    UNION ALL SELECT 'news.sighting', raw_id FROM news.sighting
    UNION ALL SELECT 'ops.file', raw_id FROM ops.file
    UNION ALL SELECT 'ops.page', raw_id FROM ops.page
  ) ANTI JOIN ops.raw USING (raw_id)
  UNION ALL
  SELECT place, 'batch', batch_id::VARCHAR
  FROM (
    SELECT 'news.article' AS place, batch_id FROM news.article
    UNION ALL SELECT 'news.version', batch_id FROM news.version
    UNION ALL SELECT 'news.sighting', batch_id FROM news.sighting
    UNION ALL SELECT 'ops.raw', batch_id FROM ops.raw
    UNION ALL SELECT 'ops.file', batch_id FROM ops.file
    UNION ALL SELECT 'ops.reject', batch_id FROM ops.reject
    UNION ALL SELECT 'ops.fetch', batch_id FROM ops.fetch
  ) ANTI JOIN ops.batch USING (batch_id)
  UNION ALL
  SELECT place, 'run', run_id
  FROM (
    SELECT 'ops.batch' AS place, run_id FROM ops.batch
    UNION ALL SELECT 'ops.publication', run_id FROM ops.publication
  ) ANTI JOIN ops.run USING (run_id)
)
SELECT place || ' without its ' || target AS subject, count(*) AS measured, 0 AS expected, 'rows without their ' || target AS detail, min(DISTINCT key, 5) AS examples
FROM broken GROUP BY place, target
