-- What publishing costs, so that it takes a tenth of the time at most; and what becomes of files that have landed.
ALTER TABLE ops.publication ADD COLUMN seconds DOUBLE;
ALTER TABLE ops.publication ADD COLUMN cost_s DOUBLE;
ALTER TABLE ops.publication ADD COLUMN n_bytes BIGINT;
UPDATE ops.publication SET seconds = 0, cost_s = 0;
COMMENT ON COLUMN ops.publication.seconds IS 'How long it took until readers had it; NULL if it did not get there, and in the version itself, which cannot know; 0 before this was recorded';
COMMENT ON COLUMN ops.publication.cost_s IS 'How long all of it took, the search index with it; NULL and 0 as for `seconds`';
COMMENT ON COLUMN ops.publication.n_bytes IS 'Length of the version in bytes; NULL where that was not recorded';
COMMENT ON COLUMN ops.publication.published_at IS 'When it was begun; readers had it `seconds` later';

ALTER TABLE ops.source ADD COLUMN after VARCHAR DEFAULT 'kept';
COMMENT ON COLUMN ops.source.after IS 'What becomes of a folder''s files when they have landed: kept, or moved into its .landed or .refused';
