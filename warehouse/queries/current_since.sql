SELECT article_id, valid_from FROM news.version SEMI JOIN wanted USING (article_id) WHERE valid_to IS NULL
