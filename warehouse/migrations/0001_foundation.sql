-- Foundation: how it got there (ops) and what there is (news). Times are UTC. Rows are only ever appended, but for
-- news.version.valid_to, ops.source and the state of ops.run. No PRIMARY KEY or ART index on hot tables: an anti-join on a
-- hash column is cheaper.
CREATE SCHEMA news;

CREATE TABLE ops.source (
  source VARCHAR NOT NULL, kind VARCHAR NOT NULL, root VARCHAR NOT NULL, outlet VARCHAR, country VARCHAR, language VARCHAR,
  timezone VARCHAR, owner_group VARCHAR, archive VARCHAR NOT NULL, first_used_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE ops.source IS 'Where bytes come from, as last used: a folder of files';
COMMENT ON COLUMN ops.source.source IS 'The source''s name';
COMMENT ON COLUMN ops.source.kind IS 'folder';
COMMENT ON COLUMN ops.source.root IS 'The folder as last used; paths of its files are relative to it';
COMMENT ON COLUMN ops.source.outlet IS 'Who publishes, if the source says so';
COMMENT ON COLUMN ops.source.country IS 'ISO 3166-1 alpha-2 code of the outlet''s country, if the source says so';
COMMENT ON COLUMN ops.source.language IS 'ISO 639 code that the source states, for texts too short to tell';
COMMENT ON COLUMN ops.source.timezone IS 'IANA time zone of times that are stated without one';
COMMENT ON COLUMN ops.source.owner_group IS 'The group that owns the outlet, if the source says so';
COMMENT ON COLUMN ops.source.archive IS 'keep: the archive has the bytes of its files; reference: the folder itself keeps them';
COMMENT ON COLUMN ops.source.first_used_at IS 'When it was first read';

CREATE TABLE ops.run (
  run_id VARCHAR NOT NULL, flow VARCHAR NOT NULL, arguments VARCHAR NOT NULL, code_version VARCHAR NOT NULL, prefect_run_id VARCHAR,
  started_at TIMESTAMP NOT NULL, ended_at TIMESTAMP, state VARCHAR NOT NULL, message VARCHAR,
  fetched BIGINT, new BIGINT, revised BIGINT, seen BIGINT, held BIGINT, rejected BIGINT, copies BIGINT,
  unchanged_files BIGINT, seen_unchanged BIGINT, rejected_unchanged BIGINT
);
COMMENT ON TABLE ops.run IS 'Each run and its books, counted in items: fetched = new + revised + seen + held + rejected';
COMMENT ON COLUMN ops.run.run_id IS 'Identifier of the run; sorts by time';
COMMENT ON COLUMN ops.run.flow IS 'ingest';
COMMENT ON COLUMN ops.run.arguments IS 'What it was asked to do, as JSON';
COMMENT ON COLUMN ops.run.code_version IS 'Version of Wirehouse that ran';
COMMENT ON COLUMN ops.run.prefect_run_id IS 'The Prefect flow run, if it was one';
COMMENT ON COLUMN ops.run.started_at IS 'When it started';
COMMENT ON COLUMN ops.run.ended_at IS 'When it ended; NULL while it runs';
COMMENT ON COLUMN ops.run.state IS 'running, completed, failed, or killed (it died without a word; the next run finishes its work)';
COMMENT ON COLUMN ops.run.message IS 'Why it failed';
COMMENT ON COLUMN ops.run.fetched IS 'Items read, those of unchanged files among them';
COMMENT ON COLUMN ops.run.new IS 'Articles never seen before';
COMMENT ON COLUMN ops.run.revised IS 'New versions of known articles';
COMMENT ON COLUMN ops.run.seen IS 'Items that were known already';
COMMENT ON COLUMN ops.run.held IS 'Items under embargo';
COMMENT ON COLUMN ops.run.rejected IS 'Items refused; see mart.rejects';
COMMENT ON COLUMN ops.run.copies IS 'Of the new: texts that another outlet had before';
COMMENT ON COLUMN ops.run.unchanged_files IS 'Files that were not read again because nothing about them changed';
COMMENT ON COLUMN ops.run.seen_unchanged IS 'Items of those files that had landed; counted in seen';
COMMENT ON COLUMN ops.run.rejected_unchanged IS 'Items of those files that had been refused; counted in rejected';

CREATE TABLE ops.batch (batch_id BIGINT NOT NULL, run_id VARCHAR NOT NULL, payloads INTEGER NOT NULL, items INTEGER NOT NULL, landed_at TIMESTAMP NOT NULL);
COMMENT ON TABLE ops.batch IS 'The ledger: one row a committed batch, written in the batch''s own transaction';
COMMENT ON COLUMN ops.batch.batch_id IS 'Number of the batch; later batches have greater numbers';
COMMENT ON COLUMN ops.batch.run_id IS 'The run it belongs to';
COMMENT ON COLUMN ops.batch.payloads IS 'Payloads (files, or pieces of large ones) in it';
COMMENT ON COLUMN ops.batch.items IS 'Items in it, the refused ones among them';
COMMENT ON COLUMN ops.batch.landed_at IS 'When it was committed';

CREATE TABLE ops.raw (
  raw_id VARCHAR NOT NULL, archive VARCHAR NOT NULL, archive_offset BIGINT NOT NULL, archive_length BIGINT NOT NULL, n_bytes BIGINT NOT NULL,
  media_type VARCHAR NOT NULL, uri VARCHAR NOT NULL, fetched_at TIMESTAMP NOT NULL, truncated BOOLEAN NOT NULL, batch_id BIGINT NOT NULL
);
COMMENT ON TABLE ops.raw IS 'Every payload in the archive, once for each content';
COMMENT ON COLUMN ops.raw.raw_id IS 'SHA-256 of the bytes as fetched, in hex';
COMMENT ON COLUMN ops.raw.archive IS 'WARC file in data/archive, or "" where the source itself keeps the bytes (archive = "reference")';
COMMENT ON COLUMN ops.raw.archive_offset IS 'Where its gzip member begins in that file, in bytes';
COMMENT ON COLUMN ops.raw.archive_length IS 'Length of that member, in bytes';
COMMENT ON COLUMN ops.raw.n_bytes IS 'Length of the payload as fetched, in bytes';
COMMENT ON COLUMN ops.raw.media_type IS 'Media type by the file''s name, as the archive states it';
COMMENT ON COLUMN ops.raw.uri IS 'Where it was first fetched from';
COMMENT ON COLUMN ops.raw.fetched_at IS 'When it was first fetched';
COMMENT ON COLUMN ops.raw.truncated IS 'Whether only its beginning is kept because it was over the limit';
COMMENT ON COLUMN ops.raw.batch_id IS 'The batch that wrote it';

CREATE TABLE ops.file (
  source VARCHAR NOT NULL, path VARCHAR NOT NULL, path_hash UBIGINT NOT NULL, size BIGINT NOT NULL, mtime_ns BIGINT NOT NULL, raw_id VARCHAR NOT NULL,
  part INTEGER NOT NULL, done BOOLEAN NOT NULL, n_items INTEGER NOT NULL, n_landed INTEGER NOT NULL, n_rejected INTEGER NOT NULL,
  run_id VARCHAR NOT NULL, batch_id BIGINT NOT NULL
);
COMMENT ON TABLE ops.file IS 'What was read of each file, by piece; the rows of the newest batch tell whether a file has changed';
COMMENT ON COLUMN ops.file.source IS 'The source it belongs to';
COMMENT ON COLUMN ops.file.path IS 'Path relative to the source''s root, NFC, with "/"';
COMMENT ON COLUMN ops.file.path_hash IS 'Hash of source and path, for joins';
COMMENT ON COLUMN ops.file.size IS 'Size in bytes when read';
COMMENT ON COLUMN ops.file.mtime_ns IS 'Modification time when read, in nanoseconds; only ever used to see whether the file changed';
COMMENT ON COLUMN ops.file.raw_id IS 'SHA-256 of its bytes, in hex';
COMMENT ON COLUMN ops.file.part IS 'Number of the piece; 0 for files read in one';
COMMENT ON COLUMN ops.file.done IS 'Whether this was the last piece';
COMMENT ON COLUMN ops.file.n_items IS 'Items in it as counted when parsed';
COMMENT ON COLUMN ops.file.n_landed IS 'Items of it that were new, revised, seen or held';
COMMENT ON COLUMN ops.file.n_rejected IS 'Items of it that were refused';
COMMENT ON COLUMN ops.file.run_id IS 'The run that read it';
COMMENT ON COLUMN ops.file.batch_id IS 'The batch that wrote it';

CREATE TABLE ops.identity (kind VARCHAR NOT NULL, scope VARCHAR NOT NULL, key VARCHAR NOT NULL, key_hash UBIGINT NOT NULL, article_id VARCHAR NOT NULL, batch_id BIGINT NOT NULL);
COMMENT ON TABLE ops.identity IS 'Every key by which a piece was ever known; where a key has several rows, the newest batch holds';
COMMENT ON COLUMN ops.identity.kind IS 'guid, url, path, text (the words, within the outlet), or content (the words, at the outlet that had them first)';
COMMENT ON COLUMN ops.identity.scope IS 'Where the key is unique: the source for guid and path, the outlet for text, "" for url and content';
COMMENT ON COLUMN ops.identity.key IS 'The GUID, canonical URL, path, or SHA-256 of the normalised words';
COMMENT ON COLUMN ops.identity.key_hash IS 'Hash of kind, scope and key, for joins';
COMMENT ON COLUMN ops.identity.article_id IS 'The article it leads to';
COMMENT ON COLUMN ops.identity.batch_id IS 'The batch that wrote it';

CREATE TABLE ops.reject (
  stage VARCHAR NOT NULL, reason VARCHAR NOT NULL, detail VARCHAR NOT NULL, source VARCHAR NOT NULL, path VARCHAR NOT NULL, record INTEGER NOT NULL,
  url VARCHAR, raw_id VARCHAR, seen_at TIMESTAMP NOT NULL, run_id VARCHAR NOT NULL, batch_id BIGINT NOT NULL
);
COMMENT ON TABLE ops.reject IS 'What was refused, where and why; the bytes stay in the archive';
COMMENT ON COLUMN ops.reject.stage IS 'fetch, parse, clean or fingerprint';
COMMENT ON COLUMN ops.reject.reason IS 'One word: empty, corrupt, malformed, undecodable, too_large, too_deep, forbidden, wrong_type, unreadable, no_article, timeout, crashed';
COMMENT ON COLUMN ops.reject.detail IS 'What was found, and what to do';
COMMENT ON COLUMN ops.reject.source IS 'The source it came from';
COMMENT ON COLUMN ops.reject.path IS 'The file, relative to the source''s root';
COMMENT ON COLUMN ops.reject.record IS 'Number of the record in the file, from 0';
COMMENT ON COLUMN ops.reject.url IS 'The article''s address, if it was known';
COMMENT ON COLUMN ops.reject.raw_id IS 'The bytes in the archive (ops.raw); NULL if they could not be read';
COMMENT ON COLUMN ops.reject.seen_at IS 'When it was read';
COMMENT ON COLUMN ops.reject.run_id IS 'The run that refused it';
COMMENT ON COLUMN ops.reject.batch_id IS 'The batch that wrote it';

CREATE TABLE ops.publication (number BIGINT NOT NULL, published_at TIMESTAMP NOT NULL, run_id VARCHAR NOT NULL, batch_id BIGINT NOT NULL, merged BOOLEAN NOT NULL);
COMMENT ON TABLE ops.publication IS 'Each version published to readers; numbers are never used again';
COMMENT ON COLUMN ops.publication.number IS 'The N of data/published/warehouse-N.duckdb';
COMMENT ON COLUMN ops.publication.published_at IS 'When it was published';
COMMENT ON COLUMN ops.publication.run_id IS 'The run that published it';
COMMENT ON COLUMN ops.publication.batch_id IS 'The newest batch in it; 0 if there was none';
COMMENT ON COLUMN ops.publication.merged IS 'Whether small row groups were merged before it';

CREATE TABLE news.article (article_id VARCHAR NOT NULL, source VARCHAR NOT NULL, outlet VARCHAR NOT NULL, first_seen_at TIMESTAMP NOT NULL, run_id VARCHAR NOT NULL, batch_id BIGINT NOT NULL);
COMMENT ON TABLE news.article IS 'One row an article: what never changes about it';
COMMENT ON COLUMN news.article.article_id IS 'Stable identifier, minted from the first key by which the article was known';
COMMENT ON COLUMN news.article.source IS 'Where it was first read from';
COMMENT ON COLUMN news.article.outlet IS 'Who publishes it: by the source, else by the page, its domain, or the source''s name';
COMMENT ON COLUMN news.article.first_seen_at IS 'When it was first read';
COMMENT ON COLUMN news.article.run_id IS 'The run that found it';
COMMENT ON COLUMN news.article.batch_id IS 'The batch that wrote it';

CREATE TABLE news.version (
  article_id VARCHAR NOT NULL, version INTEGER NOT NULL, valid_from TIMESTAMP NOT NULL, valid_to TIMESTAMP, change_kind VARCHAR NOT NULL, changed_share FLOAT,
  title VARCHAR, title_from VARCHAR, summary VARCHAR, head VARCHAR, text VARCHAR NOT NULL, tail VARCHAR,
  url VARCHAR, authors VARCHAR[] NOT NULL, agency VARCHAR, dateline_place VARCHAR, dateline_country VARCHAR,
  published_at TIMESTAMP, published_precision VARCHAR, published_from VARCHAR, published_confidence FLOAT,
  modified_at TIMESTAMP, modified_precision VARCHAR, modified_from VARCHAR,
  language VARCHAR, language_confidence FLOAT, section VARCHAR, keywords VARCHAR[] NOT NULL, image VARCHAR, access VARCHAR, words INTEGER NOT NULL,
  truncated BOOLEAN NOT NULL, content_hash VARCHAR NOT NULL, version_hash VARCHAR NOT NULL,
  format VARCHAR NOT NULL, extractor VARCHAR NOT NULL, raw_id VARCHAR NOT NULL, record INTEGER NOT NULL, run_id VARCHAR NOT NULL, batch_id BIGINT NOT NULL
);
COMMENT ON TABLE news.version IS 'Every version of every article; the text stands here and nowhere else';
COMMENT ON COLUMN news.version.article_id IS 'The article';
COMMENT ON COLUMN news.version.version IS 'Number of the version, from 1';
COMMENT ON COLUMN news.version.valid_from IS 'When this version was first read';
COMMENT ON COLUMN news.version.valid_to IS 'When the next version was read; NULL for the current one';
COMMENT ON COLUMN news.version.change_kind IS 'first, headline (only the title changed), content, or restored (an earlier text came back)';
COMMENT ON COLUMN news.version.changed_share IS 'Share of word 5-grams that differ from the version before, 0 to 1; NULL for the first';
COMMENT ON COLUMN news.version.title IS 'The headline; NULL if none was stated';
COMMENT ON COLUMN news.version.title_from IS 'Who states the title: feed, json-ld, meta or text';
COMMENT ON COLUMN news.version.summary IS 'The publisher''s summary, if there is one';
COMMENT ON COLUMN news.version.head IS 'What stood above the body (headline, agency, place, byline), as printed';
COMMENT ON COLUMN news.version.text IS 'The body; paragraphs are separated by a blank line';
COMMENT ON COLUMN news.version.tail IS 'What stood below the body (credits), as printed';
COMMENT ON COLUMN news.version.url IS 'Canonical URL';
COMMENT ON COLUMN news.version.authors IS 'Names of the authors';
COMMENT ON COLUMN news.version.agency IS 'The news agency that is credited, as printed';
COMMENT ON COLUMN news.version.dateline_place IS 'The place of the dateline, as printed';
COMMENT ON COLUMN news.version.dateline_country IS 'ISO 3166-1 alpha-2 code of the country that place lies in';
COMMENT ON COLUMN news.version.published_at IS 'When it was published (the first moment of the day where only the day is known); NULL if nobody says';
COMMENT ON COLUMN news.version.published_precision IS 'How exactly that is known: second, minute, day, month or year';
COMMENT ON COLUMN news.version.published_from IS 'Who says so: feed, json-ld, meta, url, text, or given (by the user)';
COMMENT ON COLUMN news.version.published_confidence IS 'How sure we are of it, 0 to 1';
COMMENT ON COLUMN news.version.modified_at IS 'When the publisher says it was last changed';
COMMENT ON COLUMN news.version.modified_precision IS 'How exactly that is known';
COMMENT ON COLUMN news.version.modified_from IS 'Who says so';
COMMENT ON COLUMN news.version.language IS 'ISO 639-1 code of the text''s language';
COMMENT ON COLUMN news.version.language_confidence IS 'How sure we are of it, 0 to 1';
COMMENT ON COLUMN news.version.section IS 'The publisher''s section';
COMMENT ON COLUMN news.version.keywords IS 'The publisher''s keywords and categories';
COMMENT ON COLUMN news.version.image IS 'Address of the lead image';
COMMENT ON COLUMN news.version.access IS 'free, metered, paywalled or truncated; NULL if unknown';
COMMENT ON COLUMN news.version.words IS 'Words in the body';
COMMENT ON COLUMN news.version.truncated IS 'Whether the input was over the limit and its end is missing';
COMMENT ON COLUMN news.version.content_hash IS 'SHA-256 of the body''s normalised words; "" if there are too few to tell texts apart';
COMMENT ON COLUMN news.version.version_hash IS 'SHA-256 of the normalised words of title and body';
COMMENT ON COLUMN news.version.format IS 'Format of the file it was read from';
COMMENT ON COLUMN news.version.extractor IS 'What took the body out of its markup, and its version';
COMMENT ON COLUMN news.version.raw_id IS 'The bytes it was read from (ops.raw)';
COMMENT ON COLUMN news.version.record IS 'Number of the record in that file, from 0';
COMMENT ON COLUMN news.version.run_id IS 'The run that read it';
COMMENT ON COLUMN news.version.batch_id IS 'The batch that wrote it';

CREATE TABLE news.print (article_id VARCHAR NOT NULL, version INTEGER NOT NULL, every INTEGER NOT NULL, sample UBIGINT[] NOT NULL, batch_id BIGINT NOT NULL);
COMMENT ON TABLE news.print IS 'Sampled fingerprints of each version''s text';
COMMENT ON COLUMN news.print.article_id IS 'The article';
COMMENT ON COLUMN news.print.version IS 'Its version';
COMMENT ON COLUMN news.print.every IS 'One in so many hashes of word 5-grams is kept';
COMMENT ON COLUMN news.print.sample IS 'The hashes kept, sorted';
COMMENT ON COLUMN news.print.batch_id IS 'The batch that wrote it';

CREATE TABLE news.head_field (article_id VARCHAR NOT NULL, version INTEGER NOT NULL, name VARCHAR NOT NULL, text VARCHAR NOT NULL, part VARCHAR NOT NULL, start_char INTEGER NOT NULL, end_char INTEGER NOT NULL, batch_id BIGINT NOT NULL);
COMMENT ON TABLE news.head_field IS 'Agency, place, date, byline and headline as they stand above or below the body, with their characters';
COMMENT ON COLUMN news.head_field.article_id IS 'The article';
COMMENT ON COLUMN news.head_field.version IS 'Its version';
COMMENT ON COLUMN news.head_field.name IS 'headline, agency, place, date or byline';
COMMENT ON COLUMN news.head_field.text IS 'As printed: news.version.head (or tail) from start_char to end_char';
COMMENT ON COLUMN news.head_field.part IS 'Where it stands: head or tail';
COMMENT ON COLUMN news.head_field.start_char IS 'First character in that part, from 0, in Unicode code points';
COMMENT ON COLUMN news.head_field.end_char IS 'The character after the last';
COMMENT ON COLUMN news.head_field.batch_id IS 'The batch that wrote it';

CREATE TABLE news.sighting (
  article_id VARCHAR NOT NULL, version INTEGER NOT NULL, verdict VARCHAR NOT NULL, matched_by VARCHAR, source VARCHAR NOT NULL, path VARCHAR NOT NULL, record INTEGER NOT NULL,
  guid VARCHAR, url VARCHAR, title VARCHAR, raw_id VARCHAR NOT NULL, seen_at TIMESTAMP NOT NULL, run_id VARCHAR NOT NULL, batch_id BIGINT NOT NULL
);
COMMENT ON TABLE news.sighting IS 'Each time an item was met and where: one row for each item that was not refused';
COMMENT ON COLUMN news.sighting.article_id IS 'The article it is';
COMMENT ON COLUMN news.sighting.version IS 'The version it is';
COMMENT ON COLUMN news.sighting.verdict IS 'new, revised or seen';
COMMENT ON COLUMN news.sighting.matched_by IS 'The kind of key that recognised it: guid, url, text or path; NULL if new';
COMMENT ON COLUMN news.sighting.source IS 'The source it came from';
COMMENT ON COLUMN news.sighting.path IS 'The file, relative to the source''s root';
COMMENT ON COLUMN news.sighting.record IS 'Number of the record in the file, from 0';
COMMENT ON COLUMN news.sighting.guid IS 'Its GUID there';
COMMENT ON COLUMN news.sighting.url IS 'Its canonical URL there';
COMMENT ON COLUMN news.sighting.title IS 'Its headline there, where it differs from the version''s';
COMMENT ON COLUMN news.sighting.raw_id IS 'The bytes it was read from (ops.raw)';
COMMENT ON COLUMN news.sighting.seen_at IS 'When it was read';
COMMENT ON COLUMN news.sighting.run_id IS 'The run that read it';
COMMENT ON COLUMN news.sighting.batch_id IS 'The batch that wrote it';

CREATE TABLE news.copy (article_id VARCHAR NOT NULL, of_article_id VARCHAR NOT NULL, relation VARCHAR NOT NULL, containment FLOAT NOT NULL, credited BOOLEAN NOT NULL, delay_s BIGINT, batch_id BIGINT NOT NULL);
COMMENT ON TABLE news.copy IS 'Articles whose text another outlet had before';
COMMENT ON COLUMN news.copy.article_id IS 'The copy';
COMMENT ON COLUMN news.copy.of_article_id IS 'The article it is a copy of: the first that was seen with this text';
COMMENT ON COLUMN news.copy.relation IS 'exact: the same words';
COMMENT ON COLUMN news.copy.containment IS 'Share of the copy''s word 5-grams that stand in the other, 0 to 1';
COMMENT ON COLUMN news.copy.credited IS 'Whether the copy names the other''s agency or outlet';
COMMENT ON COLUMN news.copy.delay_s IS 'Seconds from the other''s publication to the copy''s; NULL if one of them is not known';
COMMENT ON COLUMN news.copy.batch_id IS 'The batch that wrote it';
