SELECT source, kind, root, outlet, country, language, timezone, owner_group FROM ops.source ORDER BY source
