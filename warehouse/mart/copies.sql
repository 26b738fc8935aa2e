-- Texts that another outlet had before.
CREATE OR REPLACE VIEW mart.copies AS
SELECT c.article_id, c.of_article_id, c.relation, c.containment, c.credited, c.delay_s, a.outlet, o.outlet AS of_outlet
FROM news.copy AS c
JOIN news.article AS a ON a.article_id = c.article_id
JOIN news.article AS o ON o.article_id = c.of_article_id;
COMMENT ON VIEW mart.copies IS 'Articles whose text another outlet had before';
COMMENT ON COLUMN mart.copies.article_id IS 'The copy';
COMMENT ON COLUMN mart.copies.of_article_id IS 'The article it is a copy of';
COMMENT ON COLUMN mart.copies.relation IS 'exact: the same words';
COMMENT ON COLUMN mart.copies.containment IS 'Share of the copy''s word 5-grams that stand in the other, 0 to 1';
COMMENT ON COLUMN mart.copies.credited IS 'Whether the copy names the other''s agency or outlet';
COMMENT ON COLUMN mart.copies.delay_s IS 'Seconds from the other''s publication to the copy''s; NULL if one of them is not known';
COMMENT ON COLUMN mart.copies.outlet IS 'Who publishes the copy';
COMMENT ON COLUMN mart.copies.of_outlet IS 'Who published it before';
