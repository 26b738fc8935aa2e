"""Backups: whole or not there, only what is new, put back to the byte, and refused when damaged."""

from __future__ import annotations

import json
import random
import subprocess
import time
from shutil import copytree
from typing import TYPE_CHECKING, Any

import pytest

from flows.backups import put_back
from flows.checks import run_checks
from flows.plain import ingest
from flows.settings import Settings
from tests.conftest import ROOT, command, environment, query, write_stories
from warehouse.backup import backups
from warehouse.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Ingest

ROWS = "SELECT article_id, version, text, raw_id, archive, archive_offset FROM news.version JOIN ops.raw USING (raw_id) ORDER BY 1, 2"
SOUND = ("orphans", "doubles", "books", "batches", "published", "archive_files", "archive_gaps", "archive_bytes")


def told(ran: subprocess.CompletedProcess[str]) -> Any:  # noqa: ANN401  whatever the command prints as JSON
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def restored(folder: Path, to: Path, stamp: str | None = None) -> int:
    """Restore into another folder; returns how many articles can be queried there."""
    put_back(folder, Settings(to, workers=0), stamp=stamp)
    [(articles,)] = query(to, "SELECT count(*) FROM mart.articles")
    assert isinstance(articles, int)
    return articles


def other(to: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """A command on another data folder."""
    return subprocess.run(command(*arguments, data=to), cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)


def test_a_backup_is_put_back_as_it_was(wirehouse: Ingest, data: Path, tmp_path: Path) -> None:
    inbox, folder, to = tmp_path / "in", tmp_path / "backups", tmp_path / "restored"
    write_stories(inbox, range(20))
    (data / "sources").mkdir(parents=True)
    (data / "sources" / "in.toml").write_text(f'name = "in"\nfolder = "{inbox}"\noutlet = "The Post"\n')
    (data / "retention.toml").write_text("[keep]\n")
    wirehouse("ingest", "in")
    first = told(wirehouse("backup", folder, "--json"))
    assert first["articles"] == 20
    assert first["copied_bytes"] > 0.9 * first["bytes"]
    rows = query(data, ROWS)
    ran = other(to, "restore", folder)
    assert ran.returncode == 0, ran.stderr
    assert "Restored 20 articles" in ran.stdout
    assert query(to, ROWS) == rows
    assert (to / "sources" / "in.toml").read_text() == (data / "sources" / "in.toml").read_text()
    assert (to / "retention.toml").exists()
    assert [r for r in run_checks(Settings(to, workers=0), SOUND, deep=True) if r.state == "failed"] == []
    write_stories(inbox, range(20, 25))
    books = ingest(["in"], Settings(to, workers=0, engine=None)).books
    assert (books.new, books.seen) == (5, 20), "it goes on where it was"


def test_the_next_backup_copies_what_is_new_and_both_can_be_had(wirehouse: Ingest, data: Path, tmp_path: Path) -> None:
    inbox, folder = tmp_path / "in", tmp_path / "backups"
    seen = []
    for n in range(4):
        write_stories(inbox, range(n * 20, n * 20 + 20))
        wirehouse("ingest", inbox)
        seen.append(told(wirehouse("backup", folder, "--json")))
    assert seen[3]["removed"] == [seen[0]["stamp"]]
    archive = folder / "archive" / "wirehouse-000001.warc.gz"
    assert archive.read_bytes() == (data / "archive" / archive.name).read_bytes()
    database = next(p.size for p in backups(folder)[-1].parts if p.to.startswith("live"))
    assert seen[3]["copied_bytes"] < database + archive.stat().st_size / 3
    assert [b.articles for b in backups(folder)] == [40, 60, 80]
    listed = told(wirehouse("restore", folder, "--list", "--json"))
    assert [row["stamp"] for row in listed] == [s["stamp"] for s in seen[1:]]
    for stamp, articles in ((seen[1]["stamp"], 40), (seen[3]["stamp"], 80)):
        assert restored(folder, tmp_path / stamp, stamp) == articles
    with pytest.raises(UsageError, match="there is no backup 20200101T000000Z"):
        restored(folder, tmp_path / "x", "20200101T000000Z")


def test_a_damaged_backup_is_refused_by_name_and_nothing_is_changed(wirehouse: Ingest, data: Path, tmp_path: Path) -> None:
    inbox, folder = tmp_path / "in", tmp_path / "backups"
    write_stories(inbox, range(5))
    wirehouse("ingest", inbox)
    wirehouse("backup", folder)
    for damaged in (folder / "archive" / "wirehouse-000001.warc.gz", next((folder / "database").iterdir())):
        whole = damaged.read_bytes()
        damaged.write_bytes(whole[:700] + bytes([whole[700] ^ 1]) + whole[701:])
        ran = wirehouse("restore", folder, "--force")
        assert ran.returncode == 1
        assert f"{damaged} is damaged" in ran.stderr.replace("\n", " ")
        damaged.unlink()
        assert f"{damaged} is missing" in wirehouse("restore", folder, "--force").stderr
        damaged.write_bytes(whole)
    assert not [p for p in data.iterdir() if p.name.startswith((".restore", "replaced"))]
    assert query(data, "SELECT count(*) FROM mart.articles") == [(5,)]


def test_what_is_there_is_replaced_only_when_told_to_and_kept_aside(wirehouse: Ingest, data: Path, tmp_path: Path) -> None:
    inbox, folder = tmp_path / "in", tmp_path / "backups"
    write_stories(inbox, range(5))
    wirehouse("ingest", inbox)
    wirehouse("backup", folder)
    write_stories(inbox, range(5, 8))
    wirehouse("ingest", inbox)
    [receipt] = told(wirehouse("forget", inbox / "000" / "story-00003.txt", "--yes", "--json"))["receipts"]
    assert receipt["backups"] == [str(folder)]
    refused = wirehouse("restore", folder)
    assert (refused.returncode, "is not empty" in refused.stderr) == (2, True)
    done = told(wirehouse("restore", folder, "--force", "--json"))
    assert query(data, "SELECT count(*) FROM mart.articles") == [(4,)], "what was forgotten since does not come back"
    assert len(done["removed_again"]) == 1
    assert told(wirehouse("ingest", inbox, "--json"))["new"] == 3
    assert wirehouse("check", *SOUND, "--deep").returncode == 0
    assert wirehouse("backup", data / "inside").returncode == 2
    assert wirehouse("restore", tmp_path / "nothing", "--force").returncode == 1


@pytest.mark.parametrize("times", [1, pytest.param(20, marks=pytest.mark.soak)])
def test_kill_minus_nine_while_backing_up(wirehouse: Ingest, data: Path, tmp_path: Path, times: int) -> None:
    chance = random.Random(20261124)
    inbox, folder = tmp_path / "in", tmp_path / "backups"
    write_stories(inbox, range(200))
    wirehouse("ingest", inbox)
    wirehouse("backup", folder)
    write_stories(inbox, range(200, 400))
    wirehouse("ingest", inbox)
    for n in range(times):
        copy = tmp_path / f"backups{n}"
        copytree(folder, copy)
        run = subprocess.Popen(
            command("backup", copy, data=data), cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.5, 1.4))
        run.kill()
        run.wait()
        whole = backups(copy)
        assert restored(copy, tmp_path / f"first-{n}", whole[0].stamp) == 200, "the last good one"
        assert wirehouse("backup", copy).returncode == 0
        assert restored(copy, tmp_path / f"next-{n}") == 400
        names = {p.name for p in (copy / "database").iterdir()}
        assert names == {f"warehouse-{b.stamp}.duckdb" for b in backups(copy)}, "nothing is left of the killed one"
