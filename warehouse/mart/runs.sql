-- Each run's books.
CREATE OR REPLACE VIEW mart.runs AS
SELECT
  run_id, flow, state, started_at, ended_at, date_diff('millisecond', started_at, ended_at) / 1000 AS seconds,
  fetched, new, revised, seen, held, rejected, copies, fetched = new + revised + seen + held + rejected AS balanced,
  unchanged_files, message, arguments, code_version, prefect_run_id
FROM ops.run;
COMMENT ON VIEW mart.runs IS 'Each run and its books: fetched = new + revised + seen + held + rejected';
COMMENT ON COLUMN mart.runs.run_id IS 'Identifier of the run; sorts by time';
COMMENT ON COLUMN mart.runs.flow IS 'ingest, poll or reprocess';
COMMENT ON COLUMN mart.runs.state IS 'running, completed, failed or killed';
COMMENT ON COLUMN mart.runs.started_at IS 'When it started, UTC';
COMMENT ON COLUMN mart.runs.ended_at IS 'When it ended, UTC';
COMMENT ON COLUMN mart.runs.seconds IS 'How long it took';
COMMENT ON COLUMN mart.runs.fetched IS 'Items read, those of unchanged files among them';
COMMENT ON COLUMN mart.runs.new IS 'Articles never seen before';
COMMENT ON COLUMN mart.runs.revised IS 'New versions of known articles';
COMMENT ON COLUMN mart.runs.seen IS 'Items that were known already';
COMMENT ON COLUMN mart.runs.held IS 'Items under embargo';
COMMENT ON COLUMN mart.runs.rejected IS 'Items refused';
COMMENT ON COLUMN mart.runs.copies IS 'Of the new: texts that another outlet had before';
COMMENT ON COLUMN mart.runs.balanced IS 'Whether every item ended in exactly one place';
COMMENT ON COLUMN mart.runs.unchanged_files IS 'Files not read again because nothing about them changed; 0 for polls';
COMMENT ON COLUMN mart.runs.message IS 'Why it failed';
COMMENT ON COLUMN mart.runs.arguments IS 'What it was asked to do, as JSON';
COMMENT ON COLUMN mart.runs.code_version IS 'Version of Wirehouse that ran';
COMMENT ON COLUMN mart.runs.prefect_run_id IS 'The Prefect flow run, if it was one';
