-- The article may be the origin or any of its copies.
CREATE OR REPLACE MACRO mart.spread(article) AS TABLE
SELECT
  row_number() OVER (ORDER BY delay_s, article_id) AS nth, outlet, round(delay_s / 60, 1) AS minutes, relation, containment, credited, article_id
FROM mart.copies
WHERE of_article_id = coalesce((SELECT arg_max(of_article_id, containment) FROM mart.copies WHERE article_id = article), article)
ORDER BY nth;
COMMENT ON MACRO TABLE mart.spread IS 'How an article spread: its copies in their order, with minutes from the origin (article: an article_id, of the origin or a copy)';
