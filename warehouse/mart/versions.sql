-- The history of every article.
CREATE OR REPLACE VIEW mart.versions AS
SELECT article_id, version, valid_from, valid_to, change_kind, changed_share, note, title, text, url, published_at, modified_at, words, raw_id
FROM news.version;
COMMENT ON VIEW mart.versions IS 'Every version of every article';
COMMENT ON COLUMN mart.versions.article_id IS 'The article';
COMMENT ON COLUMN mart.versions.version IS 'Number of the version, from 1';
COMMENT ON COLUMN mart.versions.valid_from IS 'When this version was first read, UTC';
COMMENT ON COLUMN mart.versions.valid_to IS 'When the next one was read; NULL for the current one';
COMMENT ON COLUMN mart.versions.change_kind IS 'first, headline (only the headline changed), typo, content, correction, retraction, restored (an earlier text came back), or completed (the whole text of a teaser; no revision)';
COMMENT ON COLUMN mart.versions.changed_share IS 'Share of words that differ from the version before (of the headline, where only that changed), 0 to 1';
COMMENT ON COLUMN mart.versions.note IS 'The correction or withdrawal that the version states, as printed';
COMMENT ON COLUMN mart.versions.title IS 'The headline then';
COMMENT ON COLUMN mart.versions.text IS 'The body then';
COMMENT ON COLUMN mart.versions.url IS 'Canonical URL then';
COMMENT ON COLUMN mart.versions.published_at IS 'When it was published, as stated then, UTC';
COMMENT ON COLUMN mart.versions.modified_at IS 'When it was changed, as stated then, UTC';
COMMENT ON COLUMN mart.versions.words IS 'Words in the body then';
COMMENT ON COLUMN mart.versions.raw_id IS 'The bytes it was read from (ops.raw)';
