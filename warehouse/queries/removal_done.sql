UPDATE ops.removal SET state = 'done', done_at = $done_at WHERE receipt_id = $receipt_id
