SELECT receipt_id, article_ids FROM ops.removal WHERE state = 'removed' ORDER BY receipt_id
