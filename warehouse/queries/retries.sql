SELECT DISTINCT source FROM ops.entry WHERE retry_at <= $now AND vanished_at IS NULL
