-- title: No source has more refused than it always had
-- severity: warning
-- do: wirehouse rejects --source NAME says why; the bytes are kept, so that they can be read again after a fix.
SELECT
  source AS subject, share AS measured, past_share AS expected,
  format('share of its last {} items that were refused; of the {} before them, {:.0f} %, in the worst week {:.0f} %', n, past_n, 100 * past_share, 100 * worst) AS detail,
  examples
FROM drift WHERE kind = 'reject'
