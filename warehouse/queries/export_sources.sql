SELECT DISTINCT source FROM news.article ORDER BY source
