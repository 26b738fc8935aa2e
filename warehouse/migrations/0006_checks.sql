-- What the checks found, and silences of folders.
CREATE TABLE ops.check_result (
  run_id VARCHAR NOT NULL, name VARCHAR NOT NULL, state VARCHAR NOT NULL, severity VARCHAR NOT NULL, subject VARCHAR, measured DOUBLE, expected DOUBLE,
  detail VARCHAR NOT NULL, examples VARCHAR[] NOT NULL, checked_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE ops.check_result IS 'What each check found: a row for each subject that did not pass, or one for a check that passed';
COMMENT ON COLUMN ops.check_result.run_id IS 'The run of the checks';
COMMENT ON COLUMN ops.check_result.name IS 'The check (wirehouse check --list tells what each is)';
COMMENT ON COLUMN ops.check_result.state IS 'passed, warned or failed';
COMMENT ON COLUMN ops.check_result.severity IS 'What the check''s findings are: error (the warehouse is not sound) or warning (the news may not be)';
COMMENT ON COLUMN ops.check_result.subject IS 'What it is about: a table, a source, a run, a file; NULL if it passed';
COMMENT ON COLUMN ops.check_result.measured IS 'What was measured';
COMMENT ON COLUMN ops.check_result.expected IS 'What was expected in its place';
COMMENT ON COLUMN ops.check_result.detail IS 'What is wrong, in words; of a check that passed, what it makes sure of';
COMMENT ON COLUMN ops.check_result.examples IS 'Some of the rows concerned, by their identifiers';
COMMENT ON COLUMN ops.check_result.checked_at IS 'When the checks began, UTC';

COMMENT ON TABLE ops.gap IS 'Where news may be missing: a source silent against its own past, or a feed read too late';
COMMENT ON COLUMN ops.gap.source IS 'The source';
COMMENT ON COLUMN ops.gap.kind IS 'silent (a feed had nothing new for much longer than usual), idle (the same of a folder; the checks find it), or overrun (all that a feed listed was new: older entries may have gone by unseen)';
