-- What a receipt tells of the scope: articles that share half of a removed text or more and stay, and what goes out of the archive.
SELECT
  (
    SELECT coalesce(list(DISTINCT other ORDER BY other), []) FROM (
      SELECT of_article_id AS other FROM news.copy SEMI JOIN gone USING (article_id) WHERE greatest(containment, of_containment) >= 0.5
      UNION SELECT c.article_id FROM news.copy AS c SEMI JOIN gone AS g ON g.article_id = c.of_article_id WHERE greatest(c.containment, c.of_containment) >= 0.5
      UNION SELECT v.article_id FROM news.version AS v SEMI JOIN (SELECT content_hash FROM news.version SEMI JOIN gone USING (article_id) WHERE content_hash <> '') AS h USING (content_hash)
    ) AS o ANTI JOIN gone AS g ON g.article_id = o.other
  ) AS still_stand,
  (SELECT count(*) FROM gone_raw WHERE archive <> '') AS payloads,
  (SELECT coalesce(sum(archive_length), 0)::BIGINT FROM gone_raw WHERE archive <> '') AS n_bytes
