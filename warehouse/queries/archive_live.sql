-- How much of each archive file is still referred to, in bytes.
SELECT archive, sum(archive_length)::BIGINT FROM ops.raw WHERE archive <> '' GROUP BY archive
