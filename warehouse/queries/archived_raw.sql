SELECT DISTINCT r.raw_id FROM ops.raw AS r SEMI JOIN wanted AS w ON w.raw_id = r.raw_id WHERE r.archive <> ''
