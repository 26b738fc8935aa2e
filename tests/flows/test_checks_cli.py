"""`wirehouse check` as people and scripts use it."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from shutil import copytree
from typing import TYPE_CHECKING

import duckdb
import pytest

from flows.checks import run_checks
from flows.plain import ingest
from flows.settings import Settings
from tests.conftest import query, story, write_stories
from tests.newspaper import entry, rss
from tests.newsserver import Reply, conditional
from warehouse.audit import checks
from warehouse.layout import Layout
from warehouse.lock import WriterLock
from warehouse.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Ingest
    from tests.newsroom import Newsroom


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("landed")
    write_stories(folder / "desk", range(3), words=30)
    ingest([str(folder / "desk")], Settings(folder / "data", workers=0, engine=None))
    return folder / "data"


@pytest.fixture
def sound(landed: Path, data: Path) -> Path:
    copytree(landed, data, symlinks=True)
    return data


def spoil(data: Path, *statements: str) -> None:
    """Change what is published."""
    current = Layout(data).current.resolve()
    current.chmod(0o644)
    with duckdb.connect(str(current)) as con:
        for statement in statements:
            con.execute(statement)


def test_a_sound_warehouse_is_told_in_a_line(sound: Path, wirehouse: Ingest) -> None:
    run = wirehouse("check")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == f"{sum(not c.deep for c in checks().values())} passed.\n"
    assert query(sound, "SELECT count(*) FROM mart.checks") == [(sum(not c.deep for c in checks().values()),)]


def test_an_error_is_shown_with_what_to_do(sound: Path, wirehouse: Ingest) -> None:
    spoil(
        sound,
        "INSERT INTO news.article SELECT * FROM news.article LIMIT 1",
        "UPDATE ops.run SET state = 'failed', message = '[red]no room'",
    )
    run = wirehouse("check", "doubles", "runs", "versions")
    assert run.returncode == 1
    told = " ".join(run.stdout.split())
    for part in (
        "failed doubles news.article 1 0",
        "warned runs ingest",
        "[red]no room",
        "doubles: A batch landed twice",
        "1 failed, 1 warned, 1 passed.",
    ):
        assert part in told
    assert query(sound, "SELECT name, state FROM mart.checks ORDER BY name") == [
        ("doubles", "failed"), ("runs", "warned"), ("versions", "passed")
    ]  # fmt: skip


def test_warnings_fail_only_if_that_is_asked_for(sound: Path, wirehouse: Ingest) -> None:
    spoil(sound, "UPDATE ops.run SET state = 'failed'")
    assert wirehouse("check", "runs").returncode == 0
    spoil(sound, "UPDATE ops.run SET state = 'failed'")
    assert wirehouse("check", "runs", "--strict").returncode == 1


def test_scripts_get_json(sound: Path, wirehouse: Ingest) -> None:
    spoil(sound, "INSERT INTO news.article SELECT * FROM news.article LIMIT 1")
    run = wirehouse("check", "doubles", "versions", "--json")
    bad, good = json.loads(run.stdout)
    assert (run.returncode, bad["name"], bad["state"], bad["subject"], bad["measured"], bad["expected"]) == (
        1,
        "doubles",
        "failed",
        "news.article",
        1,
        0,
    )
    assert len(bad["examples"]) == 1
    assert bad["advice"] == checks()["doubles"].advice
    assert (good["name"], good["state"], good["subject"], good["advice"]) == ("versions", "passed", None, None)


def test_the_checks_are_listed_and_none_is_run(data: Path, wirehouse: Ingest) -> None:
    rows = json.loads(wirehouse("check", "--list", "--json").stdout)
    assert {row["name"] for row in rows} == set(checks())
    assert {row["name"] for row in rows if row["deep"]} == {"archive_bytes", "referenced_files"}
    told = wirehouse("check", "--list").stdout
    assert all(name in told for name in checks())
    assert not data.exists()


def test_wrong_use_and_nothing_to_check(data: Path, wirehouse: Ingest) -> None:
    wrong = wirehouse("check", "bookz")
    assert (wrong.returncode, "wirehouse check --list shows all" in wrong.stderr) == (2, True)
    nothing = wirehouse("check")
    assert (nothing.returncode, "there is no warehouse" in nothing.stderr) == (1, True)
    assert not data.exists()


def test_a_byte_of_the_archive_is_found_by_the_deep_check_alone(sound: Path, wirehouse: Ingest) -> None:
    [file] = (sound / "archive").iterdir()
    with file.open("r+b") as archive:
        archive.seek(file.stat().st_size // 2)
        [byte] = archive.read(1)
        archive.seek(-1, os.SEEK_CUR)
        archive.write(bytes([byte ^ 4]))
    assert wirehouse("check").returncode == 0
    deep = wirehouse("check", "--deep")
    assert deep.returncode == 1
    assert "archive_bytes" in deep.stdout


def test_it_reads_while_another_writes_and_waits_only_to_keep_its_results(sound: Path, wirehouse: Ingest) -> None:
    layout = Layout(sound)
    with Store(layout, WriterLock(layout.live, "a long ingest")) as store:
        run = wirehouse("check", "--wait", "0.1")
        store.end()
    assert run.returncode == 0
    assert "passed." in run.stdout
    assert "The results were not kept: The warehouse" in run.stderr
    assert "a long ingest" in run.stderr
    assert query(sound, "SELECT count(*) FROM mart.checks") == [(0,)]


def test_a_warehouse_of_an_older_version_is_published_anew_first(sound: Path, wirehouse: Ingest) -> None:
    spoil(sound, "DROP TABLE ops.check_result CASCADE", "DELETE FROM ops.migration WHERE version = 6")
    run = wirehouse("check")
    assert (run.returncode, run.stdout[-8:]) == (0, "passed.\n")


@pytest.mark.usefixtures("sound")
def test_status_names_watches_in_trouble(wirehouse: Ingest) -> None:
    assert "\nwatches " not in wirehouse("status").stdout
    wirehouse("watches", "add", "fine", "SELECT 1 AS a", "--tell", "true")
    wirehouse("watches", "add", "bad", "SELECT article_id FROM mart.articles", "--tell", "false", "--from-start")
    assert wirehouse("watches", "run").returncode == 1
    assert "2; in trouble: bad" in wirehouse("status").stdout
    told = json.loads(wirehouse("status", "--json").stdout)["watches"]
    assert [(w["name"], w["waiting"], w["error"]) for w in told] == [
        ("bad", 3, "false failed with exit code 1"),
        ("fine", 0, None),
    ]


def test_polls_of_feeds_leave_a_sound_warehouse(room: Newsroom) -> None:
    """New entries, known ones, edits, vanished ones, refused ones, teasers with their pages, and pages that cannot be had."""
    room.site.on(
        "/wire.xml", [Reply(rss([entry(1), entry(2), entry(3)])), Reply(rss([entry(2), entry(3, title="Another"), entry(4)]))]
    )
    room.site.on("/teasers.xml", conditional(rss([entry(5, full=False), entry(6, full=False)])))
    room.site.on("/bad.xml", [Reply(b"no feed at all"), Reply(status=500)])
    room.subscribe("/wire.xml")
    room.subscribe("/teasers.xml")
    room.subscribe("/bad.xml")
    for hours in (0, 1, 2, 30):
        room.poll(later=timedelta(hours=hours))
    results = run_checks(Settings(room.data, workers=0), deep=True)
    assert [(r.name, r.subject) for r in results if r.state != "passed"] == [("feeds", "bad")]
    assert room.one("SELECT count(*) FROM ops.fetch WHERE n_known > 0") > 0, "or else the books were easy"


def test_a_watch_of_the_checks_is_told_of_a_failure(sound: Path, wirehouse: Ingest, tmp_path: Path) -> None:
    told = tmp_path / "told.json"
    failures = "SELECT name, subject FROM mart.checks WHERE state = 'failed'"
    assert wirehouse("watches", "add", "failures", failures, "--tell", f"tee {told}").returncode == 0
    assert wirehouse("check").returncode == 0
    assert not told.exists()
    layout = Layout(sound)
    with duckdb.connect(str(layout.database)) as con:
        con.execute("INSERT INTO news.article SELECT * FROM news.article LIMIT 1")
    (tmp_path / "more.txt").write_text(story(9))
    wirehouse("ingest", tmp_path / "more.txt", "--workers", 0)
    assert wirehouse("check", "doubles").returncode == 1
    assert json.loads(told.read_text())["rows"] == [{"name": "doubles", "subject": "news.article"}]
