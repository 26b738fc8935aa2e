-- title: Sources date their articles as they always did
-- severity: warning
-- do: The source states its dates in another form, or sends old articles: compare an example (wirehouse where ID) with what its publisher shows.
SELECT
  source || ': ' || habit AS subject, share AS measured, past_share AS expected,
  format('share of its last {} articles; of the {} before them, {:.0f} %, in the worst week {:.0f} %', n, past_n, 100 * past_share, 100 * worst) AS detail,
  examples
FROM drift WHERE kind = 'dates'
UNION ALL
SELECT
  source || ': lag', lag_s / 3600, past_lag_s / 3600,
  format('hours between publication and arrival (median) of its last {} articles; in the slowest week before {:.1f}', n, worst_s / 3600), []
FROM (
  SELECT
    source, count(lag_s) FILTER (ago = 0) AS n, median(lag_s) FILTER (ago = 0) AS lag_s, count(lag_s) FILTER (ago > 0) AS past_n,
    median(lag_s) FILTER (ago > 0) AS past_lag_s
  FROM arrival GROUP BY source
) JOIN (
  SELECT source, max(lag_s) AS worst_s, count(*) AS periods
  FROM (SELECT source, median(lag_s) AS lag_s FROM arrival WHERE ago > 0 GROUP BY source, ago HAVING count(lag_s) >= $fewest_each) GROUP BY source
) USING (source)
WHERE n >= $fewest_recent AND past_n >= $fewest_past AND periods >= $fewest_periods
  AND lag_s >= past_lag_s + 3600 * $least_lag_h AND lag_s >= $times_lag * worst_s
