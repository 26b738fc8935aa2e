INSERT INTO ops.removal (receipt_id, kind, asked, reason, state, removed_at, done_at, article_ids, still_stand, keys, n_rows, payloads, cut_payloads, n_bytes, published, backups, batch_id)
VALUES ($receipt_id, $kind, $asked, $reason, $state, $removed_at, $done_at, $article_ids, $still_stand, $keys, $n_rows, $payloads, $cut_payloads, $n_bytes, $published, $backups, (SELECT batch_id FROM batch))
