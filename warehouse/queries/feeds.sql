SELECT
  source, declared_url, url, status, since, reason, next_at, former_urls, etag, last_modified, body_hash, title, site, format, ttl_s, entries,
  first_at, polled_at, ok_at, new_at, every_s, per_day, failures, score, moved_to, moved_at, moved_polls
FROM ops.feed
