SELECT receipt_id, kind, asked, reason, state, removed_at, done_at, lifted_at, article_ids, still_stand, keys, n_rows, payloads, cut_payloads, n_bytes, published, backups
FROM ops.removal WHERE receipt_id = $receipt_id OR (asked = $asked AND $asked <> '') ORDER BY receipt_id DESC
