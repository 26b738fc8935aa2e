-- Stories count once; pmi tells how much more often two are named in the same stories than chance would have it.
CREATE OR REPLACE MACRO mart.network(since := NULL, until := NULL, least := 3, original := false) AS TABLE
WITH told AS (
  SELECT DISTINCT coalesce(c.story_id, c.article_id) AS story, e.entity_id
  FROM news.article_entity AS e JOIN news.current AS c ON c.article_id = e.article_id AND c.version = e.version
  WHERE (since IS NULL OR c.sort_at >= since) AND (until IS NULL OR c.sort_at < until) AND (NOT original OR c.is_original)
), single AS (
  SELECT entity_id, count(*) AS n FROM told GROUP BY entity_id HAVING count(*) >= least
), kept AS (
  SELECT t.story, t.entity_id FROM told AS t SEMI JOIN single AS s ON s.entity_id = t.entity_id
), pairs AS (
  SELECT x.entity_id, y.entity_id AS other_id, count(*) AS stories
  FROM kept AS x JOIN kept AS y ON y.story = x.story AND y.entity_id > x.entity_id
  GROUP BY ALL HAVING count(*) >= least
)
SELECT
  a.name, a.kind, b.name AS other_name, b.kind AS other_kind, p.stories,
  round(ln(p.stories * (SELECT count(DISTINCT story) FROM told) / (s.n * o.n)), 2) AS pmi, p.entity_id, p.other_id
FROM pairs AS p
JOIN single AS s ON s.entity_id = p.entity_id
JOIN single AS o ON o.entity_id = p.other_id
JOIN news.entity AS a ON a.entity_id = p.entity_id
JOIN news.entity AS b ON b.entity_id = p.other_id;
COMMENT ON MACRO TABLE mart.network IS 'Who and what is named in the same stories, in at least so many of them (least; since, until: times of publication; original: true leaves copies out)';
