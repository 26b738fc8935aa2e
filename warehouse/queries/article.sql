-- One article as it stands.
SELECT article_id, outlet, title, url, published_at, published_precision, first_seen_at, version, words, state, is_original, copy_group, story_id, text
FROM mart.articles WHERE article_id = $article_id
