SELECT archive, archive_offset, archive_length FROM ops.raw WHERE raw_id = $raw_id AND archive <> ''
