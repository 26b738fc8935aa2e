UPDATE news.version SET valid_to = c.valid_to FROM closed AS c WHERE version.article_id = c.article_id AND version.version = c.version
