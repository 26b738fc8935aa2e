INSERT INTO ops.check_result BY NAME SELECT * FROM results
