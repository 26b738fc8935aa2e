"""Stored articles read again from the archive: what would change, what takes its place, and what must never change."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
import zipfile
from hashlib import sha256
from shutil import copytree
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import duckdb
import pytest

from tests.conftest import ROOT, command, environment, query, story, write_stories
from tests.flows.test_copies import ingest, record, write
from tests.newspaper import entry, page, rss
from tests.newsserver import Reply, conditional

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Ingest
    from tests.newsroom import Newsroom

KEPT = "article version head_field enclosure print extraction mention quote copy copy_group story_article sighting".split()
READ = {"WIREHOUSE_ENTITIES_ENGINE": "builtin"}


def stands(data: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All that is known of the articles, but for which batch wrote it."""
    return {t: query(data, f"SELECT * EXCLUDE (batch_id) FROM news.{t} ORDER BY ALL") for t in KEPT}


def edit(data: Path, *statements: str) -> None:
    """As an older Wirehouse might have written it: while nobody writes."""
    with duckdb.connect(str(data / "live" / "warehouse.duckdb")) as con:
        for statement in statements:
            con.execute(statement)


def told(run: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert run.returncode == 0, run.stderr
    found: dict[str, Any] = json.loads(run.stdout)
    return found


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file of every shape: texts, a page, a revised text, a zip, JSON Lines; and beside it a warehouse of it."""
    folder = tmp_path_factory.mktemp("desk") / "desk"
    write_stories(folder, range(3))
    (folder / "page.html").write_bytes(
        f"<html><head><title>Ferry sold</title></head><body><article><h1>Ferry sold</h1><p>{story(50, 200)}</p></article></body></html>".encode()
    )
    with zipfile.ZipFile(folder / "bundle.zip", "w") as bundle:
        for n in (10, 11, 12):
            bundle.writestr(f"in/{n}.txt", story(n))
    write(folder / "wire.jsonl", [record(f"r{n}", "tide", story(20 + n)) for n in range(6)])
    ingest(folder.parent / "data", folder)
    path = folder / "000" / "story-00001.txt"
    path.write_text(story(1) + "\n\nThe mayor later said that the crews of Lodwar had found nothing at all.")
    ingest(folder.parent / "data", folder)
    assert query(folder.parent / "data", "SELECT max(version) FROM news.version") == [(2,)]
    return folder


@pytest.fixture
def landed(desk: Path, data: Path) -> Path:
    """A warehouse of that folder."""
    copytree(desk.parent / "data", data, symlinks=True)
    return data


def test_in_shadow_nothing_is_written_at_all(landed: Path, wirehouse: Ingest) -> None:
    files = {p: sha256(p.read_bytes()).hexdigest() for p in landed.rglob("*") if p.is_file()}
    report = told(wirehouse("reprocess", "--json"))
    assert (report["versions"], report["same"], report["lost"]) == (14, 14, 0)
    now = {p: sha256(p.read_bytes()).hexdigest() for p in landed.rglob("*") if p.is_file()}
    kept = now.keys() - files.keys()
    assert [p.parent.name for p in kept] == ["reports"]
    assert json.loads(kept.pop().read_text()) == report
    assert {p: now[p] for p in files} == files


def test_what_an_older_wirehouse_read_otherwise_is_told_and_replaced(landed: Path, wirehouse: Ingest) -> None:
    before = stands(landed)
    keys = query(landed, "SELECT * EXCLUDE (batch_id) FROM ops.identity ORDER BY ALL")
    edit(
        landed,
        "UPDATE news.version SET text = 'Menu Home Search ' || text, extractor = 'page 0' WHERE format = 'html'",
        "UPDATE news.version SET title = 'Old headline', authors = ['Nobody'], language = 'de' WHERE url LIKE '%r3'",
        "UPDATE news.print SET sample = sample[2:] WHERE article_id IN (SELECT article_id FROM news.version WHERE url LIKE '%r4')",
        "DELETE FROM ops.identity WHERE kind = 'text'",
    )
    assert wirehouse("ingest", ROOT / "README.md").returncode == 0  # publishes
    shadow = told(wirehouse("reprocess", "--json", "--source", "desk"))
    assert (shadow["versions"], shadow["changed"], shadow["lost"]) == (14, 3, 0)
    assert {"text", "title", "authors", "language", "extractor", "fingerprint"} <= shadow["fields"].keys()
    worst = shadow["examples"][0]
    assert "[-Menu Home Search" in worst["fields"]["text"]["diff"]
    shown = wirehouse("reprocess", "--source", "desk").stdout
    assert "Nothing was written" in shown
    assert "Old headline" in shown
    done = told(wirehouse("reprocess", "--json", "--source", "desk", "--replace"))
    assert (done["changed"], done["replaced"], done["published"]) == (3, True, True)
    after = stands(landed)
    for table, rows in before.items():
        assert [r for r in after[table] if r in rows] == rows, table
    assert set(keys) - set(query(landed, "SELECT * EXCLUDE (batch_id) FROM ops.identity")) != set(), (
        "only changed versions add keys"
    )
    assert query(landed, "SELECT flow, state, balanced, fetched FROM mart.runs ORDER BY started_at DESC LIMIT 1") == [
        ("reprocess", "completed", True, 0)
    ]
    again = told(wirehouse("reprocess", "--json", "--source", "desk", "--replace"))
    assert again["changed"] == 0
    assert stands(landed) == after, "a second time changes nothing"


def test_a_sources_toml_is_used_as_it_is_now(tmp_path: Path, data: Path, wirehouse: Ingest) -> None:
    (tmp_path / "in").mkdir()
    path = tmp_path / "wire.toml"
    toml = 'name = "wire"\nfolder = "in"\noutlet = "{}"\ntimezone = "{}"\n'
    path.write_text(toml.format("Tide", "UTC"))
    (tmp_path / "in" / "a.jsonl").write_text(
        json.dumps({"title": "Ferry sold", "text": story(1), "published": "2026-03-02 08:00"}) + "\n"
    )
    assert wirehouse("ingest", path).returncode == 0
    path.write_text(toml.format("The Tide", "Africa/Nairobi"))
    report = told(wirehouse("reprocess", "--source", path, "--json"))
    assert report["fields"] == {"published": 1, "outlet": 1}
    assert query(data, "SELECT outlet, published_at::VARCHAR FROM mart.articles") == [("Tide", "2026-03-02 08:00:00")]
    told(wirehouse("reprocess", "--source", path, "--json", "--replace"))
    assert query(data, "SELECT outlet, published_at::VARCHAR FROM mart.articles") == [("The Tide", "2026-03-02 05:00:00")]
    assert told(wirehouse("reprocess", "--json"))["same"] == 1, "and it is remembered"
    again = wirehouse("ingest", path, "--json")
    assert json.loads(again.stdout)["unchanged_files"] == 1


def test_entries_and_their_pages_are_read_again(room: Newsroom, wirehouse: Ingest) -> None:
    teaser, whole = entry(1, full=False, url=room.site.url("/news/1.html")), entry(2, url=room.site.url("/news/2.html"))
    room.site.on(urlsplit(teaser.url).path, conditional(page(teaser)))
    room.site.on("/a.xml", Reply(rss([teaser, whole])))
    room.subscribe("/a.xml", timezone="Africa/Nairobi")
    room.poll()
    assert sorted(room.sql("SELECT text_from FROM mart.articles")) == [("feed",), ("page",)]
    before = stands(room.data)
    report = told(wirehouse("reprocess", "--json"))
    assert (report["versions"], report["same"], report["lost"], report["fields"]) == (2, 2, 0, {})
    edit(room.data, "UPDATE news.version SET text = 'Subscribe now. ' || text, access = NULL")
    done = told(wirehouse("reprocess", "--json", "--replace"))
    assert done["changed"] == 2
    now = stands(room.data)
    assert [row[9] for row in now["version"]] == [row[9] for row in before["version"]]
    assert room.poll().books.new == 0


def test_the_charset_that_a_server_stated_is_remembered(room: Newsroom, wirehouse: Ingest) -> None:
    text = "Мэр города закрыл старый мост на реке и открыл новый паром для жителей. " * 4
    body = f"<rss version='2.0'><channel><title>А</title><item><title>Мост закрыт</title><guid>1</guid><description>{text}</description></item></channel></rss>"
    room.site.on("/a.xml", Reply(body.encode("koi8-r"), media_type="application/rss+xml; charset=koi8-r"))
    room.subscribe("/a.xml")
    room.poll()
    assert room.one("SELECT title FROM mart.articles") == "Мост закрыт"
    assert told(wirehouse("reprocess", "--json"))["same"] == 1


def test_a_subset_is_chosen(landed: Path, wirehouse: Ingest, desk: Path) -> None:
    [(one,)] = query(landed, "SELECT article_id FROM mart.articles WHERE url LIKE '%r2'")
    first, second = (str(r) for (r,) in query(landed, "SELECT run_id FROM mart.runs ORDER BY started_at"))
    for arguments, n in (
        ((one,), 1), ((desk / "000" / "story-00001.txt",), 2), (("--format", "jsonl"), 6), (("--format", "html"), 1),
        (("--run", second), 1), (("--run", first), 13), (("--since", "2026-03-02", "--until", "2026-03-03"), 6), (("--extractor", "no such"), 0),
        (("--stale",), 0),
    ):  # fmt: skip
        report = told(wirehouse("reprocess", "--json", *arguments))
        assert (report["versions"], report["same"]) == (n, n), arguments
    assert wirehouse("reprocess", "--format", "nonsense").returncode == 2
    assert wirehouse("reprocess", "--source", "nobody").returncode == 2
    assert wirehouse("reprocess", "--stage", "extract", "--shadow").returncode == 2


def test_stale_is_what_another_version_read_last(landed: Path, wirehouse: Ingest) -> None:
    edit(landed, "UPDATE ops.run SET code_version = '0.0.1' WHERE run_id = (SELECT min(run_id) FROM ops.run)")
    assert told(wirehouse("reprocess", "--json", "--stale", "--replace"))["versions"] == 13
    assert told(wirehouse("reprocess", "--json", "--stale", "--replace"))["versions"] == 0
    assert query(landed, "SELECT outcome, count(*) FROM ops.reading GROUP BY outcome") == [("same", 13)]


def test_a_record_that_a_parser_numbers_anew_keeps_its_article(landed: Path, wirehouse: Ingest) -> None:
    edit(landed, "UPDATE news.version SET record = (record + 1) % 6 WHERE format = 'jsonl'")
    assert wirehouse("ingest", ROOT / "README.md").returncode == 0
    report = told(wirehouse("reprocess", "--json", "--format", "jsonl"))
    assert (report["versions"], report["lost"]) == (6, 0)
    assert set(report["fields"]) == {"bytes"}, "its number is all that changed"


def test_versions_without_their_bytes_stay_and_are_named(tmp_path: Path, data: Path, wirehouse: Ingest) -> None:
    (tmp_path / "in").mkdir()
    for n in range(3):
        (tmp_path / "in" / f"{n}.txt").write_text(story(n))
    (tmp_path / "kept.toml").write_text('name = "kept"\nfolder = "in"\narchive = "reference"\n')
    assert wirehouse("ingest", tmp_path / "kept.toml").returncode == 0
    assert told(wirehouse("reprocess", "--json"))["same"] == 3
    (tmp_path / "in" / "0.txt").write_text("another text")
    (tmp_path / "in" / "1.txt").unlink()
    before = stands(data)
    done = told(wirehouse("reprocess", "--json", "--replace"))
    assert (done["same"], done["lost"], done["reasons"]) == (1, 2, {"unreadable": 2})
    assert {lost["path"] for lost in done["lost_versions"]} == {"0.txt", "1.txt"}
    assert stands(data) == before
    assert query(data, "SELECT count(*) FROM ops.reading WHERE outcome = 'lost'") == [(2,)]


def test_facts_follow_the_text(landed: Path, wirehouse: Ingest) -> None:
    told(wirehouse("reprocess", "--json", "--replace", "--format", "jsonl", **READ))
    facts = query(landed, "SELECT * EXCLUDE (batch_id) FROM news.mention ORDER BY ALL")
    assert facts
    assert query(landed, "SELECT count(*) FROM news.extraction") == [(6,)]
    edit(landed, "UPDATE news.version SET text = 'Menu. ' || text WHERE url LIKE '%r3'", "UPDATE news.mention SET start_char = start_char + 6, end_char = end_char + 6 WHERE article_id IN (SELECT article_id FROM news.version WHERE url LIKE '%r3')")  # fmt: skip
    report = told(wirehouse("reprocess", "--json", "--replace", **READ))
    assert report["fields"]["text"] == 1
    assert report["facts"]["mention"]["before"] > report["facts"]["mention"]["same"]
    assert query(landed, "SELECT * EXCLUDE (batch_id) FROM news.mention WHERE article_id IN (SELECT article_id FROM news.version WHERE format = 'jsonl') ORDER BY ALL") == facts  # fmt: skip
    assert query(landed, "SELECT * FROM mart.misplaced_facts") == []
    edit(landed, "UPDATE news.version SET text = 'Menu. ' || text WHERE url LIKE '%r3'")
    told(wirehouse("reprocess", "--json", "--replace"))
    assert query(landed, "SELECT * FROM mart.misplaced_facts") == [], "facts that were not read anew do not stay behind"
    assert query(landed, "SELECT count(*) FROM news.extraction") == [(13,)]


def running(data: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command("reprocess", "--replace", "--workers", 0, data=data), cwd=ROOT, env=environment(), start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def replaced(data: Path) -> Iterator[int]:
    """How many batches of it have been committed, by the size of the write-ahead log."""
    wal = data / "live" / "warehouse.duckdb.wal"
    while True:
        yield wal.stat().st_size if wal.exists() else 0


def test_killed_in_the_middle_it_is_run_again_and_completes(tmp_path: Path, data: Path, wirehouse: Ingest) -> None:
    folder = tmp_path / "in"
    write_stories(folder, range(900), words=60)
    assert wirehouse("ingest", folder, "--workers", 2).returncode == 0
    before = stands(data)
    edit(data, "UPDATE news.version SET text = 'Menu. ' || text, title = 'Old'", "CHECKPOINT")
    run, grown = running(data), replaced(data)
    deadline = time.monotonic() + 60
    while next(grown) < 100_000 and run.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    assert run.poll() is None, "it was still at work"
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    with duckdb.connect(str(data / "live" / "warehouse.duckdb")) as con:
        [(done,)] = con.execute("SELECT count(*) FROM news.version WHERE text NOT LIKE 'Menu. %'").fetchall()
    assert 0 < done < 900
    report = told(wirehouse("reprocess", "--replace", "--json"))
    assert (report["versions"], report["changed"]) == (900, 900 - done)
    assert stands(data) == before
    assert query(data, "SELECT state FROM mart.runs ORDER BY started_at") == [("completed",), ("killed",), ("completed",)]


def test_copies_are_measured_anew_where_the_words_changed(tmp_path: Path, data: Path, wirehouse: Ingest) -> None:
    text = story(7, 300)
    told_by = [
        record("w", "mna", text),
        record("w", "tide", text + "\n\nRead The Tide each morning."),
        record("x", "post", story(8, 300)),
    ]
    for n, one in enumerate(told_by):
        write(tmp_path / "in" / f"{n}.jsonl", [one])
    assert wirehouse("ingest", tmp_path / "in").returncode == 0
    copies = "SELECT * EXCLUDE (batch_id) FROM news.copy ORDER BY ALL"
    before = query(data, copies)
    assert [row[2] for row in before] == ["near"]
    prints = "(SELECT sample FROM news.print WHERE article_id IN (SELECT article_id FROM news.version WHERE url LIKE '%post%'))"
    edit(
        data,
        f"UPDATE news.print SET sample = {prints} WHERE article_id IN (SELECT article_id FROM news.version WHERE url LIKE '%tide%')",
        "UPDATE news.version SET text = (SELECT any_value(text) FROM news.version WHERE url LIKE '%post%'), content_hash = 'x' WHERE url LIKE '%tide%'",
        "UPDATE news.copy SET containment = 0.55, relation = 'update'",
        "INSERT INTO news.copy BY NAME SELECT a.article_id, 1 AS version, b.article_id AS of_article_id, 1 AS of_version, 'exact' AS relation, "
        "1 AS containment, 1 AS of_containment, 300 AS shared_words, false AS credited, 1 AS batch_id FROM news.version AS a, news.version AS b "
        "WHERE a.url LIKE '%tide%' AND b.url LIKE '%post%'",
    )
    done = told(wirehouse("reprocess", "--replace", "--json"))
    assert (done["changed"], done["copies_measured"]) == (1, 1)
    assert query(data, copies) == before
    assert query(data, "SELECT count(*) FROM ops.reading WHERE detail LIKE '%due%'") == [(0,)]
    edit(data, "UPDATE ops.reading SET detail = 'text; copies due'", "DELETE FROM news.copy")
    assert told(wirehouse("reprocess", "--replace", "--json"))["copies_measured"] == 3, "a run that was cut short is finished"
    assert query(data, copies) == before
