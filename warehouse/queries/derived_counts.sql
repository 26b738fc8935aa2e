-- How many rows each table has that news.current is derived from, and how many of them are newer than it.
SELECT [
  (SELECT count(*) FROM news.article), (SELECT count(*) FROM news.version), (SELECT count(*) FROM news.copy),
  (SELECT count(*) FROM news.copy_group), (SELECT count(*) FROM news.story_article), (SELECT count(*) FROM news.story_merge)
], [
  (SELECT count(*) FROM news.article WHERE batch_id > $after), (SELECT count(*) FROM news.version WHERE batch_id > $after),
  (SELECT count(*) FROM news.copy WHERE batch_id > $after), (SELECT count(*) FROM news.copy_group WHERE batch_id > $after),
  (SELECT count(*) FROM news.story_article WHERE batch_id > $after), (SELECT count(*) FROM news.story_merge WHERE batch_id > $after)
], (SELECT coalesce(max(batch_id), 0) FROM ops.batch)
