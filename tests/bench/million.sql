-- Many articles out of the few of seeds/: one part to begin with, one for each span of articles from $first to $last, one to
-- end with. Every choice is a hash of the article's number or of its story, so that the same warehouse comes out each time.

-- part: begin
SET VARIABLE days = (SELECT greatest(30, 730 * getvariable('articles') // 1000000));
SET VARIABLE ends = TIMESTAMP '2026-11-01';
SET VARIABLE begins = (SELECT getvariable('ends') - to_days(getvariable('days')::INTEGER));

CREATE TEMP MACRO chance(what, who) AS (hash(what, who) % 1000003) / 1000003.0;
CREATE TEMP MACRO among(most, what, who) AS floor(pow(most, chance(what, who)))::BIGINT;  -- 1, 2, …: Zipf-like
CREATE TEMP MACRO word(n) AS ['ba','ke','li','mo','nu','ra','se','ti','vo','za','del','mar'][n % 12 + 1] || ['na','ro','ti','ku','le','sa','mi','do','vi'][(n // 12) % 9 + 1] || CASE WHEN n > 108 THEN ['n','s','ra','li','ko','ve'][(n // 108) % 6 + 1] ELSE '' END;
CREATE TEMP MACRO variants(kind) AS CASE kind WHEN 'p' THEN 400 WHEN 'o' THEN 150 ELSE 30 END;
CREATE TEMP MACRO variant(id, story) AS among(variants(id[1]), id, story) - 1;
CREATE TEMP MACRO entity(id, story) AS CASE variant(id, story) WHEN 0 THEN id ELSE id[1] || left(md5(id || variant(id, story)), 16) END;
CREATE TEMP MACRO called(name, n) AS CASE n WHEN 0 THEN name ELSE split_part(name, ' ', 1) || ' ' || upper(word(n)[1]) || word(n)[2:] END;

CREATE TEMP TABLE outlets AS
SELECT
  o, 'outlet-' || o AS source, ['The ', 'Daily ', 'Evening ', ''][o % 4 + 1] || upper(word(o)[1]) || word(o)[2:] || [' Post', ' Herald', ' Courier', ' Tribune', ' News'][o % 5 + 1] AS outlet,
  ['US','GB','CA','AU','IN','ZA','KE','NG','DE','FR','ES','BR','MX','AR','NO','SE','FI','PL','IT','NL','JP','KR','CN','NZ','IE','GH','EG','TR','CL','PT'][o % 30 + 1] AS country,
  CASE WHEN o % 3 = 0 THEN 'Group ' || o % 25 END AS owner_group
FROM range(300) AS r(o);

CREATE TEMP TABLE t_article AS SELECT row_number() OVER (ORDER BY article_id) - 1 AS t, article_id FROM news.article;
CREATE TEMP TABLE t_version AS SELECT t, v.* FROM news.version AS v JOIN t_article USING (article_id) WHERE valid_to IS NULL;
CREATE TEMP TABLE t_print AS SELECT t, every, facts, common, common_coarse, holds FROM news.print JOIN t_version USING (article_id, version);
CREATE TEMP TABLE t_terms AS SELECT t, terms, weights, fresh FROM news.story_terms JOIN t_article USING (article_id);
CREATE TEMP TABLE t_head_field AS SELECT t, f.* EXCLUDE (article_id, version, batch_id) FROM news.head_field AS f JOIN t_version USING (article_id, version);
CREATE TEMP TABLE t_extraction AS SELECT t, f.* EXCLUDE (article_id, version, batch_id) FROM news.extraction AS f JOIN t_version USING (article_id, version);
CREATE TEMP TABLE t_article_entity AS SELECT t, f.* EXCLUDE (article_id, version, batch_id) FROM news.article_entity AS f JOIN t_version USING (article_id, version);
CREATE TEMP TABLE t_mention AS SELECT t, f.* EXCLUDE (article_id, version, batch_id) FROM news.mention AS f JOIN t_version USING (article_id, version);
CREATE TEMP TABLE t_person_role AS SELECT t, f.* EXCLUDE (article_id, version, batch_id) FROM news.person_role AS f JOIN t_version USING (article_id, version);
CREATE TEMP TABLE t_place AS SELECT t, f.* EXCLUDE (article_id, version, batch_id) FROM news.place AS f JOIN t_version USING (article_id, version);
CREATE TEMP TABLE t_date_mention AS SELECT t, f.* EXCLUDE (article_id, version, batch_id) FROM news.date_mention AS f JOIN t_version USING (article_id, version);
CREATE TEMP TABLE t_quote AS SELECT t, f.* EXCLUDE (article_id, version, batch_id) FROM news.quote AS f JOIN t_version USING (article_id, version);
CREATE TEMP TABLE t_event AS SELECT t, f.* EXCLUDE (article_id, version, batch_id) FROM news.event AS f JOIN t_version USING (article_id, version);
CREATE TEMP TABLE t_keyword AS SELECT t, f.* EXCLUDE (article_id, version, batch_id) FROM news.keyword AS f JOIN t_version USING (article_id, version);
CREATE TEMP TABLE t_answer AS SELECT t, f.* EXCLUDE (article_id, version, batch_id) FROM news.answer AS f JOIN t_version USING (article_id, version);
CREATE TEMP TABLE t_entity AS SELECT * FROM news.entity;

SET VARIABLE templates = (SELECT count(*) FROM t_article);
SET VARIABLE base = (SELECT max(batch_id) + 1 FROM ops.batch);

INSERT INTO ops.source BY NAME
SELECT source, 'feed' AS kind, 'https://' || source || '.example/feed.xml' AS root, outlet, country, 'UTC' AS timezone, owner_group, 'keep' AS archive, getvariable('begins') AS first_used_at FROM outlets;

-- part: span
CREATE OR REPLACE TEMP TABLE made AS
WITH numbered AS (
  SELECT n, n // 1000 AS block, among(600, 'story', n) AS rank, hash('text', n) % 4 AS sub
  FROM range(getvariable('first'), getvariable('last')) AS r(n)
), grouped AS (
  SELECT *, min(n) OVER (PARTITION BY block, rank) AS opener, min(n) OVER (PARTITION BY block, rank, sub) AS root FROM numbered
), drawn AS (
  SELECT
    *, n <> root AND chance('copy', n) < 0.37 AS copied,
    getvariable('begins') + to_microseconds((getvariable('days') * 86400e6 * n / getvariable('articles') + 60e6 * chance('second', n))::BIGINT) AS came_at,
    floor(300 * pow(chance('outlet', n), 1.5))::BIGINT AS o, hash('revised', n) % 100 AS fate
  FROM grouped
)
SELECT
  d.n, left(md5('article ' || d.n), 16) AS article_id, d.opener AS story, 's' || left(md5('article ' || d.opener), 16) AS story_id,
  d.copied, CASE WHEN d.copied THEN d.root ELSE d.n END AS root, left(md5('article ' || d.root), 16) AS root_id,
  hash('template', d.block, d.rank) % getvariable('templates') AS t,
  s.source, s.outlet, d.came_at, d.came_at + to_seconds((600 * chance('seen', d.n))::BIGINT) AS seen_at, d.fate,
  CASE WHEN d.fate < 5 THEN NULL WHEN d.fate < 15 THEN 'day' ELSE 'second' END AS published_precision,
  getvariable('base') + d.n // 500 AS batch_id, 'bench-' || lpad((d.n // 5000)::VARCHAR, 6, '0') AS run_id,
  getvariable('base') + (getvariable('last') - 1) // 500 AS last_batch, 'bench-' || lpad(((getvariable('last') - 1) // 5000)::VARCHAR, 6, '0') AS last_run,
  'https://' || s.source || '.example/' || d.n || '/' || word(d.n % 400) AS url, sha256('raw ' || d.n) AS raw_id
FROM drawn AS d JOIN outlets AS s ON s.o = d.o;

-- The versions: of every twenty-fifth article there are two.
CREATE OR REPLACE TEMP TABLE told AS
SELECT
  *, 1 AS version, 'first' AS change_kind, seen_at AS valid_from,
  CASE WHEN fate >= 96 THEN seen_at + to_seconds((60 + 86400 * pow(chance('delay', n), 3))::BIGINT) END AS valid_to
FROM made
UNION ALL BY NAME
SELECT
  * REPLACE (last_batch AS batch_id, last_run AS run_id), 2 AS version,
  CASE WHEN chance('kind', n) < 0.65 THEN 'content' WHEN chance('kind', n) < 0.8 THEN 'headline' WHEN chance('kind', n) < 0.9 THEN 'typo' WHEN chance('kind', n) < 0.98 THEN 'correction' ELSE 'retraction' END AS change_kind,
  seen_at + to_seconds((60 + 86400 * pow(chance('delay', n), 3))::BIGINT) AS valid_from, NULL AS valid_to
FROM made WHERE fate >= 96;

INSERT INTO ops.run BY NAME
SELECT
  run_id, 'poll' AS flow, '{}' AS arguments, 'bench' AS code_version, min(seen_at) AS started_at, max(seen_at) AS ended_at, 'completed' AS state,
  count(*) AS fetched, count(*) FILTER (version = 1) AS new, count(*) FILTER (version = 2) AS revised, 0 AS seen, 0 AS held, 0 AS rejected,
  count(*) FILTER (copied AND version = 1) AS copies, 0 AS unchanged_files, 0 AS seen_unchanged, 0 AS rejected_unchanged
FROM told GROUP BY run_id ORDER BY run_id;
INSERT INTO ops.batch BY NAME
SELECT batch_id, any_value(run_id) AS run_id, count(*) AS payloads, count(*) AS items, max(seen_at) AS landed_at FROM told GROUP BY batch_id ORDER BY batch_id;
INSERT INTO ops.raw BY NAME
SELECT raw_id, '' AS archive, 0 AS archive_offset, 0 AS archive_length, 2000 AS n_bytes, 'text/html' AS media_type, url AS uri, seen_at AS fetched_at, false AS truncated, batch_id FROM made;
INSERT INTO ops.identity BY NAME
SELECT kind, scope, key, hash(kind, scope, key) AS key_hash, article_id, batch_id
FROM (
  SELECT unnest(['url', 'guid', 'text', 'content']) AS kind, unnest(['', source, outlet, '']) AS scope, unnest([url, 'g' || n, sha256('text ' || root), sha256('text ' || root)]) AS key, article_id, batch_id, copied FROM made
) WHERE NOT (copied AND kind = 'content');
INSERT INTO ops.entry BY NAME
SELECT source, hash('entry', n) AS print, article_id, seen_at, CASE WHEN seen_at < getvariable('ends') - INTERVAL 1 DAY THEN seen_at + INTERVAL 30 HOUR END AS vanished_at, 0 AS tries, batch_id FROM made;

INSERT INTO news.article BY NAME SELECT article_id, source, outlet, seen_at AS first_seen_at, run_id, batch_id FROM made;
INSERT INTO news.version BY NAME
SELECT
  v.* EXCLUDE (t) REPLACE (
    m.article_id AS article_id, m.version AS version, m.valid_from AS valid_from, m.valid_to AS valid_to, m.change_kind AS change_kind,
    CASE WHEN m.version = 2 THEN chance('share', m.n) * 0.3 END AS changed_share,
    coalesce(v.title, 'A report') || ', ' || word(m.story % 600) || CASE WHEN m.version = 2 THEN ' (updated)' ELSE '' END AS title, m.url AS url,
    v.text || chr(10) || chr(10) || 'Filed as number ' || m.root || ' for ' || word(m.root % 633) || ' and ' || word(m.root % 601) || CASE WHEN m.version = 2 THEN ', updated since.' ELSE '.' END AS text,
    CASE m.published_precision WHEN 'day' THEN date_trunc('day', m.came_at) WHEN 'second' THEN m.came_at END AS published_at,
    m.published_precision AS published_precision, CASE WHEN m.published_precision IS NOT NULL THEN 'feed' END AS published_from,
    CASE WHEN m.published_precision IS NOT NULL THEN 0.95 END AS published_confidence,
    ['World', 'City', 'Business', 'Sport', 'Science', 'Culture', 'Opinion'][(hash('section', m.story) % 7)::INTEGER + 1] AS section,
    sha256('text ' || m.root || m.version) AS content_hash, sha256('version ' || m.n || m.version) AS version_hash,
    m.raw_id AS raw_id, 0 AS record, m.run_id AS run_id, m.batch_id AS batch_id,
    CASE WHEN m.change_kind IN ('correction', 'retraction') THEN 'This article was corrected to give the right figure for ' || word(m.n % 500) || '.' END AS note,
    CASE WHEN m.change_kind IN ('correction', 'retraction') THEN m.change_kind END AS note_kind
  )
FROM told AS m JOIN t_version AS v ON v.t = m.t;
INSERT INTO news.print BY NAME
SELECT m.article_id, m.version, 8 AS every, list_sort(list_transform(range(24), lambda i: (hash(i, m.root, m.version) >> 3) << 3)) AS sample, m.batch_id, p.facts, m.n * 2 + m.version + 1000 AS seq, 0 AS common, 0 AS common_coarse, false AS holds
FROM told AS m JOIN t_print AS p ON p.t = m.t;
INSERT INTO news.sighting BY NAME
SELECT article_id, version, CASE version WHEN 1 THEN 'new' ELSE 'revised' END AS verdict, CASE version WHEN 2 THEN 'guid' END AS matched_by, source, 'https://' || source || '.example/feed.xml' AS path, 0 AS record, 'g' || n AS guid, url, raw_id, valid_from AS seen_at, run_id, batch_id FROM told;
INSERT INTO news.copy BY NAME
SELECT
  c.article_id, c.root_id AS of_article_id, CASE WHEN c.change_kind NOT IN ('first', 'headline', 'typo') THEN 'update' ELSE ['exact', 'near', 'near', 'excerpt', 'update'][(hash('relation', c.n) % 5)::INTEGER + 1] END AS relation,
  0.5 + 0.5 * chance('containment', c.n) AS containment, hash('credited', c.n) % 3 <> 0 AS credited, epoch(c.came_at - o.came_at)::BIGINT AS delay_s, c.batch_id,
  c.version, 1 AS of_version, 0.4 + 0.6 * chance('of', c.n) AS of_containment, 150 AS shared_words, CASE WHEN hash('credited', c.n) % 3 <> 0 THEN o.outlet END AS credit
FROM told AS c JOIN made AS o ON o.n = c.root WHERE c.copied;
INSERT INTO news.copy_group BY NAME SELECT article_id, version, root_id AS group_id, root_id AS of_article_id, batch_id FROM told WHERE copied;
INSERT INTO news.story_article BY NAME
SELECT article_id, story_id, CASE WHEN n = story THEN 0 ELSE 0.2 + 0.6 * chance('score', n) END AS score, CASE WHEN n = story THEN 'nothing like it within 10 days' ELSE 'the nearest story' END AS reason, n + 100 AS number, came_at AS sort_at, seen_at AS added_at, batch_id FROM made;
INSERT INTO news.story_terms BY NAME
SELECT m.article_id, list_sort(list_transform(t.terms, lambda x: xor(x, (hash(m.story) % 1000000007)::UINTEGER))) AS terms, t.weights, t.fresh, m.batch_id FROM made AS m JOIN t_terms AS t ON t.t = m.t;
INSERT INTO news.story_merge BY NAME  -- a story in fifty turns out to be another one
SELECT story_id, any_value(into_id) AS merged_into, 0.7 AS score, 'alike' AS reason, max(seen_at) AS merged_at, max(last_batch) AS batch_id
FROM (SELECT *, first_value(story_id) OVER (PARTITION BY n // 1000 ORDER BY n) AS into_id FROM made) WHERE hash('merge', story) % 50 = 0 AND into_id < story_id AND into_id NOT IN (SELECT 's' || left(md5('article ' || story), 16) FROM made WHERE hash('merge', story) % 50 = 0) GROUP BY story_id ORDER BY story_id;
INSERT INTO news.story_center BY NAME
SELECT story_id, max(article_id) AS article_id, max(batch_id) AS batch_id FROM made GROUP BY story_id HAVING count(*) > 2 ORDER BY story_id;

INSERT INTO news.head_field BY NAME SELECT f.* EXCLUDE (t), m.article_id, m.version, m.batch_id FROM told AS m JOIN t_head_field AS f ON f.t = m.t;
INSERT INTO news.extraction BY NAME SELECT f.* EXCLUDE (t), m.article_id, m.version, m.batch_id FROM told AS m JOIN t_extraction AS f ON f.t = m.t;
INSERT INTO news.article_entity BY NAME
SELECT f.* EXCLUDE (t) REPLACE (entity(f.entity_id, m.story) AS entity_id, called(f.name, variant(f.entity_id, m.story)) AS name), m.article_id, m.version, m.batch_id FROM told AS m JOIN t_article_entity AS f ON f.t = m.t;
INSERT INTO news.mention BY NAME SELECT f.* EXCLUDE (t) REPLACE (entity(f.entity_id, m.story) AS entity_id), m.article_id, m.version, m.batch_id FROM told AS m JOIN t_mention AS f ON f.t = m.t;
INSERT INTO news.person_role BY NAME SELECT f.* EXCLUDE (t) REPLACE (entity(f.entity_id, m.story) AS entity_id), m.article_id, m.version, m.batch_id FROM told AS m JOIN t_person_role AS f ON f.t = m.t;
INSERT INTO news.place BY NAME
SELECT
  f.* EXCLUDE (t, v, story) REPLACE (
    CASE WHEN v = 0 THEN entity_id ELSE 'l' || left(md5(entity_id || v), 16) END AS entity_id, called(name, v) AS name, geonames_id + 20000000 * v AS geonames_id,
    round(greatest(-60, least(70, lat + 0.31 * v)), 4) AS lat, round(lon + 0.17 * v, 4) AS lon
  )
FROM (SELECT f.*, m.article_id, m.version, m.batch_id, m.story, CASE WHEN f.kind = 'city' THEN among(30, coalesce(f.entity_id, f.name), m.story) - 1 ELSE 0 END AS v FROM told AS m JOIN t_place AS f ON f.t = m.t) AS f;
INSERT INTO news.date_mention BY NAME SELECT f.* EXCLUDE (t), m.article_id, m.version, m.batch_id FROM told AS m JOIN t_date_mention AS f ON f.t = m.t;
INSERT INTO news.quote BY NAME
SELECT
  f.* EXCLUDE (t) REPLACE (
    left(md5(f.quote_key || m.root), 16) AS quote_key, CASE WHEN f.speaker_id[1] = 'p' THEN called(f.speaker, variant(f.speaker_id, m.story)) ELSE f.speaker END AS speaker, entity(f.speaker_id, m.story) AS speaker_id
  ), m.article_id, m.version, m.batch_id
FROM told AS m JOIN t_quote AS f ON f.t = m.t;
INSERT INTO news.event BY NAME
SELECT f.* EXCLUDE (t) REPLACE (entity(f.actor_id, m.story) AS actor_id, entity(f.target_id, m.story) AS target_id), m.article_id, m.version, m.batch_id FROM told AS m JOIN t_event AS f ON f.t = m.t;
INSERT INTO news.keyword BY NAME
SELECT f.* EXCLUDE (t) REPLACE (CASE WHEN hash(f.term) % 3 = 0 THEN f.term ELSE f.term || ' ' || word(among(300, f.term, m.story)) END AS term), m.article_id, m.version, m.batch_id FROM told AS m JOIN t_keyword AS f ON f.t = m.t;
INSERT INTO news.answer BY NAME SELECT f.* EXCLUDE (t), m.article_id, m.version, m.batch_id FROM told AS m JOIN t_answer AS f ON f.t = m.t;

INSERT INTO ops.fetch BY NAME  -- each feed once an hour
SELECT
  source, 'feed' AS kind, url, fetched_at, 0.3 AS seconds, outcome, CASE outcome WHEN 'unchanged' THEN 304 WHEN 'ok' THEN 200 WHEN 'http_error' THEN 503 END AS http_status,
  2000 AS n_bytes, CASE outcome WHEN 'ok' THEN 30 ELSE 0 END AS n_items, CASE outcome WHEN 'ok' THEN 28 ELSE 0 END AS n_known, 0 AS n_refused, CASE outcome WHEN 'ok' THEN 2 ELSE 0 END AS n_new,
  0 AS n_revised, 0 AS n_seen, 0 AS n_rejected, 0 AS n_vanished, fetched_at + INTERVAL 1 HOUR AS next_at, last_run AS run_id, last_batch AS batch_id
FROM (
  SELECT
    s.source, 'https://' || s.source || '.example/feed.xml' AS url, h.hour AS fetched_at, h.last_run, h.last_batch,
    CASE WHEN chance(s.o, h.hour) < 0.01 * (s.o % 7) THEN ['http_error', 'timeout', 'dns', 'malformed', 'reset'][(hash('what', s.o, h.hour) % 5)::INTEGER + 1] WHEN chance(h.hour, s.o) < 0.4 THEN 'ok' ELSE 'unchanged' END AS outcome
  FROM outlets AS s CROSS JOIN (
    SELECT unnest(generate_series(date_trunc('hour', min(came_at)) + INTERVAL 1 HOUR, date_trunc('hour', max(came_at)), INTERVAL 1 HOUR)) AS hour, max(last_run) AS last_run, max(last_batch) AS last_batch FROM made
  ) AS h ORDER BY h.hour, s.o
);
INSERT INTO ops.gap BY NAME
SELECT source, 'silent' AS kind, min(came_at) AS silent_since, min(came_at) + INTERVAL 5 HOUR AS opened_at, min(came_at) + INTERVAL 9 HOUR AS closed_at, 6.5 AS expected, 'nothing new' AS reason, min(batch_id) AS batch_id
FROM made WHERE hash(source, 'gap') % 9 = 0 GROUP BY source ORDER BY source;

-- part: end
INSERT INTO news.entity BY NAME
SELECT made_id AS entity_id, kind, key || ' ' || v AS key, hash(kind, key, v) AS key_hash, called(name, v) AS name, getvariable('base') AS batch_id
FROM (SELECT e.*, v, e.entity_id[1] || left(md5(e.entity_id || v), 16) AS made_id FROM t_entity AS e CROSS JOIN range(1, 400) AS r(v) WHERE v < variants(e.entity_id[1]))
WHERE made_id IN (SELECT entity_id FROM news.article_entity);
INSERT INTO news.entity_context BY NAME
SELECT entity_id, country, organisation, article_id, batch_id
FROM (SELECT * FROM news.article_entity WHERE country IS NOT NULL AND batch_id >= getvariable('base')) QUALIFY row_number() OVER (PARTITION BY entity_id ORDER BY batch_id, article_id) = 1;
INSERT INTO ops.feed BY NAME
SELECT
  source, root AS declared_url, root AS url, [] AS former_urls, outlet AS title, 'rss20' AS format, 30 AS entries,
  CASE WHEN hash(source) % 40 = 0 THEN 'failing' WHEN hash(source) % 40 = 1 THEN 'gone' WHEN hash(source) % 40 < 6 THEN 'quiet' ELSE 'active' END AS status,
  first_used_at AS since, 'it answers' AS reason, first_used_at AS first_at, f.last_at AS polled_at, f.last_at AS ok_at, f.last_at AS new_at, f.last_at + INTERVAL 1 HOUR AS next_at,
  3600 AS every_s, 4.5 AS per_day, 0 AS failures, 0 AS score, 0 AS moved_polls, getvariable('base') AS batch_id
FROM ops.source JOIN (SELECT source, max(fetched_at) AS last_at FROM ops.fetch GROUP BY source) AS f USING (source) WHERE kind = 'feed';
