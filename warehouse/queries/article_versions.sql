SELECT v.version, v.valid_from, v.valid_to, v.change_kind, v.changed_share, v.note, v.title, v.text, v.words, v.modified_at
FROM mart.versions AS v WHERE v.article_id = $article_id ORDER BY v.version
