-- A fact's text equals its characters in the version that it was read from.
CREATE OR REPLACE VIEW mart.misplaced_facts AS
WITH facts AS (
  SELECT 'name' AS fact, article_id, version, 'text' AS part, start_char AS start_char, end_char AS end_char, text AS text FROM news.mention UNION ALL
  SELECT 'role' AS fact, article_id, version, 'text' AS part, start_char AS start_char, end_char AS end_char, text AS text FROM news.person_role UNION ALL
  SELECT 'place' AS fact, article_id, version, part AS part, start_char AS start_char, end_char AS end_char, text AS text FROM news.place UNION ALL
  SELECT 'date' AS fact, article_id, version, 'text' AS part, start_char AS start_char, end_char AS end_char, text AS text FROM news.date_mention UNION ALL
  SELECT 'quotation' AS fact, article_id, version, 'text' AS part, start_char AS start_char, end_char AS end_char, text AS text FROM news.quote UNION ALL
  SELECT 'event' AS fact, article_id, version, 'text' AS part, start_char AS start_char, end_char AS end_char, text AS text FROM news.event UNION ALL
  SELECT 'keyword' AS fact, article_id, version, 'text' AS part, start_char AS start_char, end_char AS end_char, text AS text FROM news.keyword UNION ALL
  SELECT 'answer' AS fact, article_id, version, part AS part, start_char AS start_char, end_char AS end_char, text AS text FROM news.answer UNION ALL
  SELECT 'speaker' AS fact, article_id, version, 'text' AS part, speaker_start AS start_char, speaker_end AS end_char, speaker_text AS text FROM news.quote WHERE speaker_start IS NOT NULL UNION ALL
  SELECT 'cue' AS fact, article_id, version, 'text' AS part, cue_start AS start_char, cue_end AS end_char, cue AS text FROM news.quote WHERE cue_start IS NOT NULL UNION ALL
  SELECT 'actor' AS fact, article_id, version, 'text' AS part, actor_start AS start_char, actor_end AS end_char, actor_text AS text FROM news.event WHERE actor_start IS NOT NULL UNION ALL
  SELECT 'target' AS fact, article_id, version, 'text' AS part, target_start AS start_char, target_end AS end_char, target_text AS text FROM news.event WHERE target_start IS NOT NULL UNION ALL
  SELECT 'place of an event' AS fact, article_id, version, 'text' AS part, place_start AS start_char, place_end AS end_char, place AS text FROM news.event WHERE place_start IS NOT NULL
)
SELECT f.fact, f.article_id, f.version, f.part, f.start_char, f.end_char, f.text,
  substring(CASE f.part WHEN 'head' THEN v.head WHEN 'title' THEN v.title ELSE v.text END, f.start_char + 1, f.end_char - f.start_char) AS found
FROM facts AS f
LEFT JOIN news.version AS v ON v.article_id = f.article_id AND v.version = f.version
WHERE f.text IS DISTINCT FROM substring(CASE f.part WHEN 'head' THEN v.head WHEN 'title' THEN v.title ELSE v.text END, f.start_char + 1, f.end_char - f.start_char);
COMMENT ON VIEW mart.misplaced_facts IS 'Facts that do not match their characters: there must be none';
COMMENT ON COLUMN mart.misplaced_facts.fact IS 'What kind of fact it is';
COMMENT ON COLUMN mart.misplaced_facts.article_id IS 'The article';
COMMENT ON COLUMN mart.misplaced_facts.version IS 'The version that it was read from';
COMMENT ON COLUMN mart.misplaced_facts.part IS 'Where its characters stand: text, head or title';
COMMENT ON COLUMN mart.misplaced_facts.start_char IS 'Where they begin';
COMMENT ON COLUMN mart.misplaced_facts.end_char IS 'Where they end, exclusive';
COMMENT ON COLUMN mart.misplaced_facts.text IS 'What the fact says';
COMMENT ON COLUMN mart.misplaced_facts.found IS 'What stands there';
