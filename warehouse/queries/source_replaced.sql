DELETE FROM ops.source WHERE source = $source AND rowid <> (SELECT max(rowid) FROM ops.source WHERE source = $source)
