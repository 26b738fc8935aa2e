DELETE FROM news.current WHERE article_id NOT IN (SELECT article_id FROM news.article)
