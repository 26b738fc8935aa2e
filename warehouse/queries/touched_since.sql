-- Articles whose row of news.current may have changed since a batch: those that have rows of a later one, those of stories that
-- were merged since, and all that share a group of copies with any of them.
CREATE OR REPLACE TEMP TABLE touched AS
WITH direct AS (
  SELECT article_id FROM news.article WHERE batch_id > $after
  UNION SELECT article_id FROM news.version WHERE batch_id > $after
  UNION SELECT article_id FROM news.copy WHERE batch_id > $after
  UNION SELECT article_id FROM news.copy_group WHERE batch_id > $after
  UNION SELECT article_id FROM news.story_article WHERE batch_id > $after
  UNION SELECT article_id FROM news.story_article WHERE story_id IN (SELECT story_id FROM news.story_merge WHERE batch_id > $after)
), groups AS (
  SELECT article_id AS group_id FROM direct UNION SELECT group_id FROM news.copy_group WHERE article_id IN (SELECT article_id FROM direct)
)
SELECT article_id FROM direct
UNION SELECT article_id FROM news.copy_group WHERE group_id IN (SELECT group_id FROM groups)
UNION SELECT group_id FROM news.copy_group WHERE group_id IN (SELECT group_id FROM groups)
