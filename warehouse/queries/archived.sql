SELECT archive, max(archive_offset + archive_length) FROM ops.raw WHERE archive <> '' GROUP BY archive
