-- Who still carries what its origin corrected or withdrew: a row a copy, with the first that did.
CREATE OR REPLACE VIEW mart.uncorrected_copies AS
SELECT
  c.article_id, c.outlet, v.url, v.title, c.relation, c.of_article_id, c.of_outlet, f.change_kind, f.note, f.valid_from AS fixed_at,
  v.valid_from AS carried_since
FROM mart.copies AS c
JOIN (
  SELECT article_id, version, change_kind, note, valid_from FROM news.version WHERE change_kind IN ('correction', 'retraction')
  QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY version DESC) = 1
) AS f ON f.article_id = c.of_article_id AND f.version > c.of_version
JOIN news.version AS v ON v.article_id = c.article_id AND v.version = c.version
WHERE v.change_kind <> 'retraction'
QUALIFY row_number() OVER (PARTITION BY c.article_id ORDER BY f.valid_from, c.of_article_id) = 1;
COMMENT ON VIEW mart.uncorrected_copies IS 'Copies that still carry what their origin has corrected or withdrawn';
COMMENT ON COLUMN mart.uncorrected_copies.article_id IS 'The copy';
COMMENT ON COLUMN mart.uncorrected_copies.outlet IS 'Who publishes it';
COMMENT ON COLUMN mart.uncorrected_copies.url IS 'Its address';
COMMENT ON COLUMN mart.uncorrected_copies.title IS 'Its headline';
COMMENT ON COLUMN mart.uncorrected_copies.relation IS 'What it is to the origin: exact, near, excerpt or update';
COMMENT ON COLUMN mart.uncorrected_copies.of_article_id IS 'The origin';
COMMENT ON COLUMN mart.uncorrected_copies.of_outlet IS 'Who published that';
COMMENT ON COLUMN mart.uncorrected_copies.change_kind IS 'What the origin did last: correction or retraction';
COMMENT ON COLUMN mart.uncorrected_copies.note IS 'The note in which it said so, as printed';
COMMENT ON COLUMN mart.uncorrected_copies.fixed_at IS 'When we first read that, UTC';
COMMENT ON COLUMN mart.uncorrected_copies.carried_since IS 'Since when the copy has stood as it stands, UTC';
