-- The members of an archive file have got new places, and what was to be taken out of it is gone with the old file.
UPDATE ops.raw SET archive = m.archive, archive_offset = m.archive_offset FROM moved AS m WHERE raw.raw_id = m.raw_id AND raw.archive = m.was;
UPDATE ops.withheld SET archive = NULL WHERE archive IN (SELECT name FROM emptied);
