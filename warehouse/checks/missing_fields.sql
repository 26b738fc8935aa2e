-- title: Sources state titles, dates, bylines, addresses and languages as they always did
-- severity: warning
-- do: The source has changed its pages or files: look at one of the examples (wirehouse where ID), and at what its publisher has changed.
SELECT
  source || ': ' || habit AS subject, share AS measured, past_share AS expected,
  format('share of its last {} articles without {}; of the {} before them, {:.0f} %, in the worst week {:.0f} %', n, habit, past_n, 100 * past_share, 100 * worst) AS detail,
  examples
FROM drift WHERE kind = 'missing'
