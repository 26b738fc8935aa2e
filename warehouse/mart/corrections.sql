-- Corrections and withdrawals, with what was stated.
CREATE OR REPLACE VIEW mart.corrections AS
SELECT
  v.article_id, v.version, c.outlet, c.is_original, v.url, v.title, v.change_kind, v.note, v.valid_from AS corrected_at,
  epoch(v.valid_from - c.sort_at)::BIGINT AS after_s, v.changed_share
FROM news.version AS v JOIN news.current AS c ON c.article_id = v.article_id
WHERE v.change_kind IN ('correction', 'retraction') OR v.note IS NOT NULL;
COMMENT ON VIEW mart.corrections IS 'Who corrected or withdrew what';
COMMENT ON COLUMN mart.corrections.article_id IS 'The article';
COMMENT ON COLUMN mart.corrections.version IS 'The version that says so';
COMMENT ON COLUMN mart.corrections.outlet IS 'Who publishes it';
COMMENT ON COLUMN mart.corrections.is_original IS 'Whether the article is no copy';
COMMENT ON COLUMN mart.corrections.url IS 'Its address';
COMMENT ON COLUMN mart.corrections.title IS 'Its headline';
COMMENT ON COLUMN mart.corrections.change_kind IS 'correction or retraction; first for an article that came with its note';
COMMENT ON COLUMN mart.corrections.note IS 'The note, as printed';
COMMENT ON COLUMN mart.corrections.corrected_at IS 'When that version was read, UTC';
COMMENT ON COLUMN mart.corrections.after_s IS 'Seconds since the article was published, else first seen';
COMMENT ON COLUMN mart.corrections.changed_share IS 'Share of words that differ from the version before';
