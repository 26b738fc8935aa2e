-- title: Sources write in the languages that they always wrote in
-- severity: warning
-- do: The source has another edition now, or its text is no text any more (a consent page, a menu): look at one of the examples (wirehouse where ID).
SELECT
  source || ': ' || habit AS subject, share AS measured, past_share AS expected,
  format('share of its last {} articles in this language; of the {} before them, {:.0f} %', n, past_n, 100 * past_share) AS detail,
  examples
FROM drift WHERE kind = 'language'
