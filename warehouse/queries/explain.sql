-- All facts of one article, in the order of the text.
SELECT
  (SELECT list(f ORDER BY f.start_char) FROM mart.people AS f WHERE f.article_id = $article_id) AS people,
  (SELECT list(f ORDER BY f.start_char) FROM mart.organisations AS f WHERE f.article_id = $article_id) AS organisations,
  (SELECT list(f ORDER BY f.part, f.start_char) FROM mart.places AS f WHERE f.article_id = $article_id) AS places,
  (SELECT list(f ORDER BY f.start_char) FROM mart.dates AS f WHERE f.article_id = $article_id) AS dates,
  (SELECT list(f ORDER BY f.start_char) FROM mart.quotes AS f WHERE f.article_id = $article_id) AS quotes,
  (SELECT list(f ORDER BY f.start_char) FROM mart.events AS f WHERE f.article_id = $article_id) AS events,
  (SELECT list(f ORDER BY f.score DESC, f.start_char) FROM mart.keywords AS f WHERE f.article_id = $article_id) AS keywords,
  (SELECT any_value(f) FROM mart.five_w AS f WHERE f.article_id = $article_id) AS five_w,
  (
    SELECT any_value({extractor: x.extractor, n_facts: x.n_facts, n_chars: x.n_chars, error: x.error})
    FROM news.extraction AS x JOIN mart.articles AS a ON a.article_id = x.article_id AND a.version = x.version
    WHERE x.article_id = $article_id
  ) AS extraction
