-- Full-text search as a table: FROM search('trawler skipper'). What is not published is not found; a passage is only made if it
-- is asked for.
CREATE TEMP MACRO search(query, most := 1000) AS TABLE
SELECT h.article_id, h.score, search_snippet(query, v.text, coalesce(v.language, '')) AS snippet
FROM (SELECT unnest(search_hits(query, most), recursive := true)) AS h
JOIN news.version AS v ON v.article_id = h.article_id AND v.valid_to IS NULL
ORDER BY h.score DESC
