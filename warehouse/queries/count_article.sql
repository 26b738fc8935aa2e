SELECT count(*) FROM news.article WHERE article_id = $article_id
