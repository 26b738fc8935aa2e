SELECT t.article_id, t.terms, t.weights
FROM news.story_terms AS t SEMI JOIN wanted AS w USING (article_id)
WHERE t.batch_id >= $first AND t.batch_id <= $last
