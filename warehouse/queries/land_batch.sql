-- The ledger of one batch.
INSERT INTO ops.batch BY NAME SELECT * FROM batch;
