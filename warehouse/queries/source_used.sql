INSERT INTO ops.source (source, kind, root, outlet, country, language, timezone, owner_group, archive, after, first_used_at)
SELECT $source, $kind, $root, $outlet, $country, $language, $timezone, $owner_group, $archive, $after, coalesce(
  (SELECT min(first_used_at) FROM ops.source WHERE source = $source), $used_at)
