-- Removals: what was taken out of the warehouse and why, what stays out, and which payloads have lost their bytes.
CREATE TABLE ops.removal (
  receipt_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, asked VARCHAR NOT NULL, reason VARCHAR, state VARCHAR NOT NULL, removed_at TIMESTAMP NOT NULL,
  done_at TIMESTAMP, lifted_at TIMESTAMP, article_ids VARCHAR[] NOT NULL, still_stand VARCHAR[] NOT NULL, keys VARCHAR[] NOT NULL,
  n_rows VARCHAR NOT NULL, payloads INTEGER NOT NULL, cut_payloads INTEGER NOT NULL, n_bytes BIGINT NOT NULL, published VARCHAR[] NOT NULL, backups VARCHAR[] NOT NULL, batch_id BIGINT NOT NULL
);
COMMENT ON TABLE ops.removal IS 'The receipts: what was taken out of the warehouse. No text of it stands here';
COMMENT ON COLUMN ops.removal.receipt_id IS 'Identifier of the receipt; sorts by time';
COMMENT ON COLUMN ops.removal.kind IS 'article, source, or retention (it was older than retention.toml lets it be)';
COMMENT ON COLUMN ops.removal.asked IS 'What was asked: an article_id or source as typed, SHA-256 of an address or path in hex';
COMMENT ON COLUMN ops.removal.reason IS 'Why, in the words of whoever asked';
COMMENT ON COLUMN ops.removal.state IS 'removed (its rows are gone; bytes may be left in files, the next run goes on) or done';
COMMENT ON COLUMN ops.removal.removed_at IS 'When its rows were taken out';
COMMENT ON COLUMN ops.removal.done_at IS 'When no file of the data folder held it any more';
COMMENT ON COLUMN ops.removal.lifted_at IS 'When it was allowed in again (wirehouse forget --undo); NULL if it is refused';
COMMENT ON COLUMN ops.removal.article_ids IS 'The articles; empty for retention';
COMMENT ON COLUMN ops.removal.still_stand IS 'Articles that share half of a removed text or more and are still there';
COMMENT ON COLUMN ops.removal.keys IS 'Hashes of the keys by which it is refused from now on: kind and 64 bits in hex';
COMMENT ON COLUMN ops.removal.n_rows IS 'Rows that were taken out, by table, as JSON';
COMMENT ON COLUMN ops.removal.payloads IS 'Payloads whose bytes went out of the archive';
COMMENT ON COLUMN ops.removal.cut_payloads IS 'Payloads that are kept without the removed records';
COMMENT ON COLUMN ops.removal.n_bytes IS 'Bytes that went out of the archive, compressed';
COMMENT ON COLUMN ops.removal.published IS 'Published copies that were removed';
COMMENT ON COLUMN ops.removal.backups IS 'Folders with backups of before, which still hold it';
COMMENT ON COLUMN ops.removal.batch_id IS 'The batch that took it out';

CREATE TABLE ops.forgotten (receipt_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, key_hash UBIGINT NOT NULL);
COMMENT ON TABLE ops.forgotten IS 'What is refused when it comes again: hashes of keys, and nothing else';
COMMENT ON COLUMN ops.forgotten.receipt_id IS 'The receipt of its removal (ops.removal)';
COMMENT ON COLUMN ops.forgotten.kind IS 'Kind of the key (ops.identity), or entry: the print of a feed''s entry (ops.entry)';
COMMENT ON COLUMN ops.forgotten.key_hash IS 'Hash of the key';

CREATE TABLE ops.withheld (raw_id VARCHAR NOT NULL, receipt_id VARCHAR, what VARCHAR NOT NULL, archive VARCHAR, withheld_at TIMESTAMP NOT NULL);
COMMENT ON TABLE ops.withheld IS 'Payloads whose bytes the archive does not hold as they were fetched';
COMMENT ON COLUMN ops.withheld.raw_id IS 'SHA-256 of the bytes as fetched, in hex (ops.raw)';
COMMENT ON COLUMN ops.withheld.receipt_id IS 'The receipt of the removal that is the cause; NULL for expired';
COMMENT ON COLUMN ops.withheld.what IS 'gone (the bytes are not kept), cut (kept without the removed records) or expired (older than retention.toml lets it be)';
COMMENT ON COLUMN ops.withheld.archive IS 'The WARC file that the bytes are still to be taken out of; NULL once they are';
COMMENT ON COLUMN ops.withheld.withheld_at IS 'When';

COMMENT ON COLUMN ops.reject.stage IS 'fetch, parse, clean, fingerprint or judge';

CREATE TABLE ops.thinned (run_id VARCHAR NOT NULL, batch_id BIGINT NOT NULL, receipt_id VARCHAR);
COMMENT ON TABLE ops.thinned IS 'Batches of which rows were taken out since: their books cannot be counted again from their rows';
COMMENT ON COLUMN ops.thinned.run_id IS 'The run';
COMMENT ON COLUMN ops.thinned.batch_id IS 'Its batch';
COMMENT ON COLUMN ops.thinned.receipt_id IS 'The receipt of the removal (ops.removal); NULL for rows that had expired (retention.toml)';
