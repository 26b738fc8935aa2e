-- The copy says of itself what it is of.
CREATE SCHEMA slim.mart;
CREATE TABLE slim.mart.exported AS
SELECT timezone('UTC', now()) AS exported_at, $source::VARCHAR AS source, $since::DATE AS since, $until::DATE AS until
