-- Where each article was met, and when.
CREATE OR REPLACE VIEW mart.sightings AS
SELECT article_id, version, verdict, matched_by, source, path, record, guid, url, seen_at, raw_id, run_id
FROM news.sighting;
COMMENT ON VIEW mart.sightings IS 'Each time an item was met and where';
COMMENT ON COLUMN mart.sightings.article_id IS 'The article it is';
COMMENT ON COLUMN mart.sightings.version IS 'The version it is';
COMMENT ON COLUMN mart.sightings.verdict IS 'new, revised or seen';
COMMENT ON COLUMN mart.sightings.matched_by IS 'The kind of key that recognised it: guid, url, text or path; NULL if new';
COMMENT ON COLUMN mart.sightings.source IS 'The source it came from';
COMMENT ON COLUMN mart.sightings.path IS 'The file, relative to the source''s root, or the feed''s address';
COMMENT ON COLUMN mart.sightings.record IS 'Number of the record in the file, from 0';
COMMENT ON COLUMN mart.sightings.guid IS 'Its GUID there';
COMMENT ON COLUMN mart.sightings.url IS 'Its canonical URL there';
COMMENT ON COLUMN mart.sightings.seen_at IS 'When it was read, UTC';
COMMENT ON COLUMN mart.sightings.raw_id IS 'The bytes it was read from (ops.raw)';
COMMENT ON COLUMN mart.sightings.run_id IS 'The run that read it';
