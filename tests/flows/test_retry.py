"""What was refused, read again after a mend: it lands as it was when it was fetched, once, and all books balance."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from flows import refine
from flows import retry as module
from flows.journey import note
from tasks.clean.article import clean
from tasks.limits import LIMITS
from tasks.parse import unpack
from tasks.parse.formats import jsonl
from tests.conftest import query, story
from tests.flows.test_copies import record, write
from tests.newspaper import entry, rss
from tests.newsserver import Reply
from warehouse.errors import Refusal

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from flows.journey import Tally
    from tasks.types import Article, Item
    from tests.conftest import Ingest
    from tests.newsroom import Newsroom
    from warehouse.models import Landing


def told(run: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def books(found: dict[str, Any]) -> tuple[int, ...]:
    return tuple(found[term] for term in ("fetched", "new", "revised", "seen", "held", "rejected"))


def open_rejects(data: Path) -> list[tuple[Any, ...]]:
    return query(data, "SELECT path, record, reason FROM mart.rejects WHERE resolved_at IS NULL ORDER BY ALL")


def older(monkeypatch: pytest.MonkeyPatch) -> None:
    """An older Wirehouse: it reads no archives, and no long lines."""
    monkeypatch.setattr(unpack, "LIMITS", replace(LIMITS, layers=0))
    monkeypatch.setattr(jsonl, "LIMIT", 1_000)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    with zipfile.ZipFile(folder / "bundle.zip", "w") as bundle:
        for n in (10, 11, 12):
            bundle.writestr(f"in/{n}.txt", story(n))
    write(folder / "wire.jsonl", [record(f"r{n}", "tide", story(20 + n, 400 if n in (2, 5) else 60)) for n in range(6)])
    (folder / "broken.json").write_text('{"title": "cut off')
    return folder


@pytest.fixture
def refused(desk: Path, data: Path, wirehouse: Ingest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A warehouse that an older Wirehouse made of that folder: of three files, a zip and two lines and all of one were refused."""
    with monkeypatch.context() as patched:
        older(patched)
        assert books(told(wirehouse("ingest", desk, "--workers", 0, "--json"))) == (8, 4, 0, 0, 0, 4)
    return data


def test_what_can_be_read_now_lands_and_the_rest_stays_refused(refused: Path, desk: Path, wirehouse: Ingest) -> None:
    done = told(wirehouse("retry", "--json"))
    assert books(done) == (6, 5, 0, 0, 0, 1)
    assert (done["retried"], done["rejects_landed"], done["rejects_refused"]) == (4, 3, 1)
    assert open_rejects(refused) == [("broken.json", 0, "malformed")]
    assert query(refused, "SELECT path, record, resolution FROM mart.rejects WHERE resolution = 'landed' ORDER BY ALL") == [
        ("bundle.zip", 0, "landed"), ("wire.jsonl", 2, "landed"), ("wire.jsonl", 5, "landed"),
    ]  # fmt: skip
    assert query(refused, "SELECT count(*), count(DISTINCT article_id) FROM mart.articles") == [(9, 9)]
    as_it_was = "SELECT max(seen_at) < (SELECT min(ended_at) FROM mart.runs) FROM mart.sightings"
    assert query(refused, as_it_was) == [(True,)], "it lands as it was when it was fetched"
    assert query(refused, "SELECT flow, state, balanced FROM mart.runs ORDER BY started_at") == [
        ("ingest", "completed", True), ("retry", "completed", True),
    ]  # fmt: skip
    later = told(wirehouse("ingest", desk, "--json"))
    assert (later["unchanged_files"], books(later)) == (3, (10, 0, 0, 9, 0, 1)), "the ledger knows what landed"
    again = told(wirehouse("retry", "--json"))
    assert (books(again), open_rejects(refused)) == ((1, 0, 0, 0, 0, 1), [("broken.json", 0, "malformed")])
    assert query(refused, "SELECT count(*) FROM mart.articles") == [(9,)]


def test_a_part_of_them_is_chosen(refused: Path, wirehouse: Ingest) -> None:
    [(run,)] = query(refused, "SELECT run_id FROM mart.runs")
    assert books(told(wirehouse("retry", "--json", "--reason", "too_deep", "--run", run)))[:2] == (3, 3)
    assert books(told(wirehouse("retry", "--json", "--run", "no such run"))) == (0,) * 6
    assert books(told(wirehouse("retry", "--json", "--source", "desk", "--reason", "too_large")))[:2] == (2, 2)
    assert wirehouse("retry", "--reason", "boredom").returncode == 2
    assert wirehouse("retry", "--source", "nobody").returncode == 2


def test_people_are_told_what_is_refused_and_what_to_do(refused: Path, desk: Path, wirehouse: Ingest) -> None:
    with duckdb.connect(str(refused / "live" / "warehouse.duckdb")) as con:
        con.execute("UPDATE ops.run SET code_version = '0.0.1'")
    assert "4 refused by another version of Wirehouse: wirehouse retry" in wirehouse("ingest", desk).stdout
    assert "4 refused items can be read now" not in wirehouse("reprocess").stdout
    shadow = wirehouse("reprocess", "--json")
    assert told(shadow)["readable_rejects"] == 5
    shown = wirehouse("retry").stdout
    assert "Of 4 refused items 3 landed, 1 were refused again." in " ".join(shown.split())
    assert "broken.json" in wirehouse("rejects").stdout
    assert "bundle.zip" not in wirehouse("rejects").stdout
    everything = wirehouse("rejects", "--all").stdout
    assert "bundle.zip" in everything
    assert "(landed " in everything
    assert "landed" in wirehouse("where", desk / "bundle.zip").stdout
    assert "Nothing is refused that could be read again." in wirehouse("retry", "--reason", "too_deep").stdout


def test_an_older_state_of_a_file_or_an_article_never_comes_back(refused: Path, desk: Path, wirehouse: Ingest) -> None:
    newer = record("r2", "tide", "The ferry of Lodwar was sold to the city, which will paint it. " * 3)
    write(desk / "later.jsonl", [newer])
    with zipfile.ZipFile(desk / "bundle.zip", "w") as bundle:
        bundle.writestr("in/10.txt", story(10) + "\n\nA line more, about the orchard of Apia and its crews.")
    assert books(told(wirehouse("ingest", desk, "--json")))[1] == 2
    assert ("bundle.zip", 0, "too_deep") not in open_rejects(refused), "the file has been read since"
    done = told(wirehouse("retry", "--json"))
    assert books(done) == (3, 1, 0, 1, 0, 1)
    assert query(refused, "SELECT max(version) FROM mart.versions") == [(1,)]
    assert query(refused, "SELECT text LIKE 'The ferry%' FROM mart.articles WHERE url LIKE '%/r2'") == [(True,)]


def test_bytes_that_cannot_be_had_are_told_apart(tmp_path: Path, data: Path, wirehouse: Ingest) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(story(1))
    (tmp_path / "in" / "b.json").write_text("{")
    (tmp_path / "in" / "c.json").write_text("[")
    (tmp_path / "kept.toml").write_text('name = "kept"\nfolder = "in"\narchive = "reference"\n')
    assert wirehouse("ingest", tmp_path / "kept.toml").returncode == 0
    (tmp_path / "in" / "c.json").unlink()
    (tmp_path / "in" / "d.txt").write_text(story(2))
    with duckdb.connect(str(data / "live" / "warehouse.duckdb")) as con:  # as if they could not be read
        for name in ("d.txt", "gone.txt"):
            con.execute(
                "INSERT INTO ops.reject BY NAME SELECT 'fetch' AS stage, 'unreadable' AS reason, '' AS detail, 'kept' AS source, ? AS path, "
                "0 AS record, now()::TIMESTAMP AS seen_at, run_id, batch_id FROM ops.batch",
                [name],
            )
    done = told(wirehouse("retry", "--json"))
    assert books(done) == (2, 1, 0, 0, 0, 1)
    assert sorted(done["without_bytes"].values()) == [1, 1]
    assert [row[0] for row in open_rejects(data)] == ["b.json", "c.json", "gone.txt"]


def test_a_feeds_entry_that_was_refused_lands_and_later_polls_know_it(
    room: Newsroom, wirehouse: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [entry(n, url=room.site.url(f"/news/{n}.html")) for n in range(3)]

    def once(item: Item, *more: Any) -> Article:  # noqa: ANN401  handed on
        if item.url and item.url.endswith("/1.html"):
            raise Refusal("crashed", "an older Wirehouse could not read it")
        return clean(item, *more)

    room.site.on("/a.xml", Reply(rss(entries)))
    room.subscribe("/a.xml", timezone="Africa/Nairobi")
    with monkeypatch.context() as patched:
        patched.setattr(refine, "clean", once)
        assert room.poll().books.rejected == 1
    assert books(told(wirehouse("retry", "--json"))) == (1, 1, 0, 0, 0, 0)
    assert room.one("SELECT count(*) FROM mart.articles") == 3
    assert room.one("SELECT count(*) FROM ops.entry WHERE article_id IS NULL") == 0
    room.site.on("/a.xml", Reply(rss([*entries, entry(7)])))
    tally = room.poll()
    assert (tally.books.new, tally.books.seen, tally.books.rejected) == (1, 3, 0)
    assert open_rejects(room.data) == []


def test_of_several_lines_each_is_retried_by_itself(
    tmp_path: Path, data: Path, wirehouse: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "in" / "long.jsonl"
    write(path, [record(f"r{n}", "tide", story(20 + n, 400)) for n in range(3)])
    with path.open("a") as file:
        file.write("{broken\n")
    with monkeypatch.context() as patched:
        older(patched)
        assert books(told(wirehouse("ingest", path.parent, "--workers", 0, "--json")))[5] == 4
    assert books(told(wirehouse("retry", "--json", "--reason", "malformed"))) == (1, 0, 0, 0, 0, 1)
    assert len(open_rejects(data)) == 4
    assert books(told(wirehouse("retry", "--json"))) == (4, 3, 0, 0, 0, 1)
    assert open_rejects(data) == [("long.jsonl", 3, "malformed")]
    assert books(told(wirehouse("ingest", path.parent, "--json"))) == (4, 0, 0, 3, 0, 1)
    assert query(data, "SELECT n_items, n_landed, n_rejected FROM ops.file ORDER BY batch_id") == [
        (4, 0, 4),
        (1, 0, 4),
        (4, 3, 1),
    ]


def test_cut_short_in_the_middle_of_an_archive_it_goes_on_where_it_was(
    refused: Path, desk: Path, wirehouse: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[object] = []

    def until_the_second(landing: Landing, tally: Tally) -> None:
        note(landing, tally)
        noted.append(landing)
        if len(noted) == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(module, "BATCH", 1)
        patched.setattr(module, "note", until_the_second)
        assert wirehouse("retry", "--reason", "too_deep").returncode == 130
    with duckdb.connect(str(refused / "live" / "warehouse.duckdb")) as con:
        assert con.execute("SELECT count(*) FROM news.article").fetchall() == [(6,)], "two of three members have landed"
        assert con.execute("SELECT count(*) FROM mart.rejects WHERE reason = 'too_deep' AND resolved_at IS NULL").fetchall() == [
            (1,)
        ]
    assert books(told(wirehouse("retry", "--json", "--reason", "too_deep"))) == (1, 1, 0, 0, 0, 0)
    assert query(refused, "SELECT count(*) FROM mart.sightings WHERE path LIKE 'bundle%'") == [(3,)]
    assert books(told(wirehouse("ingest", desk, "--json"))) == (10, 0, 0, 7, 0, 3)
    assert "Nothing is refused" in wirehouse("retry", "--reason", "too_deep").stdout


def test_payloads_whose_rows_were_lost_land_again(tmp_path: Path, data: Path, wirehouse: Ingest) -> None:
    write(tmp_path / "in" / "wire.jsonl", [record(f"r{n}", "tide", story(n)) for n in range(3)])
    assert wirehouse("ingest", tmp_path / "in").returncode == 0
    with duckdb.connect(str(data / "live" / "warehouse.duckdb")) as con:  # as after a damaged log
        con.execute(
            "INSERT INTO ops.reject BY NAME SELECT 'fetch' AS stage, 'lost' AS reason, '' AS detail, source, path, 0 AS record, raw_id, "
            "now()::TIMESTAMP AS seen_at, 'a run' AS run_id, batch_id FROM ops.file"
        )
        gone = con.execute(
            "SELECT schema_name, table_name FROM duckdb_columns() WHERE column_name = 'article_id' AND schema_name <> 'mart'"
        )
        for schema, table in gone.fetchall():
            con.execute(f"DELETE FROM {schema}.{table}")
        con.execute("DELETE FROM ops.file")
    assert books(told(wirehouse("retry", "--json", "--reason", "lost"))) == (3, 3, 0, 0, 0, 0)
    assert query(data, "SELECT count(*) FROM mart.articles") == [(3,)]
    assert open_rejects(data) == []
