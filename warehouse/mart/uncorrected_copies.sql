-- Who still carries what its origin corrected or withdrew: a row a copy, with the first that did. An origin corrects by a new
-- version, or by another article of its outlet that shares the text and states a correction.
CREATE OR REPLACE VIEW mart.uncorrected_copies AS
WITH fixes AS (
  SELECT article_id, version, change_kind, note, valid_from AS fixed_at, NULL AS by_article_id
  FROM news.version WHERE change_kind IN ('correction', 'retraction')
  UNION ALL
  SELECT c.of_article_id, NULL, 'correction', v.note, v.valid_from, c.article_id
  FROM mart.copies AS c
  JOIN news.version AS v ON v.article_id = c.article_id AND v.version = c.version AND v.note IS NOT NULL
  JOIN news.version AS o ON o.article_id = c.of_article_id AND o.version = c.of_version AND o.note IS NULL
  WHERE c.outlet = c.of_outlet
), pairs AS (
  SELECT article_id, of_article_id, containment + of_containment AS likeness FROM mart.copies
  UNION ALL SELECT of_article_id, article_id, containment + of_containment FROM mart.copies
)
SELECT
  c.article_id, c.outlet, v.url, v.title, c.relation, c.of_article_id, c.of_outlet, f.change_kind, f.note, f.fixed_at,
  v.valid_from AS carried_since
FROM mart.copies AS c
JOIN fixes AS f ON f.article_id = c.of_article_id AND c.article_id IS DISTINCT FROM f.by_article_id
JOIN news.version AS v ON v.article_id = c.article_id AND v.version = c.version
LEFT JOIN pairs AS p ON p.article_id = c.article_id AND p.of_article_id = f.by_article_id
WHERE v.change_kind <> 'retraction' AND v.note IS NULL
  AND (f.version > c.of_version OR (f.by_article_id IS NOT NULL AND coalesce(p.likeness, 0) < c.containment + c.of_containment))
QUALIFY row_number() OVER (PARTITION BY c.article_id ORDER BY f.fixed_at, c.of_article_id) = 1;
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
