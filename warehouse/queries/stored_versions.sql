-- Versions as they stand.
SELECT
  v.article_id, v.version, v.valid_from, v.change_kind, v.changed_share, v.title, v.title_from, v.summary, v.head, v.text,
  v.tail, v.url, v.authors, v.agency, v.dateline_place, v.dateline_country, v.published_at, v.published_precision,
  v.published_from, v.published_confidence, v.modified_at, v.modified_precision, v.modified_from, v.language,
  v.language_confidence, v.section, v.keywords, v.image, v.access, v.words, v.truncated, v.content_hash, v.version_hash,
  v.format, v.extractor, v.text_from, v.raw_id, v.record, v.note, v.note_kind, v.valid_to, v.run_id, a.outlet
FROM news.version AS v
JOIN wanted AS w ON w.article_id = v.article_id AND w.version = v.version
JOIN news.article AS a ON a.article_id = v.article_id
WHERE v.batch_id >= $first AND v.batch_id <= $last
