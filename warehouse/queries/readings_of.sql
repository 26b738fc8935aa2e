SELECT g.article_id, g.version, g.detail FROM ops.reading AS g JOIN wanted AS w ON w.article_id = g.article_id AND w.version = g.version
