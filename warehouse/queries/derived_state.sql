SELECT batch_id, counts FROM ops.derived
