-- title: Files that sources keep themselves (archive = "reference") are still there, and unchanged
-- severity: warning
-- do: Put the files back; or let Wirehouse keep the bytes of such sources itself, with archive = "keep".
-- deep: yes
SELECT raw_id, uri FROM ops.raw WHERE archive = '' AND raw_id NOT IN (SELECT raw_id FROM ops.withheld) ORDER BY uri
