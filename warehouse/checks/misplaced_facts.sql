-- title: Each fact's text is what stands at its characters
-- severity: error
-- do: Read the facts of these articles anew: wirehouse reprocess ID --stage extract.
SELECT
  fact AS subject, count(*) AS measured, 0 AS expected, 'facts that do not match their characters' AS detail,
  min(DISTINCT article_id, 5) AS examples
FROM mart.misplaced_facts SEMI JOIN news.version USING (article_id, version)
GROUP BY fact
