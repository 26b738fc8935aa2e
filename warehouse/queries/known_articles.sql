WITH versions AS (
  SELECT v.* FROM news.version AS v SEMI JOIN wanted AS w ON w.article_id = v.article_id
), hashes AS (
  SELECT
    article_id, list(version_hash ORDER BY version) AS version_hashes, list(version ORDER BY version) AS versions,
    list(content_hash ORDER BY version) AS content_hashes,
    count(*) FILTER (change_kind = 'restored') AS restored
  FROM versions GROUP BY article_id
)
SELECT
  a.article_id, a.source, a.outlet, a.first_seen_at, v.version, h.version_hashes, h.versions, v.content_hash, v.title, v.url, v.agency,
  v.published_at, v.modified_at, v.access, v.words, h.restored, coalesce(g.group_id, v.article_id) AS group_id,
  f.published_at AS first_published_at, f.published_precision AS first_precision, fp.seq AS first_seq, h.content_hashes, p.every, p.sample
FROM versions AS v
JOIN hashes AS h ON h.article_id = v.article_id
JOIN news.article AS a ON a.article_id = v.article_id
JOIN news.print AS p ON p.article_id = v.article_id AND p.version = v.version
JOIN versions AS f ON f.article_id = v.article_id AND f.version = 1
JOIN news.print AS fp ON fp.article_id = v.article_id AND fp.version = 1
LEFT JOIN (
  SELECT article_id, arg_max(group_id, version) AS group_id FROM news.copy_group SEMI JOIN wanted AS w USING (article_id) GROUP BY article_id
) AS g ON g.article_id = v.article_id
WHERE v.valid_to IS NULL
