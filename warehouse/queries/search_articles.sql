-- Articles whose current version landed in a span of batches, as the search index has them.
SELECT
  a.article_id, a.source, a.outlet, v.language, epoch(coalesce(v.published_at, a.first_seen_at))::BIGINT,
  v.title, v.text, v.summary, v.authors, v.agency, v.dateline_place, v.section, v.keywords
FROM news.version AS v JOIN news.article AS a ON a.article_id = v.article_id
WHERE v.batch_id > $after AND v.batch_id <= $upto AND v.valid_to IS NULL
