SELECT host, text, fetched_at FROM ops.robots WHERE fetched_at > $since
