-- Nothing is invented: an article without section, keywords and telling words has no topic.
CREATE OR REPLACE VIEW mart.topics AS
SELECT c.article_id, lower(v.section) AS topic, 'section' AS topic_from
FROM news.current AS c JOIN news.version AS v ON v.article_id = c.article_id AND v.version = c.version WHERE v.section IS NOT NULL
UNION ALL
SELECT c.article_id, lower(unnest(v.keywords)), 'keyword'
FROM news.current AS c JOIN news.version AS v ON v.article_id = c.article_id AND v.version = c.version WHERE len(v.keywords) > 0
UNION ALL
SELECT c.article_id, k.term, 'term'
FROM news.keyword AS k JOIN news.current AS c ON c.article_id = k.article_id AND c.version = k.version;
COMMENT ON VIEW mart.topics IS 'What articles are about: the section and keywords of their publisher, and their own telling terms';
COMMENT ON COLUMN mart.topics.article_id IS 'The article';
COMMENT ON COLUMN mart.topics.topic IS 'The topic, in small letters';
COMMENT ON COLUMN mart.topics.topic_from IS 'Who says so: section or keyword (the publisher), or term (the text: mart.keywords)';
