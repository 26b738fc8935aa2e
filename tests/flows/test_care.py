"""`wirehouse maintain`: what is too old goes as retention.toml says, files are packed, and nothing else is touched."""

from __future__ import annotations

import json
import os
import random
import subprocess
import time
from datetime import timedelta
from shutil import copytree
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from flows.care import maintain as run_again
from flows.checks import run_checks
from flows.retention import load
from flows.settings import Settings
from tests.conftest import ROOT, command, environment, query, story, write_stories
from tests.newspaper import entry, rss
from tests.newsserver import Reply
from warehouse.archive import Entry, read
from warehouse.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Ingest
    from tests.newsroom import Newsroom

SOUND = ("orphans", "doubles", "books", "batches", "versions", "stories", "runs", "published", "archive_files", "archive_bytes")
OLD = "INTERVAL 100 DAY"

pytestmark = pytest.mark.usefixtures("begun")


def maintain(wirehouse: Ingest, *options: str) -> dict[str, Any]:
    ran = wirehouse("maintain", "--json", *options)
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert isinstance(told, dict)
    return told


def live(data: Path, *statements: str) -> None:
    """Change the live database, while nobody writes: what makes rows old."""
    with duckdb.connect(str(data / "live" / "warehouse.duckdb")) as con:
        for statement in statements:
            con.execute(statement)


def payloads(data: Path) -> dict[str, bytes]:
    """Every payload of the archive, as the published warehouse finds it."""
    rows = query(data, "SELECT uri, archive, archive_offset, archive_length FROM ops.raw WHERE archive <> ''")
    return {str(uri): read(data / "archive", Entry(*place)) for uri, *place in rows}  # type: ignore[arg-type]  # as selected


def test_nothing_goes_by_age_unless_the_user_says_so(wirehouse: Ingest, data: Path, tmp_path: Path) -> None:
    write_stories(tmp_path / "in", range(5))
    wirehouse("ingest", tmp_path / "in")
    live(
        data,
        f"UPDATE news.article SET first_seen_at = first_seen_at - {OLD}",
        f"UPDATE ops.raw SET fetched_at = fetched_at - {OLD}",
    )
    before = payloads(data)
    done = maintain(wirehouse)
    assert (done["articles"], done["rows"], done["archives"]) == (0, {}, [])
    assert query(data, "SELECT count(*) FROM mart.articles") == [(5,)]
    assert payloads(data) == before


def test_articles_go_after_their_time_and_unchanged_files_do_not_come_back(wirehouse: Ingest, data: Path, tmp_path: Path) -> None:
    for name, numbers in (("quick", range(6)), ("slow", range(10, 16))):
        write_stories(tmp_path / name, numbers)
    (tmp_path / "quick" / "two.jsonl").write_text(
        "".join(json.dumps({"title": f"T{n}", "text": story(n)}) + "\n" for n in (30, 31))
    )
    wirehouse("ingest", tmp_path / "quick", tmp_path / "slow")
    live(
        data,
        f"UPDATE news.article SET first_seen_at = first_seen_at - {OLD} WHERE article_id NOT IN (SELECT article_id FROM news.version WHERE title = 'T31')",
    )
    (data / "retention.toml").write_text('[keep]\narticles = "1 year"\n[source.quick]\narticles = "30 days"\n')
    would = maintain(wirehouse, "--dry-run")
    assert would["articles"] == 7
    assert query(data, "SELECT count(*) FROM mart.articles") == [(14,)]
    done = maintain(wirehouse)
    assert done["articles"] == 7
    assert query(data, "SELECT source, count(*) FROM mart.articles GROUP BY 1 ORDER BY 1") == [("quick", 1), ("slow", 6)]
    assert len(done["archives"]) == 1, "more than a third of it was void"
    assert query(data, "SELECT kind, refused FROM mart.removals") == [("retention", False)]
    kept = payloads(data)
    assert len(kept) == 7
    assert b"T30" in b"".join(kept.values()), "bytes that others came from stay"
    again = json.loads(wirehouse("ingest", tmp_path / "quick", "--json").stdout)
    assert (again["fetched"], again["new"]) == (8, 0)
    assert wirehouse("check", *SOUND, "--deep").returncode == 0
    assert maintain(wirehouse)["archives"] == []


def test_payloads_rejects_and_runs_have_terms_of_their_own(wirehouse: Ingest, data: Path, tmp_path: Path) -> None:
    write_stories(tmp_path / "in", range(3))
    (tmp_path / "in" / "torn.json").write_text('{"title": "half')
    wirehouse("ingest", tmp_path / "in")
    for _ in range(2):
        wirehouse("ingest", tmp_path / "in")
    live(
        data, f"UPDATE ops.raw SET fetched_at = fetched_at - {OLD}", f"UPDATE ops.reject SET seen_at = seen_at - {OLD}",
        f"UPDATE ops.run SET started_at = started_at - {OLD}", f"UPDATE ops.publication SET published_at = published_at - {OLD}",
    )  # fmt: skip
    (data / "retention.toml").write_text('[keep]\narchive = "2 months"\nrejects = "2 weeks"\nruns = "90 days"\n')
    done = maintain(wirehouse)
    assert done["payloads"] == 4
    assert query(data, "SELECT (SELECT count(*) FROM mart.articles), (SELECT count(*) FROM mart.rejects)") == [(3, 0)]
    assert payloads(data) == {}
    assert sum(p.stat().st_size for p in (data / "archive").iterdir()) == 0
    assert query(data, "SELECT count(*), bool_and(what = 'expired') FROM ops.withheld") == [(4, True)]
    assert wirehouse("check", *SOUND, "--deep").returncode == 0


def test_what_a_feed_still_lists_stays(room: Newsroom, wirehouse: Ingest) -> None:
    room.site.on("/a.xml", Reply(rss([entry(n) for n in range(4)])))
    room.subscribe("/a.xml")
    room.poll()
    room.site.on("/a.xml", Reply(rss([entry(n) for n in range(2, 6)])))
    room.poll(later=timedelta(hours=1))
    live(
        room.data, f"UPDATE news.article SET first_seen_at = first_seen_at - {OLD}",
        f"UPDATE ops.entry SET vanished_at = vanished_at - {OLD}, seen_at = seen_at - {OLD}",
    )  # fmt: skip
    (room.data / "retention.toml").write_text('[keep]\narticles = "30 days"\nfetches = "1 day"\nentries = "1 day"\n')
    assert maintain(wirehouse)["articles"] == 2
    assert room.one("SELECT count(*) FROM mart.articles") == 4
    books = room.poll(later=timedelta(hours=2)).books
    assert (books.new, books.balanced) == (0, True)


def test_litter_is_cleared_and_what_is_young_is_not(wirehouse: Ingest, data: Path, tmp_path: Path) -> None:
    write_stories(tmp_path / "in", range(3))
    wirehouse("ingest", tmp_path / "in")
    left = [
        data / "live" / name
        for name in ("spool/dead/big.jsonl", "compact.duckdb", "runs/dead", "before-0001.duckdb", "before-0004.duckdb")
    ]
    for path in left:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("litter")
    os.utime(left[3], (time.time() - 8 * 86_400,) * 2)
    maintain(wirehouse)
    assert [p.exists() for p in left] == [False, False, False, False, True]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[keep]\narticles = "soon"', "keep.articles: 'soon' is no time"),
        ("[keep]\narticles = 30", "keep.articles: 30 is no time"),
        ('[keep]\nartikel = "1 day"', "keep.artikel: there is no such setting"),
        ('[source.x]\nruns = "1 day"', "source.x.runs: there is no such setting"),
        ("keep = [", "is no TOML"),
    ],
)
def test_a_wrong_retention_file_is_named_and_nothing_goes(wirehouse: Ingest, data: Path, text: str, said: str) -> None:
    (data / "retention.toml").write_text(text)
    with pytest.raises(UsageError, match=r"retention\.toml") as error:
        load(data / "retention.toml")
    assert said in str(error.value)
    ran = wirehouse("maintain")
    assert (ran.returncode, said in ran.stderr) == (2, True)


def killed_while_packing(wirehouse: Ingest, data: Path, tmp_path: Path, *, times: int) -> None:
    chance = random.Random(20261124)
    write_stories(tmp_path / "in", range(400))
    wirehouse("ingest", tmp_path / "in")
    live(data, f"UPDATE news.article SET first_seen_at = first_seen_at - {OLD} WHERE hash(article_id) % 2 = 0")
    (data / "retention.toml").write_text('[keep]\narticles = "30 days"\n')
    [(left,)] = query(data, "SELECT count(*) FROM news.article WHERE hash(article_id) % 2 = 1")
    for n in range(times):
        copy = tmp_path / f"data{n}"
        copytree(data, copy, symlinks=True)
        run = subprocess.Popen(
            command("maintain", data=copy), cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.4, 1.8))
        run.kill()
        run.wait()
        settings = Settings(copy, workers=0, wait_s=5, engine=None)
        run_again(settings)
        assert query(copy, "SELECT count(*) FROM mart.articles") == [(left,)]
        assert len(payloads(copy)) == left
        assert query(copy, "SELECT count(*), count(DISTINCT raw_id) FROM ops.raw") == [(400, 400)]
        assert [r for r in run_checks(settings, SOUND, deep=True) if r.state == "failed"] == []


def test_kill_minus_nine_while_packing(wirehouse: Ingest, data: Path, tmp_path: Path) -> None:
    killed_while_packing(wirehouse, data, tmp_path, times=1)


@pytest.mark.soak
def test_kill_minus_nine_while_packing_often(wirehouse: Ingest, data: Path, tmp_path: Path) -> None:
    killed_while_packing(wirehouse, data, tmp_path, times=25)
