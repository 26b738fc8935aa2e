-- The best answers of the current version of each article.
CREATE OR REPLACE VIEW mart.five_w AS
SELECT
  m.article_id, m.version,
  max(m.text) FILTER (WHERE m.question = 'who') AS who, max(m.text) FILTER (WHERE m.question = 'what') AS what,
  max(m.text) FILTER (WHERE m.question = 'when') AS "when", max(m.text) FILTER (WHERE m.question = 'where') AS "where",
  max(m.text) FILTER (WHERE m.question = 'why') AS why, max(m.text) FILTER (WHERE m.question = 'how') AS how
FROM news.answer AS m
JOIN news.version AS v ON v.article_id = m.article_id AND v.version = m.version AND v.valid_to IS NULL
WHERE m.rank = 1
GROUP BY m.article_id, m.version;
COMMENT ON VIEW mart.five_w IS 'Each article in five or six answers, in its own words';
COMMENT ON COLUMN mart.five_w.article_id IS 'The article';
COMMENT ON COLUMN mart.five_w.version IS 'Its current version, to which the characters belong';
COMMENT ON COLUMN mart.five_w.who IS 'Who did it';
COMMENT ON COLUMN mart.five_w.what IS 'What was done';
COMMENT ON COLUMN mart.five_w."when" IS 'When';
COMMENT ON COLUMN mart.five_w."where" IS 'Where';
COMMENT ON COLUMN mart.five_w.why IS 'Why, where the article tells';
COMMENT ON COLUMN mart.five_w.how IS 'How, where the article tells';
