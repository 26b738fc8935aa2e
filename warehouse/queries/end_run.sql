UPDATE ops.run SET
  ended_at = $ended_at, state = $state, message = $message, fetched = $fetched, new = $new, revised = $revised, seen = $seen, held = $held,
  rejected = $rejected, copies = $copies, unchanged_files = $unchanged_files, seen_unchanged = $seen_unchanged, rejected_unchanged = $rejected_unchanged
WHERE run_id = $run_id
