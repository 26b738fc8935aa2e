-- Each request, and what came of it.
CREATE OR REPLACE VIEW mart.fetches AS
SELECT
  source, kind, url, fetched_at, seconds, outcome, http_status, final_url, n_bytes, n_items AS entries, n_known + n_refused AS known, n_new AS new,
  n_revised AS revised, n_seen AS seen, n_rejected AS rejected, n_vanished AS vanished, detail, next_at, raw_id, run_id
FROM ops.fetch;
COMMENT ON VIEW mart.fetches IS 'Each request for a feed or for an article''s page, and what came of it';
COMMENT ON COLUMN mart.fetches.source IS 'The source';
COMMENT ON COLUMN mart.fetches.kind IS 'feed or page';
COMMENT ON COLUMN mart.fetches.url IS 'The address asked, without credentials';
COMMENT ON COLUMN mart.fetches.fetched_at IS 'When it was asked, UTC';
COMMENT ON COLUMN mart.fetches.seconds IS 'How long it took';
COMMENT ON COLUMN mart.fetches.outcome IS 'ok, unchanged, empty, malformed, or what went wrong';
COMMENT ON COLUMN mart.fetches.http_status IS 'HTTP status of the last answer';
COMMENT ON COLUMN mart.fetches.final_url IS 'Where redirects led, if they did';
COMMENT ON COLUMN mart.fetches.n_bytes IS 'Bytes of the body, unpacked';
COMMENT ON COLUMN mart.fetches.entries IS 'Entries in it';
COMMENT ON COLUMN mart.fetches.known IS 'Entries that the feed had in the same form before';
COMMENT ON COLUMN mart.fetches.new IS 'Entries that were new articles';
COMMENT ON COLUMN mart.fetches.revised IS 'Entries that were new versions';
COMMENT ON COLUMN mart.fetches.seen IS 'Entries that were known articles in another form or from another source';
COMMENT ON COLUMN mart.fetches.rejected IS 'Entries refused';
COMMENT ON COLUMN mart.fetches.vanished IS 'Entries that the feed no longer listed';
COMMENT ON COLUMN mart.fetches.detail IS 'What went wrong, or what had to be repaired';
COMMENT ON COLUMN mart.fetches.next_at IS 'When the feed was to be asked next, UTC';
COMMENT ON COLUMN mart.fetches.raw_id IS 'SHA-256 of the body (ops.raw, if a row came from it)';
COMMENT ON COLUMN mart.fetches.run_id IS 'The run that asked';
