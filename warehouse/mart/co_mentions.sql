-- Each pair once; stories count once, however many outlets carry them.
CREATE OR REPLACE VIEW mart.co_mentions AS
WITH told AS (
  SELECT DISTINCT e.entity_id, e.kind, e.article_id, a.story_id
  FROM news.article_entity AS e
  JOIN mart.articles AS a ON a.article_id = e.article_id AND a.version = e.version
),
single AS (SELECT entity_id, count(DISTINCT story_id) AS stories FROM told GROUP BY entity_id),
total AS (SELECT count(DISTINCT story_id) AS stories FROM told),
pairs AS (
  SELECT x.entity_id, y.entity_id AS other_id, any_value(x.kind) AS kind, any_value(y.kind) AS other_kind,
    count(DISTINCT x.article_id) AS articles, count(DISTINCT x.story_id) AS stories
  FROM told AS x JOIN told AS y ON y.article_id = x.article_id AND y.entity_id > x.entity_id
  GROUP BY x.entity_id, y.entity_id
)
SELECT
  p.entity_id, a.name, p.kind, p.other_id, b.name AS other_name, p.other_kind, p.articles, p.stories,
  round(ln(p.stories * t.stories / (s.stories * o.stories)), 2) AS pmi
FROM pairs AS p
JOIN news.entity AS a ON a.entity_id = p.entity_id
JOIN news.entity AS b ON b.entity_id = p.other_id
JOIN single AS s ON s.entity_id = p.entity_id
JOIN single AS o ON o.entity_id = p.other_id
CROSS JOIN total AS t;
COMMENT ON VIEW mart.co_mentions IS 'Entities that are named in the same articles';
COMMENT ON COLUMN mart.co_mentions.entity_id IS 'One entity';
COMMENT ON COLUMN mart.co_mentions.name IS 'Its name';
COMMENT ON COLUMN mart.co_mentions.kind IS 'person, organisation or place';
COMMENT ON COLUMN mart.co_mentions.other_id IS 'The other entity';
COMMENT ON COLUMN mart.co_mentions.other_name IS 'Its name';
COMMENT ON COLUMN mart.co_mentions.other_kind IS 'person, organisation or place';
COMMENT ON COLUMN mart.co_mentions.articles IS 'Articles that name both';
COMMENT ON COLUMN mart.co_mentions.stories IS 'Stories that name both in one article';
COMMENT ON COLUMN mart.co_mentions.pmi IS 'Pointwise mutual information: above 0 they occur together more often than chance would have it';
