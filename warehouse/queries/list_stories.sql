SELECT story_id, title, first_at, last_at, articles, originals, texts, sources, per_hour, peak_per_hour
FROM mart.stories
WHERE articles >= $fewest AND ($since IS NULL OR last_at >= $since)
ORDER BY CASE $by WHEN 'size' THEN sources WHEN 'growth' THEN per_hour ELSE epoch(last_at) END DESC, articles DESC, story_id
LIMIT $most
