SELECT * FROM mart.feed_health ORDER BY attention, since, source
