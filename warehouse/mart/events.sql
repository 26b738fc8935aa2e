-- The current version of each article only.
CREATE OR REPLACE VIEW mart.events AS
SELECT
  m.article_id, m.version, m.actor, m.action, m.code, m.plover, m.target, m.place, m.place_country,
  m.from_date AS happened_from, m.to_date AS happened_to, m.status, m.text, m.start_char, m.end_char,
  m.actor_id, m.target_id, m.actor_text, m.actor_start, m.actor_end, m.target_text, m.target_start, m.target_end,
  m.sentence_start, m.sentence_end, substring(v.text, m.sentence_start + 1, m.sentence_end - m.sentence_start) AS sentence,
  round(m.confidence::DOUBLE, 2) AS confidence
FROM news.event AS m
JOIN news.version AS v ON v.article_id = m.article_id AND v.version = m.version AND v.valid_to IS NULL;
COMMENT ON VIEW mart.events IS 'Who did what to whom, where and when';
COMMENT ON COLUMN mart.events.article_id IS 'The article';
COMMENT ON COLUMN mart.events.version IS 'Its current version, to which the characters belong';
COMMENT ON COLUMN mart.events.actor IS 'Who did it';
COMMENT ON COLUMN mart.events.action IS 'The action in plain words, such as "meet"';
COMMENT ON COLUMN mart.events.code IS 'CAMEO root code, two digits';
COMMENT ON COLUMN mart.events.plover IS 'Class of the action, after PLOVER';
COMMENT ON COLUMN mart.events.target IS 'To whom it was done';
COMMENT ON COLUMN mart.events.place IS 'Where, as printed';
COMMENT ON COLUMN mart.events.place_country IS 'ISO 3166-1 alpha-2 code of that place''s country';
COMMENT ON COLUMN mart.events.happened_from IS 'The first day that is meant; NULL if the article does not tell';
COMMENT ON COLUMN mart.events.happened_to IS 'The last one, inclusive';
COMMENT ON COLUMN mart.events.status IS 'happened, planned, cancelled, denied or reported (somebody claims it)';
COMMENT ON COLUMN mart.events.text IS 'The words, as printed';
COMMENT ON COLUMN mart.events.start_char IS 'Where they begin, in Unicode code points of the version''s text, from 0';
COMMENT ON COLUMN mart.events.end_char IS 'Where they end, exclusive';
COMMENT ON COLUMN mart.events.actor_id IS 'The actor in all articles (mart.entities)';
COMMENT ON COLUMN mart.events.target_id IS 'The target in all articles (mart.entities)';
COMMENT ON COLUMN mart.events.actor_text IS 'The words that name the actor there';
COMMENT ON COLUMN mart.events.actor_start IS 'Where they begin';
COMMENT ON COLUMN mart.events.actor_end IS 'Where they end, exclusive';
COMMENT ON COLUMN mart.events.target_text IS 'The words that name the target there';
COMMENT ON COLUMN mart.events.target_start IS 'Where they begin';
COMMENT ON COLUMN mart.events.target_end IS 'Where they end, exclusive';
COMMENT ON COLUMN mart.events.sentence_start IS 'Where the sentence begins';
COMMENT ON COLUMN mart.events.sentence_end IS 'Where it ends, exclusive';
COMMENT ON COLUMN mart.events.sentence IS 'The sentence';
COMMENT ON COLUMN mart.events.confidence IS 'How sure we are of it, 0 to 1';
