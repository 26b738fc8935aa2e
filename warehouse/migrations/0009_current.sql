-- One narrow row an article, so that counting a million articles reads one table and joins none. It is derived: warehouse.current
-- brings it up to date before each publication.
CREATE TABLE news.current (
  article_id VARCHAR NOT NULL, version INTEGER NOT NULL, source VARCHAR NOT NULL, outlet VARCHAR NOT NULL, sort_at TIMESTAMP NOT NULL,
  published_at TIMESTAMP, published_precision VARCHAR, first_seen_at TIMESTAMP NOT NULL, is_original BOOLEAN NOT NULL,
  copy_group VARCHAR NOT NULL, story_id VARCHAR, state VARCHAR NOT NULL
);
COMMENT ON TABLE news.current IS 'Each article as it stands now, derived from the other tables before each publication; mart.articles has it with the text';
COMMENT ON COLUMN news.current.article_id IS 'The article';
COMMENT ON COLUMN news.current.version IS 'Its current version';
COMMENT ON COLUMN news.current.source IS 'Where it was first read from';
COMMENT ON COLUMN news.current.outlet IS 'Who publishes it';
COMMENT ON COLUMN news.current.sort_at IS 'published_at, else when it was first seen';
COMMENT ON COLUMN news.current.published_at IS 'When it was published; NULL if nobody says';
COMMENT ON COLUMN news.current.published_precision IS 'How exactly that is known';
COMMENT ON COLUMN news.current.first_seen_at IS 'When it was first read';
COMMENT ON COLUMN news.current.is_original IS 'Whether less than half of it stood in another article before, or all of its group are copies and it is the first';
COMMENT ON COLUMN news.current.copy_group IS 'The same for all copies of one text';
COMMENT ON COLUMN news.current.story_id IS 'The story that it counts for, merges regarded';
COMMENT ON COLUMN news.current.state IS 'live, corrected or retracted';

CREATE TABLE ops.derived (batch_id BIGINT NOT NULL, counts BIGINT[] NOT NULL);
COMMENT ON TABLE ops.derived IS 'Up to where news.current has been derived: one row';
COMMENT ON COLUMN ops.derived.batch_id IS 'The newest batch that it knows';
COMMENT ON COLUMN ops.derived.counts IS 'How many rows each table that it is derived from had then';
