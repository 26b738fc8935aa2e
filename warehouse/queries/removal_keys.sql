SELECT coalesce(list(kind || ' ' || format('{:016x}', key_hash) ORDER BY kind, key_hash), []) FROM ops.forgotten WHERE receipt_id = $receipt_id
