-- One row an article: its current version, ready for people who do not want joins. What is counted stands in news.current.
CREATE OR REPLACE VIEW mart.articles AS
SELECT
  c.article_id, c.source, c.outlet, v.url, v.title, v.title_from,
  split_part(v.text, chr(10) || chr(10), 1) AS lead,
  v.text, v.summary, v.head, v.tail, v.authors, v.agency, v.dateline_place, v.dateline_country,
  c.published_at, c.published_precision, v.published_from, v.published_confidence, c.sort_at,
  v.modified_at, v.language, v.section, v.keywords, v.image, v.words, c.version, c.first_seen_at, v.access,
  c.state, c.is_original, c.copy_group, c.story_id, v.format, v.text_from, v.raw_id, s.country AS outlet_country, s.owner_group
FROM news.current AS c
JOIN news.version AS v ON v.article_id = c.article_id AND v.version = c.version
LEFT JOIN (SELECT source, any_value(country) AS country, any_value(owner_group) AS owner_group FROM ops.source GROUP BY source) AS s ON s.source = c.source;
COMMENT ON VIEW mart.articles IS 'One row an article: its current version';
COMMENT ON COLUMN mart.articles.article_id IS 'Stable identifier';
COMMENT ON COLUMN mart.articles.source IS 'Where it was first read from';
COMMENT ON COLUMN mart.articles.outlet IS 'Who publishes it';
COMMENT ON COLUMN mart.articles.url IS 'Canonical URL';
COMMENT ON COLUMN mart.articles.title IS 'The headline; NULL if none was stated';
COMMENT ON COLUMN mart.articles.title_from IS 'Who states it: feed, json-ld, meta or text';
COMMENT ON COLUMN mart.articles.lead IS 'The first paragraph of the body';
COMMENT ON COLUMN mart.articles.text IS 'The body; paragraphs are separated by a blank line';
COMMENT ON COLUMN mart.articles.summary IS 'The publisher''s summary';
COMMENT ON COLUMN mart.articles.head IS 'What stood above the body: headline, agency, place, byline';
COMMENT ON COLUMN mart.articles.tail IS 'What stood below the body: credits';
COMMENT ON COLUMN mart.articles.authors IS 'Names of the authors';
COMMENT ON COLUMN mart.articles.agency IS 'The news agency that is credited';
COMMENT ON COLUMN mart.articles.dateline_place IS 'The place of the dateline, as printed';
COMMENT ON COLUMN mart.articles.dateline_country IS 'ISO 3166-1 alpha-2 code of that place''s country';
COMMENT ON COLUMN mart.articles.published_at IS 'When it was published, UTC; NULL if nobody says';
COMMENT ON COLUMN mart.articles.published_precision IS 'How exactly that is known: second, minute, day, month or year';
COMMENT ON COLUMN mart.articles.published_from IS 'Who says so: feed, json-ld, meta, url, text or given';
COMMENT ON COLUMN mart.articles.published_confidence IS 'How sure we are of it, 0 to 1';
COMMENT ON COLUMN mart.articles.sort_at IS 'published_at, or first_seen_at where that is not known';
COMMENT ON COLUMN mart.articles.modified_at IS 'When the publisher says it was last changed, UTC';
COMMENT ON COLUMN mart.articles.language IS 'ISO 639-1 code of the text''s language';
COMMENT ON COLUMN mart.articles.section IS 'The publisher''s section';
COMMENT ON COLUMN mart.articles.keywords IS 'The publisher''s keywords and categories';
COMMENT ON COLUMN mart.articles.image IS 'Address of the lead image';
COMMENT ON COLUMN mart.articles.words IS 'Words in the body';
COMMENT ON COLUMN mart.articles.version IS 'Number of the current version; see mart.versions';
COMMENT ON COLUMN mart.articles.first_seen_at IS 'When it was first read, UTC';
COMMENT ON COLUMN mart.articles.access IS 'free, metered, paywalled or truncated (only a teaser is known); NULL if unknown';
COMMENT ON COLUMN mart.articles.state IS 'live, corrected (it states a correction, or did), or retracted (its publisher withdrew it)';
COMMENT ON COLUMN mart.articles.is_original IS 'False where half of the text or more stood in another article before; see mart.copies';
COMMENT ON COLUMN mart.articles.copy_group IS 'The same for all copies of one text: the article_id of the first that was read';
COMMENT ON COLUMN mart.articles.story_id IS 'The story it belongs to; see mart.stories';
COMMENT ON COLUMN mart.articles.format IS 'Format of the file or feed it was read from';
COMMENT ON COLUMN mart.articles.text_from IS 'Where the text stood: file, feed (the entry itself) or page (fetched, because the entry was a teaser)';
COMMENT ON COLUMN mart.articles.raw_id IS 'The bytes it was read from (ops.raw)';
COMMENT ON COLUMN mart.articles.outlet_country IS 'ISO 3166-1 alpha-2 code of the outlet''s country, if its source says so';
COMMENT ON COLUMN mart.articles.owner_group IS 'The group that owns the outlet, if its source says so';
