-- Articles that joined a group with a later version than their first.
SELECT article_id, group_id FROM news.copy_group WHERE version > 1
