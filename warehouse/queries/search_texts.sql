-- The texts of articles. Apart from what else is told of them: joined with that, the texts of all articles would be read.
SELECT v.article_id, v.text
FROM (SELECT unnest($ids) AS article_id) AS w JOIN news.version AS v ON v.article_id = w.article_id AND v.valid_to IS NULL
