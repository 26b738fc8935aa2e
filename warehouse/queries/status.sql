SELECT
  (SELECT count(*) FROM news.article) AS articles,
  (SELECT count(*) FROM news.version) AS versions,
  (SELECT count(DISTINCT article_id) FROM news.copy WHERE containment >= 0.5) AS copies,
  (SELECT count(DISTINCT source) FROM news.article) AS sources,
  (SELECT count(DISTINCT outlet) FROM news.article) AS outlets,
  (SELECT count(*) FROM mart.rejects WHERE resolved_at IS NULL) AS rejects,
  (SELECT count(*) FROM ops.raw) AS payloads,
  (SELECT max(number) FROM ops.publication) AS published,
  (SELECT max(published_at) FROM ops.publication) AS published_at,
  (SELECT min(coalesce(published_at, first_seen_at)) FROM mart.articles) AS oldest,
  (SELECT max(coalesce(published_at, first_seen_at)) FROM mart.articles) AS newest
