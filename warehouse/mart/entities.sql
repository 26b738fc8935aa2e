-- Counted over the current versions; a story counts once, however many outlets carry it.
CREATE OR REPLACE VIEW mart.entities AS
WITH current AS (
  SELECT e.*, a.is_original, a.story_id, a.outlet, a.sort_at
  FROM news.article_entity AS e
  JOIN mart.articles AS a ON a.article_id = e.article_id AND a.version = e.version
),
printed AS (
  SELECT m.entity_id, list(DISTINCT m.text ORDER BY m.text) AS forms
  FROM news.mention AS m JOIN news.version AS v ON v.article_id = m.article_id AND v.version = m.version AND v.valid_to IS NULL
  GROUP BY m.entity_id
),
context AS (
  SELECT entity_id, arg_min(country, batch_id) AS country, arg_min(organisation, batch_id) AS organisation
  FROM news.entity_context GROUP BY entity_id
)
SELECT
  c.entity_id, c.kind, mode(c.name ORDER BY c.name) AS name, any_value(p.forms) AS aliases,
  any_value(x.country) AS country, any_value(x.organisation) AS organisation,
  count(*) AS articles, count(*) FILTER (WHERE c.is_original) AS originals, count(DISTINCT c.story_id) AS stories,
  count(DISTINCT c.outlet) AS outlets, sum(c.n_mentions)::BIGINT AS mentions, min(c.sort_at) AS first_at, max(c.sort_at) AS last_at
FROM current AS c
JOIN printed AS p ON p.entity_id = c.entity_id
LEFT JOIN context AS x ON x.entity_id = c.entity_id
GROUP BY c.entity_id, c.kind;
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
