-- What happened in each story, in the order in which it was published.
CREATE OR REPLACE VIEW mart.story_timeline AS
SELECT
  a.story_id, CASE WHEN v.version = 1 THEN a.sort_at ELSE v.valid_from END AS sort_at, a.outlet,
  CASE WHEN v.version > 1 THEN v.change_kind WHEN a.is_original THEN 'article' ELSE 'copy' END AS what,
  v.title, v.note, v.changed_share, a.article_id, v.version, a.copy_group, s.score, s.reason
FROM news.current AS a
JOIN news.version AS v ON v.article_id = a.article_id
JOIN news.story_article AS s ON s.article_id = a.article_id
WHERE a.story_id IS NOT NULL;
COMMENT ON VIEW mart.story_timeline IS 'Articles and revisions of each story, with when they came and why they belong to it';
COMMENT ON COLUMN mart.story_timeline.story_id IS 'The story';
COMMENT ON COLUMN mart.story_timeline.sort_at IS 'When the article was published (else first seen), or its revision read, UTC';
COMMENT ON COLUMN mart.story_timeline.outlet IS 'Who publishes it';
COMMENT ON COLUMN mart.story_timeline.what IS 'article, copy, or the kind of revision: headline, typo, content, correction, retraction, restored, completed';
COMMENT ON COLUMN mart.story_timeline.title IS 'The headline of that version';
COMMENT ON COLUMN mart.story_timeline.note IS 'The correction or withdrawal that it states';
COMMENT ON COLUMN mart.story_timeline.changed_share IS 'Share of words that differ from the version before';
COMMENT ON COLUMN mart.story_timeline.article_id IS 'The article';
COMMENT ON COLUMN mart.story_timeline.version IS 'Its version';
COMMENT ON COLUMN mart.story_timeline.copy_group IS 'The same for all copies of one text';
COMMENT ON COLUMN mart.story_timeline.score IS 'How like the story the article was when it was put there, 0 to 1';
COMMENT ON COLUMN mart.story_timeline.reason IS 'Why it was put there';
