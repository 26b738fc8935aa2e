-- Counted over the current versions; a story counts once, however many outlets carry it.
CREATE OR REPLACE VIEW mart.entities AS
SELECT
  e.entity_id, e.kind, e.name,
  (
    SELECT list_sort(list(DISTINCT m.text))
    FROM news.mention AS m JOIN news.current AS n ON n.article_id = m.article_id AND n.version = m.version
    WHERE m.entity_id = e.entity_id
  ) AS aliases,
  x.country, x.organisation, e.articles, e.originals, e.stories, e.outlets, e.mentions, e.first_at, e.last_at
FROM (
  SELECT
    e.entity_id, e.kind, e.name, count(*) AS articles, count(*) FILTER (c.is_original) AS originals, count(DISTINCT c.story_id) AS stories,
    count(DISTINCT c.outlet) AS outlets, sum(a.n_mentions)::BIGINT AS mentions, min(c.sort_at) AS first_at, max(c.sort_at) AS last_at
  FROM news.entity AS e
  JOIN news.article_entity AS a ON a.entity_id = e.entity_id
  JOIN news.current AS c ON c.article_id = a.article_id AND c.version = a.version
  GROUP BY e.entity_id, e.kind, e.name
) AS e
LEFT JOIN (
  SELECT entity_id, arg_min(country, batch_id) AS country, arg_min(organisation, batch_id) AS organisation FROM news.entity_context GROUP BY entity_id
) AS x ON x.entity_id = e.entity_id;
COMMENT ON VIEW mart.entities IS 'People, organisations and places, one row each, across all articles';
COMMENT ON COLUMN mart.entities.entity_id IS 'Stable identifier';
COMMENT ON COLUMN mart.entities.kind IS 'person, organisation or place';
COMMENT ON COLUMN mart.entities.name IS 'The name, as most articles print it in full';
COMMENT ON COLUMN mart.entities.aliases IS 'All forms that are printed';
COMMENT ON COLUMN mart.entities.country IS 'ISO 3166-1 alpha-2 code of its country, as the first article told that knew';
COMMENT ON COLUMN mart.entities.organisation IS 'The organisation that it belongs to, as the first article told that knew';
COMMENT ON COLUMN mart.entities.articles IS 'Articles that name it';
COMMENT ON COLUMN mart.entities.originals IS 'Those of them that are no copies';
COMMENT ON COLUMN mart.entities.stories IS 'Stories that it occurs in: a wire story that forty outlets carry counts once';
COMMENT ON COLUMN mart.entities.outlets IS 'Outlets that name it';
COMMENT ON COLUMN mart.entities.mentions IS 'How often it is named in all';
COMMENT ON COLUMN mart.entities.first_at IS 'When it was first named';
COMMENT ON COLUMN mart.entities.last_at IS 'When it was last named';
