DELETE FROM ops.migration WHERE version = ?
