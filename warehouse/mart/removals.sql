-- What was taken out of the warehouse, and why.
CREATE OR REPLACE VIEW mart.removals AS
SELECT
  receipt_id, kind, asked, reason, removed_at, done_at, lifted_at, article_ids, len(article_ids) AS articles, still_stand,
  payloads, cut_payloads, n_bytes, published, backups, n_rows, len(keys) > 0 AND lifted_at IS NULL AS refused
FROM ops.removal;
COMMENT ON VIEW mart.removals IS 'What was taken out of the warehouse: a receipt a row, without a word of what it was';
COMMENT ON COLUMN mart.removals.receipt_id IS 'Identifier of the receipt';
COMMENT ON COLUMN mart.removals.kind IS 'article, source, or retention (it was older than retention.toml lets it be)';
COMMENT ON COLUMN mart.removals.asked IS 'What was asked: an article_id or source as typed, SHA-256 of an address or path in hex';
COMMENT ON COLUMN mart.removals.reason IS 'Why';
COMMENT ON COLUMN mart.removals.removed_at IS 'When its rows were taken out, UTC';
COMMENT ON COLUMN mart.removals.done_at IS 'When no file of the data folder held it any more; NULL in the copy that this was published with';
COMMENT ON COLUMN mart.removals.lifted_at IS 'When it was allowed in again';
COMMENT ON COLUMN mart.removals.article_ids IS 'The articles; empty for retention';
COMMENT ON COLUMN mart.removals.articles IS 'How many those are';
COMMENT ON COLUMN mart.removals.still_stand IS 'Articles that share half of a removed text or more and are still there';
COMMENT ON COLUMN mart.removals.payloads IS 'Payloads whose bytes went out of the archive';
COMMENT ON COLUMN mart.removals.cut_payloads IS 'Payloads that are kept without the removed records';
COMMENT ON COLUMN mart.removals.n_bytes IS 'Bytes that went out of the archive, compressed';
COMMENT ON COLUMN mart.removals.published IS 'Published copies that were removed';
COMMENT ON COLUMN mart.removals.backups IS 'Folders with backups of before, which still hold it';
COMMENT ON COLUMN mart.removals.n_rows IS 'Rows that were taken out, by table, as JSON';
COMMENT ON COLUMN mart.removals.refused IS 'Whether it is refused when it comes again';
