-- title: Each payload in the archive has the bytes that its number stands for
-- severity: error
-- do: Put the archive file back from a backup (wirehouse restore). What was read from these bytes stands in the warehouse and can be queried.
-- deep: yes
SELECT raw_id, archive, archive_offset, archive_length
FROM ops.raw WHERE archive <> '' AND raw_id NOT IN (SELECT raw_id FROM ops.withheld)
ORDER BY archive, archive_offset
