SELECT c.story_id, arg_max(c.article_id, c.batch_id) FROM news.story_center AS c SEMI JOIN wanted AS w USING (story_id) GROUP BY c.story_id
