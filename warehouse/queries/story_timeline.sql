SELECT sort_at, outlet, what, title, note, article_id, version, score, reason FROM mart.story_timeline WHERE story_id = $story_id
ORDER BY sort_at, article_id, version
