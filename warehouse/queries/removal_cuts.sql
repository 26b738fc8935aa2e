-- Payloads that others came from as well, with the records that are to go: those of one format that can do without a record.
SELECT
  g.raw_id, g.archive, g.archive_offset, g.archive_length, g.uri, g.media_type, g.fetched_at, g.truncated, any_value(v.format), list(DISTINCT i.record)
FROM gone_raw AS g
JOIN gone_item AS i ON i.raw_id = g.raw_id
LEFT JOIN (SELECT article_id, any_value(format) AS format, count(DISTINCT format) AS formats FROM news.version GROUP BY article_id) AS v
  ON v.article_id = i.article_id AND v.formats = 1
WHERE NOT g.alone AND g.archive <> '' AND g.n_bytes <= $most
GROUP BY ALL
HAVING count(DISTINCT v.format) = 1 AND bool_and(v.format IS NOT NULL AND v.format IN ('jsonl', 'csv') AND i.record >= 0 AND NOT contains(i.path, '!/'))
