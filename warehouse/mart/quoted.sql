-- Words count once, wherever they are printed.
CREATE OR REPLACE MACRO mart.quoted(since := NULL, until := NULL, original := false) AS TABLE
SELECT
  s.speaker_id, e.name AS speaker, e.kind, s.utterances, s.printed, s.outlets
FROM (
  SELECT q.speaker_id, count(DISTINCT q.quote_key) AS utterances, count(*) AS printed, count(DISTINCT c.outlet) AS outlets
  FROM news.quote AS q JOIN news.current AS c ON c.article_id = q.article_id AND c.version = q.version
  WHERE q.speaker_id IS NOT NULL AND q.confidence >= 0.6 AND (since IS NULL OR c.sort_at >= since) AND (until IS NULL OR c.sort_at < until) AND (NOT original OR c.is_original)
  GROUP BY q.speaker_id
) AS s
JOIN news.entity AS e ON e.entity_id = s.speaker_id;
COMMENT ON MACRO TABLE mart.quoted IS 'Who is quoted, by speaker: utterances (each once), how often printed, by how many outlets (since, until: times of publication; original: true leaves copies out)';
