-- Versions whose words were read anew, and whose copies have not been measured since.
SELECT article_id, version FROM ops.reading WHERE ends_with(detail, $due) ORDER BY article_id, version LIMIT $most
