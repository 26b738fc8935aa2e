-- A run's books, each term from its own rows. Files that did not change are counted by the rows of the run that read them.
SELECT
  (SELECT coalesce(sum(n_items), 0) FROM ops.file WHERE run_id = $run_id)
    + (SELECT coalesce(sum(n_items), 0) FROM ops.fetch WHERE run_id = $run_id)
    + (SELECT count(*) FROM ops.reject WHERE run_id = $run_id AND stage = 'fetch') + $seen_unchanged + $rejected_unchanged AS fetched,
  (SELECT count(*) FROM news.article WHERE run_id = $run_id) AS new,
  (SELECT count(*) FROM news.version WHERE run_id = $run_id AND version > 1 AND change_kind <> 'completed') AS revised,
  (SELECT count(*) FROM news.sighting WHERE run_id = $run_id AND verdict = 'seen')
    + (SELECT coalesce(sum(n_known), 0) FROM ops.fetch WHERE run_id = $run_id) + $seen_unchanged AS seen,
  (SELECT count(*) FROM news.sighting WHERE run_id = $run_id AND verdict = 'held') AS held,
  (SELECT count(*) FROM ops.reject WHERE run_id = $run_id)
    + (SELECT coalesce(sum(n_refused), 0) FROM ops.fetch WHERE run_id = $run_id) + $rejected_unchanged AS rejected,
  (
    SELECT count(DISTINCT c.article_id) FROM news.copy AS c JOIN news.article AS a ON a.article_id = c.article_id
    WHERE a.run_id = $run_id AND c.containment >= 0.5
  ) AS copies
