SELECT raw_id, archive_offset, archive_length FROM ops.raw WHERE archive = $archive ORDER BY archive_offset
