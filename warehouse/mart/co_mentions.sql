-- Each pair once; stories count once, however many outlets carry them.
CREATE OR REPLACE VIEW mart.co_mentions AS
SELECT
  p.entity_id, p.name, p.kind, p.other_id, o.name AS other_name, o.kind AS other_kind, p.articles, p.stories,
  round(ln(
    p.stories * (SELECT count(DISTINCT story_id) FROM news.current)
    / ((
      SELECT count(DISTINCT c.story_id) FROM news.article_entity AS a JOIN news.current AS c ON c.article_id = a.article_id AND c.version = a.version
      WHERE a.entity_id = p.entity_id
    ) * (
      SELECT count(DISTINCT c.story_id) FROM news.article_entity AS a JOIN news.current AS c ON c.article_id = a.article_id AND c.version = a.version
      WHERE a.entity_id = p.other_id
    ))
  ), 2) AS pmi
FROM (
  SELECT entity_id, name, kind, other_id, sum(n)::BIGINT AS articles, count(story_id) AS stories
  FROM (
    SELECT e.entity_id, e.name, e.kind, y.entity_id AS other_id, c.story_id, count(*) AS n
    FROM news.entity AS e
    JOIN news.article_entity AS x ON x.entity_id = e.entity_id
    JOIN news.current AS c ON c.article_id = x.article_id AND c.version = x.version
    JOIN news.article_entity AS y ON y.article_id = x.article_id AND y.version = x.version AND y.entity_id > x.entity_id
    GROUP BY ALL
  )
  GROUP BY ALL
) AS p
JOIN news.entity AS o ON o.entity_id = p.other_id;
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
