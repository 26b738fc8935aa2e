SELECT key_hash, max(receipt_id) FROM ops.forgotten WHERE kind = 'entry' GROUP BY key_hash
