-- The rows of news.current of the articles in `touched`, as they should be.
CREATE OR REPLACE TEMP TABLE derived AS
WITH latest AS (  -- the group of each article that joined one
  SELECT article_id, arg_max(group_id, version) AS group_id FROM news.copy_group GROUP BY article_id
), groups AS (
  SELECT group_id FROM latest WHERE article_id IN (FROM touched) UNION SELECT group_id FROM latest WHERE group_id IN (FROM touched)
), members AS (
  SELECT article_id, group_id FROM latest WHERE group_id IN (FROM groups) UNION SELECT group_id, group_id FROM groups
), concerned AS (
  SELECT article_id FROM touched UNION SELECT article_id FROM members
), told AS (
  SELECT
    a.article_id, v.version, a.source, a.outlet, coalesce(v.published_at, a.first_seen_at) AS sort_at, v.published_at, v.published_precision,
    a.first_seen_at, v.change_kind, v.note_kind
  FROM news.article AS a JOIN news.version AS v ON v.article_id = a.article_id AND v.valid_to IS NULL
  WHERE a.article_id IN (FROM concerned) AND v.article_id IN (FROM concerned)
), copied AS (  -- of which half or more stood in another article before
  SELECT DISTINCT c.article_id FROM news.copy AS c JOIN told AS t ON t.article_id = c.article_id AND t.version = c.version WHERE c.containment >= 0.5
), firsts AS (  -- where all of a group are copies of one another by some sign, the first one is its original
  SELECT arg_min(t.article_id, (t.sort_at, t.first_seen_at, t.article_id)) AS article_id
  FROM members AS m JOIN told AS t ON t.article_id = m.article_id
  LEFT JOIN copied AS c ON c.article_id = m.article_id
  GROUP BY m.group_id HAVING bool_and(c.article_id IS NOT NULL)
), merged AS (
  SELECT story_id, arg_max(merged_into, batch_id) AS merged_into FROM news.story_merge GROUP BY story_id
)
SELECT
  t.article_id, t.version, t.source, t.outlet, t.sort_at, t.published_at, t.published_precision, t.first_seen_at,
  t.article_id NOT IN (SELECT article_id FROM copied) OR t.article_id IN (SELECT article_id FROM firsts) AS is_original,
  coalesce(l.group_id, t.article_id) AS copy_group, coalesce(m.merged_into, s.story_id) AS story_id,
  CASE
    WHEN t.change_kind = 'retraction' OR t.note_kind = 'retraction' THEN 'retracted'
    WHEN t.note_kind = 'correction' OR t.article_id IN (SELECT article_id FROM news.version WHERE change_kind = 'correction') THEN 'corrected'
    ELSE 'live'
  END AS state
FROM told AS t
LEFT JOIN latest AS l ON l.article_id = t.article_id
LEFT JOIN news.story_article AS s ON s.article_id = t.article_id
LEFT JOIN merged AS m ON m.story_id = s.story_id
WHERE t.article_id IN (FROM touched)
