"""`wirehouse forget`: an article is gone from every file, stays out, and everything else stands as before."""

from __future__ import annotations

import json
import random
import subprocess
import time
from datetime import timedelta
from shutil import copytree
from typing import TYPE_CHECKING

import duckdb
import pytest

from flows.checks import run_checks
from flows.forget import forget as run
from flows.forget import undo
from flows.settings import Settings
from tests.conftest import ROOT, command, environment, query, story, write_stories
from tests.newspaper import entry, rss
from tests.newsserver import Reply

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Ingest
    from tests.newsroom import Newsroom

SECRET = "the heron of quay forty-one"  # stands in the article that is forgotten, and nowhere else
PIECE = f"{story(1)}\n\nAll of it was watched by {SECRET}, who said nothing."
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.usefixtures("begun")

SOUND = ("orphans", "doubles", "books", "batches", "versions", "stories", "runs", "published", "archive_files", "archive_bytes")


def holding(data: Path, words: str = SECRET) -> list[str]:
    """The files of the data folder in which these words stand, packed or not."""
    import gzip
    import zlib

    found = []
    for path in sorted(p for p in data.rglob("*") if p.is_file() and not p.is_symlink()):
        raw = path.read_bytes()
        if path.suffix == ".gz":
            try:
                raw = gzip.decompress(raw)
            except (EOFError, zlib.error):
                found.append(f"{path} cannot be read")
        if words.encode() in raw:
            found.append(str(path.relative_to(data)))
    return found


def checked(wirehouse: Ingest) -> None:
    ran = wirehouse("check", *SOUND, "--deep")
    assert ran.returncode == 0, ran.stdout


def forget(wirehouse: Ingest, *what: object) -> dict[str, object]:
    ran = wirehouse("forget", *what, "--yes", "--json")
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert isinstance(told["receipts"][0], dict)
    return told["receipts"][0]


def test_not_a_word_is_left_in_any_file(wirehouse: Ingest, data: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    write_stories(inbox, range(10, 16))
    (inbox / "piece.txt").write_text(PIECE, encoding="utf-8")
    assert wirehouse("ingest", inbox).returncode == 0
    assert {p.split("/")[0] for p in holding(data)} >= {"archive", "live", "published"}
    held = duckdb.connect(str(data / "warehouse.duckdb"), read_only=True)  # a reader that never closes
    for name in ("before-0003.duckdb", "damaged/x/wirehouse-000001.warc.gz.landed"):
        (data / "live" / name).parent.mkdir(parents=True, exist_ok=True)
        (data / "live" / name).write_text(PIECE, encoding="utf-8")
    trial = wirehouse("forget", inbox / "piece.txt", "--dry-run")
    assert "Would remove 1 article" in trial.stdout
    assert query(data, "SELECT count(*) FROM mart.articles") == [(7,)]
    receipt = forget(wirehouse, inbox / "piece.txt", "--reason", "a court says so")
    assert holding(data) == []
    held.close()
    assert query(data, "SELECT count(*) FROM mart.articles") == [(6,)]
    assert query(data, "SELECT reason, articles, payloads, refused FROM mart.removals") == [("a court says so", 1, 1, True)]
    assert (receipt["state"], receipt["published"]) == ("done", ["warehouse-1.duckdb"])
    kept = (data / "receipts" / f"{receipt['receipt_id']}.json").read_text(encoding="utf-8")
    assert json.loads(kept) == receipt
    assert "piece" not in kept, "an address or path is told by its hash"
    checked(wirehouse)


def test_it_stays_out_and_its_bytes_are_not_kept(wirehouse: Ingest, data: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    write_stories(inbox, range(10, 12))
    piece = inbox / "piece.txt"
    piece.write_text(PIECE, encoding="utf-8")
    wirehouse("ingest", inbox)
    receipt = forget(wirehouse, piece)
    for again in (PIECE, PIECE + " And then it rained."):  # as it was, and changed at its path
        piece.write_text(again, encoding="utf-8")
        books = json.loads(wirehouse("ingest", inbox, "--json").stdout)
        assert (books["fetched"], books["seen"], books["rejected"]) == (3, 2, 1)
        assert holding(data) == []
    books = json.loads(wirehouse("ingest", inbox, "--json").stdout)
    assert (books["fetched"], books["rejected"]) == (3, 1), "unchanged, and refused as before"
    other = tmp_path / "other"
    other.mkdir()
    (other / "elsewhere.txt").write_text(PIECE, encoding="utf-8")
    assert json.loads(wirehouse("ingest", other, "--json").stdout)["rejected"] == 1, "its very words, elsewhere"
    assert query(data, "SELECT DISTINCT stage, reason FROM mart.rejects") == [("judge", "forgotten")]
    checked(wirehouse)
    assert wirehouse("forget", "--undo", receipt["receipt_id"]).returncode == 0
    wirehouse("ingest", inbox)
    assert query(data, f"SELECT count(*) FROM mart.articles WHERE contains(text, '{SECRET}')") == [(1,)]
    assert holding(data)
    assert wirehouse("forget", "--undo", "no-such").returncode == 1


@pytest.mark.parametrize("form", ["jsonl", "csv", "json"])
def test_a_record_is_cut_out_of_what_holds_others(wirehouse: Ingest, data: Path, tmp_path: Path, form: str) -> None:
    rows = [{"title": f"Story {n}", "text": story(n), "url": f"https://example.org/{n}"} for n in range(3)]
    rows[1] |= {"text": PIECE}
    inbox = tmp_path / "in"
    inbox.mkdir()
    cell = '"{}"'.format
    texts = {
        "jsonl": "".join(json.dumps(row) + "\n" for row in rows),
        "csv": "title,text,url\n" + "".join(",".join(cell(v) for v in row.values()) + "\n" for row in rows),
        "json": json.dumps(rows),
    }
    (inbox / f"all.{form}").write_text(texts[form], encoding="utf-8")
    wirehouse("ingest", inbox)
    receipt = forget(wirehouse, "https://example.org/1")
    assert holding(data) == []
    assert receipt["cut_payloads"] == (form != "json")
    assert query(data, "SELECT title FROM mart.articles ORDER BY 1") == [("Story 0",), ("Story 2",)]
    assert bool(holding(data / "archive", "Item 2-0")) == (form != "json"), "the others' bytes"
    assert query(data, "SELECT what FROM ops.withheld") == [("gone" if form == "json" else "cut",)]
    checked(wirehouse)
    if form == "jsonl":
        with (inbox / "all.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps({"title": "Story 9", "text": story(9), "url": "https://example.org/9"}) + "\n")
        books = json.loads(wirehouse("ingest", inbox, "--json").stdout)
        assert (books["new"], books["seen"], books["rejected"]) == (1, 2, 1)
        assert holding(data) == []
        checked(wirehouse)


def test_copies_and_stories_of_an_original_stand_on_their_own(wirehouse: Ingest, data: Path, tmp_path: Path) -> None:
    for n, outlet in enumerate(("agency", "herald", "post")):
        folder = tmp_path / outlet
        folder.mkdir()
        (folder / "a.txt").write_text(story(1) + (f"\n\nWith notes by {outlet}." if n else ""), encoding="utf-8")
        write_stories(folder, [20 + n])
        assert wirehouse("ingest", folder).returncode == 0
    [(first,)] = query(data, "SELECT article_id FROM mart.articles WHERE source = 'agency' AND is_original AND text LIKE '%1-0%'")
    assert query(data, "SELECT count(*) FILTER (NOT is_original) FROM mart.articles") == [(2,)]
    receipt = forget(wirehouse, first)
    copies = query(data, "SELECT article_id FROM mart.articles WHERE text LIKE '%Item 1-0%' ORDER BY 1")
    assert [article_id for (article_id,) in copies] == receipt["still_stand"]
    assert query(data, "SELECT outlet, is_original FROM mart.articles WHERE text LIKE '%Item 1-0%' ORDER BY 1") == [
        ("herald", True), ("post", False),
    ]  # fmt: skip
    assert query(data, "SELECT count(DISTINCT copy_group), bool_or(copy_group = article_id) FROM mart.articles WHERE text LIKE '%Item 1-0%'") == [
        (1, True)
    ]  # fmt: skip
    assert query(data, "SELECT count(*) FROM mart.stories WHERE central_article_id IS NULL") == [(0,)]
    folder = tmp_path / "late"
    folder.mkdir()
    (folder / "a.txt").write_text(story(1) + "\n\nWith late notes.", encoding="utf-8")
    assert wirehouse("ingest", folder).returncode == 0
    assert query(data, "SELECT count(*), count(DISTINCT story_id), count(*) FILTER (is_original) FROM mart.articles WHERE text LIKE '%Item 1-0%'") == [
        (3, 1, 1)
    ]  # fmt: skip
    checked(wirehouse)


def test_entities_go_with_the_last_article_that_names_them(wirehouse: Ingest, data: Path, tmp_path: Path) -> None:
    facts = {"WIREHOUSE_ENTITIES_ENGINE": "builtin"}
    inbox = tmp_path / "in"
    inbox.mkdir()
    (inbox / "a.txt").write_text(
        'NAIROBI - Kenyan minister Ada Brink met Tomas Oduya on Friday. "We agree," Brink said.\n\n' + story(1), encoding="utf-8"
    )
    (inbox / "b.txt").write_text(
        "NAIROBI - Kenyan minister Ada Brink opened a bridge on Monday, she said.\n\n" + story(2), encoding="utf-8"
    )
    wirehouse("ingest", inbox, **facts)
    names = {name for (name,) in query(data, "SELECT name FROM mart.entities WHERE kind = 'person'")}
    assert names >= {"Ada Brink", "Tomas Oduya"}
    receipt = forget(wirehouse, inbox / "a.txt")
    assert isinstance(receipt["n_rows"], dict)
    assert receipt["n_rows"]["news.mention"] > 2
    assert [row[0] for row in query(data, "SELECT name FROM news.entity WHERE kind = 'person'")] == ["Ada Brink"]
    assert query(data, "SELECT count(*) FROM news.entity_context ANTI JOIN news.article USING (article_id)") == [(0,)]
    assert holding(data, "Oduya") == []
    checked(wirehouse)


def test_a_source_goes_with_all_that_it_brought(wirehouse: Ingest, data: Path, tmp_path: Path) -> None:
    for name, numbers in (("good", (1, 2)), ("bad", (3, 4))):
        write_stories(tmp_path / name, numbers)
    (tmp_path / "bad" / "torn.json").write_text('{"title": "the heron of quay forty-one', encoding="utf-8")
    wirehouse("ingest", tmp_path / "good", tmp_path / "bad")
    assert query(data, "SELECT count(*) FROM mart.rejects") == [(1,)]
    receipt = forget(wirehouse, "bad")
    assert (receipt["kind"], receipt["asked"]) == ("source", "bad")
    assert query(data, "SELECT source, count(*) FROM mart.articles GROUP BY 1") == [("good", 2)]
    assert query(data, "SELECT count(*) FROM mart.rejects") == [(0,)]
    assert holding(data) == holding(data, "Item 3-0") == []
    checked(wirehouse)


def test_what_is_not_clear_is_not_done(wirehouse: Ingest, data: Path, tmp_path: Path) -> None:
    write_stories(tmp_path / "in", [1])
    wirehouse("ingest", tmp_path / "in")
    assert wirehouse("forget", "https://example.org/none", "--yes").returncode == 1
    assert wirehouse("forget").returncode == 2
    assert wirehouse("forget", tmp_path / "in").returncode == 2, "nobody is there to be asked"
    assert query(data, "SELECT count(*) FROM mart.articles") == [(1,)]


def test_a_feed_does_not_bring_it_back(room: Newsroom) -> None:
    told = [entry(1), entry(2, text=PIECE), entry(3)]
    room.site.on("/a.xml", Reply(rss(told)))
    room.subscribe("/a.xml")
    assert room.poll().books.new == 3
    room.site.on("/a.xml", Reply(rss([*told, entry(4)])))
    assert room.poll(later=HOUR).books.new == 1
    assert holding(room.data)
    settings = Settings(room.data, workers=0, wait_s=5, engine=None)
    [receipt] = run([told[1].url], settings).receipts
    assert (receipt.payloads, holding(room.data)) == (2, []), "of both bodies that had it"
    room.site.on("/a.xml", Reply(rss([*told, entry(4), entry(5)])))
    books = room.poll(later=HOUR).books
    assert (books.new, books.seen, books.rejected, books.balanced) == (1, 3, 1, True)
    edited = entry(2, text=PIECE + "\n\nAdded later: it rained.")
    for n in (6, 7):  # its edit is told by its address, and then by its print
        room.site.on("/a.xml", Reply(rss([told[0], edited, told[2], *(entry(k) for k in range(4, n + 1))])))
        books = room.poll(later=HOUR).books
        assert (books.new, books.rejected, books.balanced) == (1, 1, True)
        assert holding(room.data) == []
    assert run([], settings).receipts == []
    undo(receipt.receipt_id, settings)
    room.site.on("/a.xml", Reply(rss([edited, entry(8)])))
    assert room.poll(later=HOUR).books.new == 2
    assert holding(room.data)


def killed_while_forgetting(wirehouse: Ingest, data: Path, tmp_path: Path, *, times: int) -> None:
    chance = random.Random(20261124)
    inbox = tmp_path / "in"
    write_stories(inbox, range(10, 60))
    (inbox / "piece.txt").write_text(PIECE, encoding="utf-8")
    wirehouse("ingest", inbox)
    before = tmp_path / "before"
    copytree(data, before, symlinks=True)
    for n in range(times):
        copy = tmp_path / f"data{n}"
        copytree(before, copy, symlinks=True)
        killed = subprocess.Popen(
            command("forget", inbox / "piece.txt", "--yes", data=copy), cwd=ROOT, env=environment(),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(chance.uniform(0.4, 1.9))
        killed.kill()
        killed.wait()
        with duckdb.connect(str(copy / "warehouse.duckdb"), read_only=True) as con:
            assert con.execute("SELECT count(*) FROM mart.articles").fetchall()[0][0] in {50, 51}
        settings = Settings(copy, workers=0, wait_s=5, engine=None)
        found = run([str(inbox / "piece.txt")], settings)
        assert [r.state for r in found.receipts] == ["done"]
        assert holding(copy) == []
        assert query(copy, "SELECT count(*), (SELECT count(*) FROM mart.removals) FROM mart.articles") == [(50, 1)]
        assert [r for r in run_checks(settings, SOUND, deep=True) if r.state == "failed"] == []


def test_kill_minus_nine_while_forgetting(wirehouse: Ingest, data: Path, tmp_path: Path) -> None:
    killed_while_forgetting(wirehouse, data, tmp_path, times=1)


@pytest.mark.soak
def test_kill_minus_nine_while_forgetting_often(wirehouse: Ingest, data: Path, tmp_path: Path) -> None:
    killed_while_forgetting(wirehouse, data, tmp_path, times=25)
