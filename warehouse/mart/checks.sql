-- Of each check the results of the last run that had it.
CREATE OR REPLACE VIEW mart.checks AS
SELECT c.name, c.state, c.severity, c.subject, c.measured, c.expected, c.detail, c.examples, c.checked_at, c.run_id
FROM ops.check_result AS c
JOIN (SELECT name, max(checked_at) AS checked_at FROM ops.check_result GROUP BY name) AS l ON l.name = c.name AND l.checked_at = c.checked_at;
COMMENT ON VIEW mart.checks IS 'What each check found last: a row for each subject that did not pass, or one for a check that passed';
COMMENT ON COLUMN mart.checks.name IS 'The check (wirehouse check --list tells what each is)';
COMMENT ON COLUMN mart.checks.state IS 'passed, warned or failed';
COMMENT ON COLUMN mart.checks.severity IS 'What its findings are: error (the warehouse is not sound) or warning (the news may not be)';
COMMENT ON COLUMN mart.checks.subject IS 'What it is about: a table, a source, a run, a file; NULL if the check passed';
COMMENT ON COLUMN mart.checks.measured IS 'What was measured';
COMMENT ON COLUMN mart.checks.expected IS 'What was expected in its place';
COMMENT ON COLUMN mart.checks.detail IS 'What is wrong, in words; of a check that passed, what it makes sure of';
COMMENT ON COLUMN mart.checks.examples IS 'Some of the rows concerned, by their identifiers';
COMMENT ON COLUMN mart.checks.checked_at IS 'When it was checked, UTC';
COMMENT ON COLUMN mart.checks.run_id IS 'The run that checked it';
