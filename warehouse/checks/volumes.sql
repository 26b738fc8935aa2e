-- title: Sources bring as much as they always did
-- severity: warning
-- do: Fewer: has the source moved, or does it show only a part (wirehouse feeds check NAME, wirehouse rejects --source NAME)? More: do its pages repeat, or is an old stock read?
WITH begun AS (  -- the first whole day
  SELECT source, greatest(begun_at::DATE + 1, $now::DATE - ($past_days + $recent_days)::INTEGER) AS day FROM source_begun
), days AS (  -- each whole day on which the source was looked at, also if it had nothing
  SELECT l.source, l.looked_at::DATE AS day FROM looked AS l JOIN begun AS b ON b.source = l.source
  WHERE l.looked_at::DATE > b.day AND l.looked_at::DATE < $now::DATE GROUP BY ALL
), counted AS (
  SELECT d.source, d.day, $now::DATE - d.day AS ago, coalesce(a.n, 0) AS n
  FROM days AS d LEFT JOIN (SELECT source, first_seen_at::DATE AS day, count(*) AS n FROM arrival GROUP BY ALL) AS a ON a.source = d.source AND a.day = d.day
), usual AS (  -- what each weekday brings
  SELECT source, isodow(day) AS weekday, avg(n) AS n, count(*) AS days FROM counted WHERE ago > $recent_days GROUP BY ALL
), against AS (
  SELECT c.source, c.day, c.ago, c.n, u.n AS usual, u.days FROM counted AS c JOIN usual AS u ON u.source = c.source AND u.weekday = isodow(c.day) WHERE u.n > 0
), dispersed AS (  -- how much more its days differ than chance has it (Pearson's chi-square over its degrees of freedom)
  SELECT source, greatest(1, sum((n - usual) ** 2 / usual) / (count(*) - 7)) AS phi, max(n) AS most FROM against WHERE ago > $recent_days
  GROUP BY source HAVING count(*) >= $fewest_days
), of_day AS (
  SELECT a.source, 'day' AS span, a.n, a.usual, d.most
  FROM against AS a JOIN dispersed AS d ON d.source = a.source
  JOIN days AS before ON before.source = a.source AND before.day = $now::DATE - 2  -- after a day unseen two come at once
  WHERE a.ago = 1 AND a.usual >= $least_usual AND a.days >= $fewest_periods AND 2 * abs(sqrt(a.n) - sqrt(a.usual)) >= $day_z * sqrt(d.phi)
    AND (a.n <= a.usual * $day_least OR (a.n >= a.usual * $day_most AND a.n >= d.most * $day_beyond))
), weeks AS (
  SELECT source, (ago - 1) // 7 AS ago, sum(n) / count(*) * 7 AS n, count(*) AS days FROM counted GROUP BY ALL HAVING count(*) >= 5
), of_week AS (
  SELECT source, 'week' AS span, any_value(n) FILTER (ago = 0) AS n, avg(n) FILTER (ago > 0) AS usual, max(n) FILTER (ago > 0) AS most, min(n) FILTER (ago > 0) AS least
  FROM weeks GROUP BY source HAVING count(*) FILTER (ago > 0) >= $fewest_weeks
)
SELECT
  source || ': ' || span AS subject, n AS measured, round(usual, 1) AS expected,
  format('articles in its last whole {}; {} before it brought {:.0f}, at most {:.0f}', span, CASE span WHEN 'day' THEN 'such days' ELSE 'the weeks' END, usual, most) AS detail,
  [] AS examples
FROM (
  SELECT source, span, n, usual, most FROM of_day
  UNION ALL
  SELECT source, span, n, usual, most FROM of_week
  WHERE usual >= $least_usual AND (n <= least * $week_least OR n >= most * $week_most)
)
QUALIFY row_number() OVER (PARTITION BY source ORDER BY span) = 1
