-- One row an article: its current version, ready for people who do not want joins.
CREATE OR REPLACE VIEW mart.articles AS
WITH copied AS (  -- of which half or more stood in another article before
  SELECT DISTINCT c.article_id
  FROM news.copy AS c JOIN news.version AS v ON v.article_id = c.article_id AND v.version = c.version AND v.valid_to IS NULL
  WHERE c.containment >= 0.5
), grouped AS (
  SELECT article_id, arg_max(group_id, version) AS group_id FROM news.copy_group GROUP BY article_id
), firsts AS (  -- where all of a group are copies of one another by some sign, the first one is its original
  SELECT arg_min(a.article_id, (coalesce(v.published_at, a.first_seen_at), a.first_seen_at, a.article_id)) AS article_id
  FROM (SELECT article_id, group_id FROM grouped UNION SELECT group_id, group_id FROM grouped) AS m
  JOIN news.article AS a ON a.article_id = m.article_id
  JOIN news.version AS v ON v.article_id = m.article_id AND v.valid_to IS NULL
  LEFT JOIN copied AS c ON c.article_id = m.article_id
  GROUP BY m.group_id HAVING bool_and(c.article_id IS NOT NULL)
)
SELECT
  a.article_id, a.source, a.outlet, v.url, v.title, v.title_from,
  split_part(v.text, chr(10) || chr(10), 1) AS lead,
  v.text, v.summary, v.head, v.tail, v.authors, v.agency, v.dateline_place, v.dateline_country,
  v.published_at, v.published_precision, v.published_from, v.published_confidence,
  coalesce(v.published_at, a.first_seen_at) AS sort_at,
  v.modified_at, v.language, v.section, v.keywords, v.image, v.words, v.version, a.first_seen_at, v.access,
  CASE
    WHEN v.change_kind = 'retraction' OR v.note_kind = 'retraction' THEN 'retracted'
    WHEN v.note_kind = 'correction' OR k.article_id IS NOT NULL THEN 'corrected'
    ELSE 'live'
  END AS state,
  c.article_id IS NULL OR o.article_id IS NOT NULL AS is_original,
  coalesce(g.group_id, a.article_id) AS copy_group,
  coalesce(m.merged_into, s.story_id) AS story_id,
  v.format, v.text_from, v.raw_id
FROM news.article AS a
JOIN news.version AS v ON v.article_id = a.article_id AND v.valid_to IS NULL
LEFT JOIN copied AS c ON c.article_id = a.article_id
LEFT JOIN grouped AS g ON g.article_id = a.article_id
LEFT JOIN firsts AS o ON o.article_id = a.article_id
LEFT JOIN (SELECT DISTINCT article_id FROM news.version WHERE change_kind = 'correction') AS k ON k.article_id = a.article_id
LEFT JOIN news.story_article AS s ON s.article_id = a.article_id
LEFT JOIN (SELECT story_id, arg_max(merged_into, batch_id) AS merged_into FROM news.story_merge GROUP BY story_id) AS m
  ON m.story_id = s.story_id;
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
