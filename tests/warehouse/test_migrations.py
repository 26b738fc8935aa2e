"""A warehouse of any earlier version is brought to this one by opening it: rows stay, views answer, and work goes on."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import duckdb
import pytest

from flows.care import maintain
from flows.settings import Settings
from tests.conftest import query, story
from warehouse import migrate as module
from warehouse.layout import Layout
from warehouse.lock import WriterLock
from warehouse.migrate import migrate, scripts
from warehouse.models import hash64
from warehouse.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Ingest

SOUND = ("orphans", "doubles", "batches", "versions", "stories", "runs", "published")

# Rows as each version's own writer left them: two articles with one text, the first revised once, and a reject.
FOUNDATION = """
INSERT INTO ops.source (source, kind, root, archive, first_used_at) VALUES ('s', 'folder', '/in', 'reference', $at);
INSERT INTO ops.run (run_id, flow, arguments, code_version, started_at, ended_at, state, fetched, new, revised, seen, held, rejected, copies, unchanged_files, seen_unchanged, rejected_unchanged)
VALUES ('r1', 'ingest', '{}', '0.1', $at, $at, 'completed', 4, 2, 1, 0, 0, 1, 0, 0, 0, 0);
INSERT INTO ops.batch VALUES (1, 'r1', 4, 4, $at);
INSERT INTO ops.raw VALUES ('w1', '', 0, 0, 9, 'text/plain', 'file:///in/a.txt', $at, false, 1), ('w2', '', 0, 0, 9, 'text/plain', 'file:///in/b.txt', $at, false, 1);
INSERT INTO ops.file VALUES ('s', 'a.txt', $hash, 9, 9, 'w1', 0, true, 4, 3, 1, 'r1', 1);
INSERT INTO ops.identity VALUES ('path', 's', 'a.txt', 1, 'aaaaaaaaaaaaaaaa', 1), ('path', 's', 'b.txt', 2, 'bbbbbbbbbbbbbbbb', 1);
INSERT INTO ops.reject VALUES ('parse', 'empty', 'nothing', 's', 'c.txt', 0, NULL, 'w2', $at, 'r1', 1);
INSERT INTO ops.publication VALUES (1, $at, 'r1', 1, false);
INSERT INTO news.article VALUES ('aaaaaaaaaaaaaaaa', 's', 'The Post', $at, 'r1', 1), ('bbbbbbbbbbbbbbbb', 's', 'The Herald', $at, 'r1', 1);
INSERT INTO news.version (article_id, version, valid_from, valid_to, change_kind, title, text, authors, words, truncated, content_hash, version_hash, format, extractor, raw_id, record, run_id, batch_id, keywords, published_at, published_precision, published_from, language, language_confidence)
SELECT id, v, $at, CASE WHEN id[1] = 'a' AND v = 1 THEN $at END, CASE v WHEN 1 THEN 'first' ELSE 'content' END, 'A title', $text, [], 100, false, 'c' || v, id[1] || v, 'text', 'text/1', w, 0, 'r1', 1, [], $at, 'minute', 'text', 'en', 1
FROM (VALUES ('aaaaaaaaaaaaaaaa', 1, 'w1'), ('aaaaaaaaaaaaaaaa', 2, 'w1'), ('bbbbbbbbbbbbbbbb', 1, 'w2')) AS t(id, v, w);
INSERT INTO news.print (article_id, version, every, sample, batch_id) SELECT article_id, version, 8, [1, 2, 3]::UBIGINT[], 1 FROM news.version;
INSERT INTO news.sighting (article_id, version, verdict, source, path, record, raw_id, seen_at, run_id, batch_id)
SELECT article_id, version, CASE version WHEN 1 THEN 'new' ELSE 'revised' END, 's', article_id[1] || '.txt', 0, raw_id, $at, 'r1', 1 FROM news.version;
"""
COPY_THEN = "INSERT INTO news.copy (article_id, of_article_id, relation, containment, credited, delay_s, batch_id) VALUES ('bbbbbbbbbbbbbbbb', 'aaaaaaaaaaaaaaaa', 'exact', 1, false, 0, 1);"
COPY_NOW = """
INSERT INTO news.copy BY NAME SELECT 'bbbbbbbbbbbbbbbb' AS article_id, 1 AS version, 'aaaaaaaaaaaaaaaa' AS of_article_id, 2 AS of_version, 'exact' AS relation,
  1 AS containment, 1 AS of_containment, 100 AS shared_words, false AS credited, 0 AS delay_s, 1 AS batch_id;
INSERT INTO news.copy_group VALUES ('bbbbbbbbbbbbbbbb', 1, 'aaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaa', 1);
UPDATE news.print SET facts = [], seq = rowid, common = 0, common_coarse = 0, holds = false;
INSERT INTO news.story_article SELECT article_id, 'saaaaaaaaaaaaaaaa', 1, 'opened', row_number() OVER (ORDER BY article_id), $at, $at, 1 FROM news.article;
INSERT INTO news.story_terms SELECT article_id, [1, 2]::UINTEGER[], [1, 2]::USMALLINT[], '\\xC0'::BLOB, 1 FROM news.article;
"""
FACTS = """
INSERT INTO news.extraction BY NAME SELECT article_id, version, 'old/1' AS extractor, length(text) AS n_chars, 0 AS n_facts, NULL AS error, 1 AS batch_id FROM news.version;
"""
ROWS = {1: (FOUNDATION, COPY_THEN), 2: (FOUNDATION, COPY_THEN), 3: (FOUNDATION, COPY_NOW), 4: (FOUNDATION, COPY_NOW, FACTS)}


@pytest.fixture(params=sorted(ROWS))
def old(request: pytest.FixtureRequest, data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that a version with so many migrations left behind."""
    upto: int = request.param
    layout = Layout(data)
    layout.make()
    then = {name: text for name, text in scripts("migrations").items() if int(name[:4]) <= upto}
    with monkeypatch.context() as patched, duckdb.connect(str(layout.database)) as con:
        patched.setattr(
            module, "scripts", lambda folder: then if folder == "migrations" else {} if folder == "mart" else scripts(folder)
        )
        migrate(con)
        values = {"at": "2026-06-14 08:00:00", "text": story(1), "hash": hash64("s\0a.txt")}
        for text in ROWS[upto]:
            for statement in con.extract_statements(text):
                wanted = {k: v for k, v in values.items() if re.search(rf"\${k}\b", statement.query)}
                con.execute(statement, wanted)
    return data


def test_an_old_warehouse_is_migrated_by_opening_it(old: Path, wirehouse: Ingest) -> None:
    assert wirehouse("maintain").returncode == 0
    rows = query(old, "SELECT article_id, version, valid_to IS NULL FROM mart.versions ORDER BY 1, 2")
    assert rows == [
        ("aaaaaaaaaaaaaaaa", 1, False), ("aaaaaaaaaaaaaaaa", 2, True), ("bbbbbbbbbbbbbbbb", 1, True),
    ]  # fmt: skip
    assert query(old, "SELECT article_id, of_article_id, relation FROM mart.copies") == [
        ("bbbbbbbbbbbbbbbb", "aaaaaaaaaaaaaaaa", "exact")
    ]
    assert query(old, "SELECT count(DISTINCT copy_group), count(*) FILTER (NOT is_original) FROM mart.articles") == [(1, 1)]
    views = query(old, "SELECT view_name FROM duckdb_views() WHERE schema_name = 'mart' ORDER BY 1")
    for (view,) in views:
        query(old, f"SELECT count(*) FROM mart.{view}")
    assert query(old, "SELECT fetched, rejected, balanced FROM mart.runs WHERE run_id = 'r1'") == [(4, 1, True)]


@pytest.mark.parametrize("old", [1, 4], indirect=True)
def test_work_goes_on_in_it(old: Path, wirehouse: Ingest, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "copy.txt").write_text(story(1), encoding="utf-8")
    (folder / "late.txt").write_text(story(2), encoding="utf-8")
    assert json.loads(wirehouse("ingest", folder, "--json").stdout)["new"] == 2
    ran = wirehouse("check", *SOUND)
    assert ran.returncode == 0, ran.stdout
    assert query(old, "SELECT count(*) FROM mart.articles") == [(4,)]


@pytest.mark.parametrize("old", [1, 4], indirect=True)
def test_its_facts_can_be_read(old: Path, wirehouse: Ingest) -> None:
    assert wirehouse("maintain").returncode == 0  # which publishes it
    assert query(old, "SELECT count(*) FROM mart.dates") == [(0,)]
    ran = wirehouse("reprocess", "--stage", "extract", "--stale", "--workers", 0, "--json", WIREHOUSE_ENTITIES_ENGINE="builtin")
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["versions"] == 3
    assert query(old, "SELECT count(DISTINCT article_id), bool_and(extractor <> 'old/1') FROM news.extraction") == [(2, True)]
    assert query(old, "SELECT count(*) > 0 FROM mart.keywords") == [(True,)]
    assert query(old, "SELECT count(*) FROM mart.misplaced_facts") == [(0,)]


@pytest.mark.parametrize("old", [2], indirect=True)
def test_a_copy_of_it_is_kept_for_a_week(old: Path) -> None:
    said: list[str] = []
    layout = Layout(old)
    before = duckdb.connect(str(layout.database)).execute("SELECT max(version) FROM ops.migration").fetchall()[0][0]
    with Store(layout, WriterLock(layout.live, "a test", on_wait=said.append)) as store:
        store.end()
    copy = layout.live / f"before-{before + 1:04d}.duckdb"
    with duckdb.connect(str(copy), read_only=True) as con:
        assert con.execute("SELECT count(*), (SELECT max(version) FROM ops.migration) FROM news.version").fetchall() == [
            (3, before)
        ]
    written = copy.stat().st_mtime_ns
    with Store(layout, WriterLock(layout.live, "a test")) as store:
        store.end()
    assert copy.stat().st_mtime_ns == written, "once"
    maintain(Settings(old, workers=0))
    assert copy.exists()
    assert said == [], "what takes no time needs no words"
