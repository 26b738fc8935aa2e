SELECT
  (SELECT count(*) FROM ops.batch), (SELECT count(*) FROM ops.raw), (SELECT count(*) FROM ops.identity), (SELECT count(*) FROM news.article),
  (SELECT count(*) FROM news.version), (SELECT count(*) FROM news.print), (SELECT count(*) FROM news.sighting), (SELECT count(*) FROM news.mention)
