-- title: Stories lead to one another without circles, and each article's group of copies is there
-- severity: error
-- do: Please report it; articles and their texts are not concerned.
WITH merged AS (SELECT story_id, arg_max(merged_into, batch_id) AS merged_into FROM news.story_merge GROUP BY story_id)
SELECT 'news.story_merge' AS subject, count(*) AS measured, 0 AS expected, 'stories that are merged into one that is itself merged' AS detail, min(m.story_id, 5) AS examples
FROM merged AS m JOIN merged AS n ON n.story_id = m.merged_into
HAVING count(*) > 0
UNION ALL
SELECT 'news.copy', count(*), 0, 'copies of themselves, or whose shares are none', min(article_id, 5)
FROM news.copy WHERE article_id = of_article_id OR containment NOT BETWEEN 0 AND 1 OR of_containment NOT BETWEEN 0 AND 1
HAVING count(*) > 0
UNION ALL
SELECT 'news.story_center', count(*), 0, 'stories whose most central article is in another story', min(c.story_id, 5)
FROM (SELECT story_id, arg_max(article_id, batch_id) AS article_id FROM news.story_center GROUP BY story_id) AS c
JOIN news.story_article AS a ON a.article_id = c.article_id
LEFT JOIN merged AS m ON m.story_id = a.story_id
LEFT JOIN merged AS k ON k.story_id = c.story_id
WHERE coalesce(m.merged_into, a.story_id) <> coalesce(k.merged_into, c.story_id)
HAVING count(*) > 0
