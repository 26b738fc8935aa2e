-- The current version of each article only.
CREATE OR REPLACE VIEW mart.quotes AS
SELECT
  m.article_id, m.version, m.kind, m.speaker, m.speaker_id, m.cue, m.text, m.start_char, m.end_char, m.quote_key,
  m.speaker_text, m.speaker_start, m.speaker_end, m.cue_start, m.cue_end, round(m.confidence::DOUBLE, 2) AS confidence
FROM news.quote AS m
JOIN news.version AS v ON v.article_id = m.article_id AND v.version = m.version AND v.valid_to IS NULL;
COMMENT ON VIEW mart.quotes IS 'What articles say that somebody said';
COMMENT ON COLUMN mart.quotes.article_id IS 'The article';
COMMENT ON COLUMN mart.quotes.version IS 'Its current version, to which the characters belong';
COMMENT ON COLUMN mart.quotes.kind IS 'direct (the speaker''s words), mixed (some of them) or indirect (the reporter''s words)';
COMMENT ON COLUMN mart.quotes.speaker IS 'Who said it, in full where the article tells; NULL if it does not';
COMMENT ON COLUMN mart.quotes.speaker_id IS 'The same speaker in all articles (mart.entities)';
COMMENT ON COLUMN mart.quotes.cue IS 'The words that tell that it was said';
COMMENT ON COLUMN mart.quotes.text IS 'The words, as printed';
COMMENT ON COLUMN mart.quotes.start_char IS 'Where they begin, in Unicode code points of the version''s text, from 0';
COMMENT ON COLUMN mart.quotes.end_char IS 'Where they end, exclusive';
COMMENT ON COLUMN mart.quotes.quote_key IS 'The same for the same words wherever they are printed: count it, not the rows';
COMMENT ON COLUMN mart.quotes.speaker_text IS 'The words that name the speaker there';
COMMENT ON COLUMN mart.quotes.speaker_start IS 'Where they begin';
COMMENT ON COLUMN mart.quotes.speaker_end IS 'Where they end, exclusive';
COMMENT ON COLUMN mart.quotes.cue_start IS 'Where the cue begins';
COMMENT ON COLUMN mart.quotes.cue_end IS 'Where it ends, exclusive';
COMMENT ON COLUMN mart.quotes.confidence IS 'How sure we are of it, 0 to 1';
