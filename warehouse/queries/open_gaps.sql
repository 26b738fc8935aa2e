SELECT source, kind, silent_since, opened_at, closed_at, expected, reason FROM ops.gap WHERE closed_at IS NULL
