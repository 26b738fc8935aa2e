-- Articles that share a text: the current version of each copy, and the version of its origin that it shares most with.
CREATE OR REPLACE VIEW mart.copies AS
SELECT
  c.article_id, c.of_article_id, c.relation, round(c.containment::DOUBLE, 4) AS containment, round(c.of_containment::DOUBLE, 4) AS of_containment,
  c.shared_words, c.credited, c.credit, c.delay_s,
  a.outlet, o.outlet AS of_outlet,
  a.outlet = o.outlet OR coalesce(s.owner_group = t.owner_group, false) AS same_owner,
  c.version, c.of_version
FROM news.copy AS c
JOIN news.current AS a ON a.article_id = c.article_id AND a.version = c.version
JOIN news.current AS o ON o.article_id = c.of_article_id
LEFT JOIN ops.source AS s ON s.source = a.source
LEFT JOIN ops.source AS t ON t.source = o.source
-- Of the origin's versions that are as like it, the first: the copy had it before the others were told.
QUALIFY row_number() OVER (
  PARTITION BY least(c.article_id, c.of_article_id), greatest(c.article_id, c.of_article_id)
  ORDER BY c.relation = 'exact' DESC, round(c.containment + c.of_containment, 1) DESC, c.of_version, c.batch_id
) = 1;
COMMENT ON VIEW mart.copies IS 'Articles that share a text: the copy, and the article that had it first';
COMMENT ON COLUMN mart.copies.article_id IS 'The copy: of the two, the one that had the text later';
COMMENT ON COLUMN mart.copies.of_article_id IS 'The article that had it first: the agency that the copy credits, else by publication, else by arrival';
COMMENT ON COLUMN mart.copies.relation IS 'exact (the same words), near (the same sentences; furniture, order or spelling differ), excerpt (one lies in the other), or update (sentences changed, most are shared)';
COMMENT ON COLUMN mart.copies.containment IS 'Share of the copy''s word 5-grams that stand in the origin, 0 to 1';
COMMENT ON COLUMN mart.copies.of_containment IS 'Share of the origin''s word 5-grams that stand in the copy, 0 to 1';
COMMENT ON COLUMN mart.copies.shared_words IS 'Words that both have, estimated';
COMMENT ON COLUMN mart.copies.credited IS 'Whether the copy names the origin''s agency or outlet, or is its own';
COMMENT ON COLUMN mart.copies.credit IS 'The words in which it does, as printed';
COMMENT ON COLUMN mart.copies.delay_s IS 'Seconds from the origin''s publication to the copy''s; NULL if one of them is not known';
COMMENT ON COLUMN mart.copies.outlet IS 'Who publishes the copy';
COMMENT ON COLUMN mart.copies.of_outlet IS 'Who published it before';
COMMENT ON COLUMN mart.copies.same_owner IS 'Whether both are of one outlet or one owner group';
COMMENT ON COLUMN mart.copies.version IS 'The copy''s current version';
COMMENT ON COLUMN mart.copies.of_version IS 'The origin''s version that it shares most with';
