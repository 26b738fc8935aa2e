SELECT source, kind, root, outlet, country, language, timezone, owner_group, archive, after FROM ops.source ORDER BY source
