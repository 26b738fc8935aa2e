SELECT run_id FROM ops.run WHERE state = 'running'
