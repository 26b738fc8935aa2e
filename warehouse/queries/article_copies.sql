-- The articles that share an article's text: its copies, and those that it is a copy of.
SELECT
  c.of_article_id = $article_id AS is_copy, o.article_id, o.outlet, o.title, o.url, o.sort_at, o.text, c.relation, c.containment, c.of_containment,
  c.shared_words, c.credited, c.credit, c.delay_s, c.same_owner
FROM mart.copies AS c
JOIN mart.articles AS o ON o.article_id = CASE WHEN c.article_id = $article_id THEN c.of_article_id ELSE c.article_id END
WHERE c.article_id = $article_id OR c.of_article_id = $article_id
ORDER BY is_copy, o.sort_at, o.article_id
