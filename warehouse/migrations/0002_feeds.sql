-- Feeds: what is known of each, each fetch, each entry while it is listed, and the silences.
ALTER TABLE news.version ADD COLUMN text_from VARCHAR;
COMMENT ON COLUMN news.version.text_from IS 'Where the text stood: file, feed (the entry itself), or page (the article''s page, fetched because the entry was a teaser)';
COMMENT ON COLUMN news.version.change_kind IS 'first, headline (only the title changed), content, restored (an earlier text came back), or completed (the whole text of a teaser; no revision)';
ALTER TABLE news.sighting ADD COLUMN version_hash VARCHAR;
COMMENT ON COLUMN news.sighting.version_hash IS 'SHA-256 of the normalised words of title and body as met here';
COMMENT ON COLUMN news.sighting.path IS 'The file, relative to the source''s root, or the feed''s address';
COMMENT ON COLUMN ops.run.flow IS 'ingest or poll';
COMMENT ON COLUMN ops.run.unchanged_files IS 'Files or feeds that were not read again because nothing about them changed';
COMMENT ON COLUMN ops.source.kind IS 'folder or feed';
COMMENT ON COLUMN ops.source.root IS 'The folder or the feed''s address as last used; paths of a folder''s files are relative to it';
COMMENT ON TABLE ops.source IS 'Where bytes come from, as last used: a folder of files, or a feed';
COMMENT ON COLUMN ops.reject.path IS 'The file, relative to the source''s root, or the feed''s address';

CREATE TABLE news.enclosure (article_id VARCHAR NOT NULL, version INTEGER NOT NULL, url VARCHAR NOT NULL, media_type VARCHAR, n_bytes BIGINT, batch_id BIGINT NOT NULL);
COMMENT ON TABLE news.enclosure IS 'Files that come with a version: recordings, films, documents';
COMMENT ON COLUMN news.enclosure.article_id IS 'The article';
COMMENT ON COLUMN news.enclosure.version IS 'Its version';
COMMENT ON COLUMN news.enclosure.url IS 'Address of the file';
COMMENT ON COLUMN news.enclosure.media_type IS 'Media type, as stated';
COMMENT ON COLUMN news.enclosure.n_bytes IS 'Length in bytes, as stated';
COMMENT ON COLUMN news.enclosure.batch_id IS 'The batch that wrote it';

CREATE TABLE ops.feed (
  source VARCHAR NOT NULL, declared_url VARCHAR NOT NULL, url VARCHAR NOT NULL, former_urls VARCHAR[] NOT NULL,
  etag VARCHAR, last_modified VARCHAR, body_hash VARCHAR, title VARCHAR, site VARCHAR, format VARCHAR, ttl_s INTEGER, entries INTEGER NOT NULL,
  status VARCHAR NOT NULL, since TIMESTAMP NOT NULL, reason VARCHAR NOT NULL,
  first_at TIMESTAMP, polled_at TIMESTAMP, ok_at TIMESTAMP, new_at TIMESTAMP, next_at TIMESTAMP,
  every_s INTEGER NOT NULL, per_day DOUBLE, failures INTEGER NOT NULL, score DOUBLE NOT NULL,
  moved_to VARCHAR, moved_at TIMESTAMP, moved_polls INTEGER NOT NULL, batch_id BIGINT NOT NULL
);
COMMENT ON TABLE ops.feed IS 'One row a feed: what its last poll left behind';
COMMENT ON COLUMN ops.feed.source IS 'The source''s name';
COMMENT ON COLUMN ops.feed.declared_url IS 'The address that the user gave, without credentials';
COMMENT ON COLUMN ops.feed.url IS 'The address that is asked: the user''s, or the one that the feed moved to for good';
COMMENT ON COLUMN ops.feed.former_urls IS 'Addresses that it had before it moved';
COMMENT ON COLUMN ops.feed.etag IS 'Its validator (RFC 9110 ETag), to be sent with the next request';
COMMENT ON COLUMN ops.feed.last_modified IS 'Its other validator (RFC 9110 Last-Modified)';
COMMENT ON COLUMN ops.feed.body_hash IS 'SHA-256 of its bytes when last read, in hex';
COMMENT ON COLUMN ops.feed.title IS 'The feed''s own title';
COMMENT ON COLUMN ops.feed.site IS 'The site that it names';
COMMENT ON COLUMN ops.feed.format IS 'Such as rss20, atom10, json11 or sitemap';
COMMENT ON COLUMN ops.feed.ttl_s IS 'How long it asks to be left alone (ttl, sy:updatePeriod), in seconds';
COMMENT ON COLUMN ops.feed.entries IS 'Entries that it listed when last read';
COMMENT ON COLUMN ops.feed.status IS 'active, quiet, throttled, failing, moved, gone or paused';
COMMENT ON COLUMN ops.feed.since IS 'Since when it has that status';
COMMENT ON COLUMN ops.feed.reason IS 'Why it has that status';
COMMENT ON COLUMN ops.feed.first_at IS 'When it was first read';
COMMENT ON COLUMN ops.feed.polled_at IS 'When it was last asked';
COMMENT ON COLUMN ops.feed.ok_at IS 'When it last answered as a feed does';
COMMENT ON COLUMN ops.feed.new_at IS 'When it last had an entry that was not known';
COMMENT ON COLUMN ops.feed.next_at IS 'When it is asked next; NULL if never';
COMMENT ON COLUMN ops.feed.every_s IS 'Seconds between two polls while it works';
COMMENT ON COLUMN ops.feed.per_day IS 'New entries a day, recent days counting most; NULL if unknown';
COMMENT ON COLUMN ops.feed.failures IS 'Polls that failed since the last one that did not';
COMMENT ON COLUMN ops.feed.score IS 'Weighted failure score: the poll interval doubles with each point';
COMMENT ON COLUMN ops.feed.moved_to IS 'The address that it says it moved to for good (301, 308), until that is believed';
COMMENT ON COLUMN ops.feed.moved_at IS 'When it first said so';
COMMENT ON COLUMN ops.feed.moved_polls IS 'How many polls in a row it has said so';
COMMENT ON COLUMN ops.feed.batch_id IS 'The batch that wrote it';

CREATE TABLE ops.fetch (
  source VARCHAR NOT NULL, kind VARCHAR NOT NULL, url VARCHAR NOT NULL, fetched_at TIMESTAMP NOT NULL, seconds DOUBLE NOT NULL,
  outcome VARCHAR NOT NULL, http_status SMALLINT, final_url VARCHAR, media_type VARCHAR, n_bytes BIGINT NOT NULL, raw_id VARCHAR, retry_after_s INTEGER,
  detail VARCHAR, n_items INTEGER NOT NULL, n_known INTEGER NOT NULL, n_refused INTEGER NOT NULL, n_new INTEGER NOT NULL, n_revised INTEGER NOT NULL,
  n_seen INTEGER NOT NULL, n_rejected INTEGER NOT NULL, n_vanished INTEGER NOT NULL, next_at TIMESTAMP, run_id VARCHAR NOT NULL, batch_id BIGINT NOT NULL
);
COMMENT ON TABLE ops.fetch IS 'Each request for a feed or for an article''s page, and what came of it';
COMMENT ON COLUMN ops.fetch.source IS 'The source';
COMMENT ON COLUMN ops.fetch.kind IS 'feed or page';
COMMENT ON COLUMN ops.fetch.url IS 'The address asked, without credentials';
COMMENT ON COLUMN ops.fetch.fetched_at IS 'When it was asked';
COMMENT ON COLUMN ops.fetch.seconds IS 'How long it took, time in the host''s waiting line left out';
COMMENT ON COLUMN ops.fetch.outcome IS 'ok, unchanged (304, or the same bytes), empty, malformed (what could be read landed), or what went wrong: cut, not_a_feed, gone, not_found, forbidden, throttled, http_error, loop, dns, connect, tls, reset, timeout, too_large, undecodable, blocked, robots, no_article, bad_url';
COMMENT ON COLUMN ops.fetch.http_status IS 'HTTP status of the last answer';
COMMENT ON COLUMN ops.fetch.final_url IS 'Where redirects led, if they did';
COMMENT ON COLUMN ops.fetch.media_type IS 'Content-Type';
COMMENT ON COLUMN ops.fetch.n_bytes IS 'Bytes of the body, decoded';
COMMENT ON COLUMN ops.fetch.raw_id IS 'SHA-256 of the body, in hex; ops.raw has it if a row came from it';
COMMENT ON COLUMN ops.fetch.retry_after_s IS 'How long the server asked to wait';
COMMENT ON COLUMN ops.fetch.detail IS 'What went wrong, or what had to be repaired';
COMMENT ON COLUMN ops.fetch.n_items IS 'Entries in it; 1 for a body that is refused as a whole';
COMMENT ON COLUMN ops.fetch.n_known IS 'Entries that this feed had in the same form before';
COMMENT ON COLUMN ops.fetch.n_refused IS 'Entries that were refused before, in the same form';
COMMENT ON COLUMN ops.fetch.n_new IS 'Entries that are new articles';
COMMENT ON COLUMN ops.fetch.n_revised IS 'Entries that are new versions';
COMMENT ON COLUMN ops.fetch.n_seen IS 'Entries that are known articles in another form or from another source';
COMMENT ON COLUMN ops.fetch.n_rejected IS 'Entries refused now';
COMMENT ON COLUMN ops.fetch.n_vanished IS 'Entries that the feed no longer lists';
COMMENT ON COLUMN ops.fetch.next_at IS 'When the feed is asked next';
COMMENT ON COLUMN ops.fetch.run_id IS 'The run that asked';
COMMENT ON COLUMN ops.fetch.batch_id IS 'The batch that wrote it';

CREATE TABLE ops.entry (
  source VARCHAR NOT NULL, print UBIGINT NOT NULL, article_id VARCHAR, seen_at TIMESTAMP NOT NULL, vanished_at TIMESTAMP,
  tries INTEGER NOT NULL, retry_at TIMESTAMP, stamp UBIGINT, batch_id BIGINT NOT NULL
);
COMMENT ON TABLE ops.entry IS 'Each form in which a feed carried an entry; entries that vanish are noted here, not deleted';
COMMENT ON COLUMN ops.entry.source IS 'The feed';
COMMENT ON COLUMN ops.entry.print IS 'Hash of the entry''s address, title, words, authors, categories and enclosures (not of its GUID and dates)';
COMMENT ON COLUMN ops.entry.article_id IS 'The article it is; NULL if it was refused';
COMMENT ON COLUMN ops.entry.seen_at IS 'When the feed first carried it so';
COMMENT ON COLUMN ops.entry.vanished_at IS 'Since when the feed does not; NULL while it does';
COMMENT ON COLUMN ops.entry.tries IS 'How often its page was asked for in vain';
COMMENT ON COLUMN ops.entry.retry_at IS 'When its page is asked for again; NULL if it is not';
COMMENT ON COLUMN ops.entry.stamp IS 'Hash of the date of change that it stated when its page was read: another date, and the page is read again; NULL if the text is the entry''s own';
COMMENT ON COLUMN ops.entry.batch_id IS 'The batch that wrote it';

CREATE TABLE ops.page (url VARCHAR NOT NULL, url_hash UBIGINT NOT NULL, etag VARCHAR, last_modified VARCHAR, raw_id VARCHAR NOT NULL, fetched_at TIMESTAMP NOT NULL, batch_id BIGINT NOT NULL);
COMMENT ON TABLE ops.page IS 'Validators of article pages, so that they are asked for conditionally; the newest row of a page holds';
COMMENT ON COLUMN ops.page.url IS 'The address asked, without credentials';
COMMENT ON COLUMN ops.page.url_hash IS 'Hash of it, for joins';
COMMENT ON COLUMN ops.page.etag IS 'ETag';
COMMENT ON COLUMN ops.page.last_modified IS 'Last-Modified';
COMMENT ON COLUMN ops.page.raw_id IS 'Its bytes in the archive (ops.raw)';
COMMENT ON COLUMN ops.page.fetched_at IS 'When it was fetched';
COMMENT ON COLUMN ops.page.batch_id IS 'The batch that wrote it';

CREATE TABLE ops.robots (host VARCHAR NOT NULL, text VARCHAR, fetched_at TIMESTAMP NOT NULL, batch_id BIGINT NOT NULL);
COMMENT ON TABLE ops.robots IS 'robots.txt of hosts whose pages are fetched, kept for a day (RFC 9309)';
COMMENT ON COLUMN ops.robots.host IS 'Scheme, host and port';
COMMENT ON COLUMN ops.robots.text IS 'Its text; "" if there is none; NULL if it could not be had: then no page is fetched';
COMMENT ON COLUMN ops.robots.fetched_at IS 'When it was fetched';
COMMENT ON COLUMN ops.robots.batch_id IS 'The batch that wrote it';

CREATE TABLE ops.gap (
  source VARCHAR NOT NULL, kind VARCHAR NOT NULL, silent_since TIMESTAMP NOT NULL, opened_at TIMESTAMP NOT NULL, closed_at TIMESTAMP,
  expected DOUBLE, reason VARCHAR NOT NULL, batch_id BIGINT NOT NULL
);
COMMENT ON TABLE ops.gap IS 'Where news may be missing: a feed silent against its own past, or read too late';
COMMENT ON COLUMN ops.gap.source IS 'The feed';
COMMENT ON COLUMN ops.gap.kind IS 'silent (nothing new for much longer than usual), or overrun (all it listed was new: older entries may have gone by unseen)';
COMMENT ON COLUMN ops.gap.silent_since IS 'The last entry, or for an overrun the last poll, before the gap';
COMMENT ON COLUMN ops.gap.opened_at IS 'When the gap was noticed';
COMMENT ON COLUMN ops.gap.closed_at IS 'When entries came again; NULL while it is open';
COMMENT ON COLUMN ops.gap.expected IS 'Entries that its own past let expect in that time';
COMMENT ON COLUMN ops.gap.reason IS 'What is known of the cause';
COMMENT ON COLUMN ops.gap.batch_id IS 'The batch that wrote it';
