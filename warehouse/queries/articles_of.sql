SELECT article_id FROM news.article WHERE source = $source ORDER BY article_id
