-- Files that come with articles.
CREATE OR REPLACE VIEW mart.enclosures AS
SELECT e.article_id, e.version, e.url, e.media_type, e.n_bytes
FROM news.enclosure AS e
JOIN news.version AS v ON v.article_id = e.article_id AND v.version = e.version AND v.valid_to IS NULL;
COMMENT ON VIEW mart.enclosures IS 'Files that come with the current version of articles: recordings, films, documents';
COMMENT ON COLUMN mart.enclosures.article_id IS 'The article';
COMMENT ON COLUMN mart.enclosures.version IS 'Its version';
COMMENT ON COLUMN mart.enclosures.url IS 'Address of the file';
COMMENT ON COLUMN mart.enclosures.media_type IS 'Media type, as stated';
COMMENT ON COLUMN mart.enclosures.n_bytes IS 'Length in bytes, as stated';
