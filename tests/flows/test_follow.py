"""Folders are followed: what is dropped is read within seconds, once it rests; whatever happens to folder and follower, nothing is lost."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import threading
import time
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

import duckdb
import pytest

from flows.follow import follow
from flows.settings import settings
from tests.conftest import ROOT, Ingest, command, environment, query, story, write_stories

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

REST_S = 0.4
SOON_S = 40.0  # on a machine that has other things to do


class Following:
    """A follower in a thread of its own, and what it said."""

    def __init__(self, data: Path, *arguments: str) -> None:
        self.said: list[str] = []
        self.ended = threading.Event()
        chosen = settings(data, workers=0)
        work = partial(follow, arguments, chosen, self.said.append, self.ended.is_set, rest_s=REST_S)
        self.thread = threading.Thread(target=work, daemon=True)
        self.thread.start()

    def wait_for(self, text: str) -> None:
        until(lambda: any(text in said for said in self.said), lambda: self.said)


@contextmanager
def following(data: Path, *arguments: str) -> Iterator[Following]:
    follower = Following(data, *arguments)
    yield follower
    follower.ended.set()
    follower.thread.join(SOON_S)
    assert not follower.thread.is_alive()


def until(is_so: Callable[[], bool], why: Callable[[], object] = lambda: "") -> None:
    deadline = time.monotonic() + SOON_S
    while not is_so():
        assert time.monotonic() < deadline, why()
        time.sleep(0.05)


def asked(data: Path, sql: str) -> list[tuple[object, ...]]:
    """Rows of the published warehouse; none while there is none."""
    with suppress(duckdb.Error):
        return query(data, sql)
    return []


def holds(data: Path, n: int) -> Callable[[], bool]:
    return lambda: asked(data, "SELECT count(*) FROM mart.articles") == [(n,)]


def declare(data: Path, name: str, folder: Path, **more: str) -> None:
    place = data / "sources"
    place.mkdir(parents=True, exist_ok=True)
    fields = {"name": name, "folder": str(folder), **more}
    draft = place / f".{name}.toml"
    draft.write_text("".join(f'{key} = "{value}"\n' for key, value in fields.items()))
    draft.rename(place / f"{name}.toml")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    place = tmp_path / "inbox"
    place.mkdir()
    return place


def test_what_is_dropped_is_read_when_it_rests(inbox: Path, begun: Path) -> None:
    (inbox / "0.txt").write_text(story(0))
    with following(begun, str(inbox)) as follower:
        until(holds(begun, 1), lambda: follower.said)
        with (inbox / "slow.txt").open("w") as slow:  # a writer who takes its time, but never rests
            for part in story(1).split("\n\n"):
                slow.write(part + "\n\n")
                slow.flush()
                time.sleep(REST_S / 3)
            last = time.time()
        (inbox / "half.txt.part").write_text(story(2))
        (inbox / ".hidden").mkdir()
        (inbox / ".hidden" / "3.txt").write_text(story(3))
        until(holds(begun, 2), lambda: follower.said)
        (inbox / "half.txt.part").rename(inbox / "half.txt")
        deeper = inbox / "new" / "deeper"
        deeper.mkdir(parents=True)
        (deeper / "4.txt").write_text(story(4))
        until(holds(begun, 4), lambda: follower.said)
    assert query(begun, "SELECT max(version), count(*) FROM mart.versions") == [(1, 4)], "no half of a file was read"
    [(fetched,)] = query(
        begun, "SELECT epoch(fetched_at) FROM mart.latency JOIN mart.sightings USING (article_id) WHERE path = 'slow.txt'"
    )
    assert isinstance(fetched, float)
    assert fetched >= last + REST_S - 0.1
    assert query(begun, "SELECT bool_and(balanced), min(flow), max(flow), max(state) FROM mart.runs") == [
        (True, "follow", "follow", "completed")
    ]
    assert query(begun, "SELECT bool_and(queryable_after_s > landed_after_s AND landed_after_s > 0) FROM mart.latency") == [
        (True,)
    ]


def test_a_burst_becomes_few_runs(inbox: Path, begun: Path) -> None:
    with following(begun, str(inbox)):
        write_stories(inbox, range(600), words=40)
        done = [(600, True)]  # a long run publishes on its way, too
        until(lambda: asked(begun, "SELECT sum(fetched), bool_and(balanced) FROM mart.runs WHERE state = 'completed'") == done)
    [(runs, items, balanced)] = query(begun, "SELECT count(*), sum(fetched), bool_and(balanced) FROM mart.runs")
    assert isinstance(runs, int)
    assert runs < 40
    assert (items, balanced) == (600, True)
    assert query(begun, "SELECT count(*), count(DISTINCT path) FROM mart.sightings") == [(600, 600)]


def test_folders_come_and_go_and_sources_are_declared(tmp_path: Path, begun: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    declare(begun, "first", first)
    with following(begun) as follower:
        follower.wait_for(f"{first} cannot be watched")
        first.mkdir()
        (first / "0.txt").write_text(story(0))
        until(holds(begun, 1), lambda: follower.said)
        second.mkdir()
        (second / "1.txt").write_text(story(1))
        declare(begun, "second", second, outlet="The Second")
        until(holds(begun, 2), lambda: follower.said)
        shutil.rmtree(first)
        until(lambda: sum("cannot be watched" in said for said in follower.said) == 2)
        first.mkdir()
        (first / "2.txt").write_text(story(2))
        until(holds(begun, 3), lambda: follower.said)
    assert asked(begun, "SELECT count(*) FROM mart.articles WHERE outlet = 'The Second'") == [(1,)]


def test_a_failed_run_is_told_and_tried_again(inbox: Path, begun: Path) -> None:
    archive = begun / "archive"
    archive.rmdir()
    archive.write_text("in the way")
    (inbox / "0.txt").write_text(story(0))
    with following(begun, str(inbox)) as follower:
        follower.wait_for("Trying again in 2 s")
        (inbox / "1.txt").write_text(story(1))
        archive.unlink()
        until(holds(begun, 2), lambda: follower.said)


@pytest.mark.soak
def test_others_write_while_it_follows(inbox: Path, begun: Path, tmp_path: Path, process: Ingest) -> None:
    with following(begun, str(inbox)) as follower:
        write_stories(inbox, range(5), words=60)
        until(holds(begun, 5), lambda: follower.said)
        write_stories(tmp_path / "other", range(10, 15), words=60)
        run = process("ingest", tmp_path / "other", "--wait", 20)
        assert run.returncode == 0, run.stderr
        write_stories(inbox, range(20, 23), words=60)
        until(holds(begun, 13), lambda: follower.said)


def test_files_that_landed_are_moved_out_of_the_way(inbox: Path, begun: Path) -> None:
    declare(begun, "box", inbox, after="moved")
    (inbox / "deep").mkdir()
    (inbox / "deep" / "latest.txt").write_text(story(0))
    (inbox / "bad.json").write_text("{")
    with following(begun) as follower:
        until(lambda: not [p for p in inbox.rglob("*") if p.is_file() and ".landed" not in str(p) and ".refused" not in str(p)])
        (inbox / "deep" / "latest.txt").write_text(story(1))  # the same name again: another article
        until(holds(begun, 2), lambda: follower.said)
        until(lambda: not (inbox / "deep" / "latest.txt").exists())
    landed = sorted(p for p in inbox.rglob("*.txt"))
    assert [p.name for p in landed] == ["latest-2.txt", "latest.txt"]
    assert {p.read_text() for p in landed} == {story(0), story(1)}
    assert [p.parts[-3] for p in inbox.rglob("*.json")] == [".refused"]
    assert query(begun, "SELECT count(*), count(DISTINCT article_id) FROM mart.sightings WHERE path = 'deep/latest.txt'") == [
        (2, 2)
    ]


def test_a_crash_before_the_move_is_made_good(inbox: Path, begun: Path, wirehouse: Ingest) -> None:
    declare(begun, "box", inbox)
    (inbox / "0.txt").write_text(story(0))
    (inbox / "1.txt").write_text(story(1))
    assert wirehouse("ingest").returncode == 0  # as a run leaves it that is killed when it has committed
    stat = (inbox / "1.txt").stat()
    (inbox / "1.txt").write_text(story(2)[: stat.st_size].ljust(stat.st_size))
    os.utime(inbox / "1.txt", ns=(stat.st_atime_ns, stat.st_mtime_ns))  # looks like what landed, and is not
    declare(begun, "box", inbox, after="moved")
    run = wirehouse("ingest")
    assert run.returncode == 0, run.stderr
    assert not list(inbox.glob("*.txt"))
    assert {p.read_text().strip() for p in inbox.rglob("*.txt")} == {story(0).strip(), story(2)[: stat.st_size].strip()}
    assert query(begun, "SELECT count(*) FROM mart.articles") == [(3,)], "what was moved had been read"


def test_what_only_the_folder_keeps_is_never_moved(inbox: Path, begun: Path, wirehouse: Ingest) -> None:
    declare(begun, "box", inbox, archive="reference")
    (inbox / "0.txt").write_text(story(0))
    assert wirehouse("ingest").returncode == 0
    declare(begun, "box", inbox, archive="reference", after="moved")
    wrong = wirehouse("ingest")
    assert wrong.returncode == 2
    assert 'needs archive = "keep"' in wrong.stderr
    declare(begun, "box", inbox, after="moved")  # it landed by reference: the archive does not have its bytes
    assert wirehouse("ingest").returncode == 0
    assert (inbox / "0.txt").read_text() == story(0)


def test_wrong_usage(inbox: Path, wirehouse: Ingest) -> None:
    (inbox / "0.txt").write_text(story(0))
    for argument, says in (
        (inbox / "0.txt", "is a file"),
        ("nosuch", "no source of that name"),
        ("https://a.example/", "address"),
    ):
        run = wirehouse("follow", argument)
        assert run.returncode == 2, run.stderr
        assert says in run.stderr


def test_it_ends_in_order_when_it_is_told_to(inbox: Path, begun: Path) -> None:
    write_stories(inbox, range(300), words=60)
    run = subprocess.Popen(
        command("follow", inbox, "--workers", 0, data=begun), cwd=ROOT, env=environment(WIREHOUSE_REST="0.2"),
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    until(holds(begun, 300), run.poll)
    write_stories(inbox, range(300, 1_000), words=60)
    until(lambda: _is_written(begun) or holds(begun, 1_000)())
    run.send_signal(signal.SIGTERM)
    _, said = run.communicate(timeout=30)
    assert run.returncode == 0, said
    assert query(begun, "SELECT DISTINCT state, balanced FROM mart.runs") == [("completed", True)]
    with following(begun, str(inbox)) as follower:
        until(holds(begun, 1_000), lambda: follower.said)
    assert query(begun, "SELECT count(*), count(DISTINCT path) FROM mart.sightings") == [(1_000, 1_000)]


def _is_written(data: Path) -> bool:
    with (data / "live" / "writer.lock").open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
