-- Where news may be missing.
CREATE OR REPLACE VIEW mart.gaps AS
SELECT source, kind, silent_since, opened_at, closed_at, expected, reason FROM ops.gap;
COMMENT ON VIEW mart.gaps IS 'Where news may be missing: sources that were silent against their own past, and feeds that were read too late';
COMMENT ON COLUMN mart.gaps.source IS 'The source';
COMMENT ON COLUMN mart.gaps.kind IS 'silent (a feed), idle (a folder), or overrun (all that a feed listed was new: older entries may have gone by unseen)';
COMMENT ON COLUMN mart.gaps.silent_since IS 'The last entry, or for an overrun the last poll, before the gap, UTC';
COMMENT ON COLUMN mart.gaps.opened_at IS 'When it was noticed, UTC';
COMMENT ON COLUMN mart.gaps.closed_at IS 'When entries came again, UTC; NULL while it is open';
COMMENT ON COLUMN mart.gaps.expected IS 'Entries or articles that the source''s past let expect in that time';
COMMENT ON COLUMN mart.gaps.reason IS 'What is known of the cause';
