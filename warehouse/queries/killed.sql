UPDATE ops.run SET state = 'killed', message = 'its process died; its committed batches stand, and the next run of the same input does the rest' WHERE run_id = ?
