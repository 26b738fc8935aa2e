"""Removals by rows: no table is passed over, a trial changes nothing, and archive files are packed without a byte lost."""

from __future__ import annotations

import os
import random
from datetime import datetime
from typing import TYPE_CHECKING

import duckdb
import pytest

from flows.forget import forget
from flows.settings import Settings
from tests.conftest import query, story
from warehouse.archive import Archive, Entry, Kept, Record, read, unpack
from warehouse.errors import StoreError
from warehouse.layout import Layout
from warehouse.lock import WriterLock
from warehouse.migrate import migrate, sql
from warehouse.models import Landing
from warehouse.packing import compact, rewrite
from warehouse.store import Store
from warehouse.upkeep import wasteful_archives

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Ingest

NOW = datetime(2026, 11, 1)  # noqa: DTZ001  naive UTC
HANDED_ON = {"ops.removal"}  # the receipt itself


def store(data: Path) -> Store:
    layout = Layout(data)
    return Store(layout, WriterLock(layout.live, "a test", wait_s=0.5))


def test_every_table_that_names_articles_is_dealt_with() -> None:
    with duckdb.connect() as con:
        migrate(con)
        rows = con.execute(
            """SELECT DISTINCT schema_name || '.' || table_name FROM duckdb_columns() JOIN duckdb_tables() USING (schema_name, table_name)
               WHERE column_name IN ('article_id', 'of_article_id', 'article_ids')"""
        ).fetchall()
    known = {f"{table}" for (table,) in rows} - HANDED_ON
    text = sql("remove")
    assert {table for table in known if f"DELETE FROM {table} WHERE article_id IN" not in text} == set()


def test_a_trial_changes_nothing(wirehouse: Ingest, data: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(story(1))
    wirehouse("ingest", tmp_path / "in")
    before = {p.name: p.read_bytes() for p in (data / "archive").iterdir()}
    [receipt] = forget([str(tmp_path / "in" / "a.txt")], Settings(data, workers=0), trial=True).receipts
    assert receipt.n_rows["news.version"] == 1
    with store(data) as s:
        counts = s.con.execute(sql("row_counts")).fetchall()
        left = s.con.execute("SELECT (SELECT count(*) FROM ops.removal), (SELECT count(*) FROM ops.forgotten)").fetchall()
        s.end()
    assert (counts[0][3], left) == (1, [(0, 0)])
    assert {p.name: p.read_bytes() for p in (data / "archive").iterdir()} == before


def test_a_key_that_leads_to_others_as_well_is_not_refused(wirehouse: Ingest, data: Path, tmp_path: Path) -> None:
    latest = tmp_path / "in" / "latest.txt"
    latest.parent.mkdir()
    for n in (1, 2):  # two articles, one after the other, at one path
        latest.write_text(story(n))
        wirehouse("ingest", latest.parent)
    [(first,)] = query(data, "SELECT article_id FROM mart.articles WHERE text LIKE '%Item 1-0%'")
    [receipt] = forget([str(first)], Settings(data, workers=0)).receipts
    assert [key.split()[0] for key in receipt.keys] == ["content", "text"]
    latest.write_text(story(3))
    wirehouse("ingest", latest.parent)
    assert query(data, "SELECT count(*) FROM mart.articles") == [(2,)]


def test_words_that_many_share_are_not_refused(wirehouse: Ingest, data: Path, tmp_path: Path) -> None:
    for n, name in enumerate(("one", "two")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "a.jsonl").write_text(
            f'{{"title": "Story {n}", "text": "Subscribe to read on, please.", "url": "https://{name}.example/a"}}\n'
        )
    wirehouse("ingest", tmp_path / "one")
    [receipt] = forget(["https://one.example/a"], Settings(data, workers=0)).receipts
    assert {key.split()[0] for key in receipt.keys} == {"url", "path"}
    wirehouse("ingest", tmp_path / "two")
    assert query(data, "SELECT title FROM mart.articles") == [("Story 1",)]


@pytest.mark.parametrize("seed", range(3))
def test_packing_keeps_what_is_referred_to_and_nothing_else(data: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.archive.ROLL_AT", 40_000)
    monkeypatch.setattr("warehouse.packing.AT_ONCE", 5_000)
    chance = random.Random(seed)
    bytes_of = {f"{n:064d}": chance.randbytes(chance.randrange(1, 4_000)) for n in range(60)}

    with store(data) as s:
        s.land(Landing(), [Kept(r, f"file:{r}", "text/plain", NOW, data, len(data)) for r, data in bytes_of.items()])
        gone = set(chance.sample(sorted(bytes_of), 35))
        s.con.execute("DELETE FROM ops.raw WHERE raw_id IN (SELECT unnest($1))", [sorted(gone)])
        before = sum(p.stat().st_size for p in s.layout.archive.iterdir())
        won = sum(rewrite(s, name) for name in wasteful_archives(s))
        after = sum(p.stat().st_size for p in s.layout.archive.iterdir())
        assert (won, wasteful_archives(s)) == (before - after, [])
        rows = s.con.execute("SELECT raw_id, archive, archive_offset, archive_length FROM ops.raw").fetchall()
        s.land(Landing(), [Kept("later", "file:later", "text/plain", NOW, b"later", 5)])
        s.end()
    with store(data) as s:  # and what a crash might have left is cut off as before
        found = {r: read(s.layout.archive, Entry(*place)) for r, *place in rows}
        assert found == {r: data for r, data in bytes_of.items() if r not in gone}
        assert s.bytes_of("later") == b"later"
        s.end()


def test_a_name_is_never_used_again(data: Path) -> None:

    with store(data) as s:
        s.land(Landing(), [Kept("a", "file:a", "text/plain", NOW, b"one", 3)])
        s.con.execute("DELETE FROM ops.raw")
        rewrite(s, "wirehouse-000001.warc.gz")
        s.end()
    with store(data) as s:
        s.land(Landing(), [Kept("b", "file:b", "text/plain", NOW, b"two", 3)])
        assert s.con.execute("SELECT archive FROM ops.raw").fetchall() == [("wirehouse-000002.warc.gz",)]
        s.end()
    assert [p.name for p in (data / "archive").iterdir()] == ["wirehouse-000002.warc.gz"]


def test_the_database_is_written_anew_with_all_that_it_had(wirehouse: Ingest, data: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(story(1))
    wirehouse("ingest", tmp_path / "in")
    asked = (
        "SELECT table_name, comment FROM duckdb_tables() ORDER BY ALL",
        "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY ALL",
        "SELECT schema_name, table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal ORDER BY ALL",
        "SELECT function_name, parameters, comment FROM duckdb_functions() WHERE NOT internal ORDER BY ALL",
        "FROM mart.articles",
        sql("row_counts"),
    )
    with store(data) as s:
        before = [s.con.execute(query).fetchall() for query in asked]
        compact(s)
        assert [s.con.execute(query).fetchall() for query in asked] == before
        assert all(before)
        s.end()


def test_unpacking_to_a_file_gives_the_bytes_or_says_what_is_wrong(tmp_path: Path) -> None:
    end = Archive(tmp_path, {})
    end.open()
    for size in (0, 1, 3_000_000):
        (tmp_path / "in").write_bytes(os.urandom(size))
        with (tmp_path / "in").open("rb") as stream:
            entry = end.append(Record("r", "file:x", "text/plain", NOW), stream)
        end.sync()
        unpack(tmp_path, entry, tmp_path / "out")
        assert (tmp_path / "out").read_bytes() == (tmp_path / "in").read_bytes()
    with pytest.raises(StoreError, match="cut off"):
        unpack(tmp_path, Entry(entry.archive, entry.offset, entry.length - 9), tmp_path / "out")
    end.close()
