"""kill -9 at any moment loses nothing and doubles nothing, and readers never notice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import duckdb
import psutil
import pytest

from tests.conftest import ROOT, command, environment, query, write_stories

if TYPE_CHECKING:
    from pathlib import Path

FILES = 5_000


def as_in_a_terminal() -> None:
    """A shell's background jobs ignore SIGINT, and what they start inherits it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start(folder: Path, data: Path, stderr: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command("ingest", folder, "--workers", 2, data=data), cwd=ROOT, env=environment(), start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=stderr, preexec_fn=as_in_a_terminal,
    )  # fmt: skip


def check(data: Path, at_most: int) -> int:
    """The published warehouse opens and holds whole books; returns how many articles it has."""
    if not (data / "warehouse.duckdb").exists():
        return 0
    [(articles, paths)] = query(
        data, "SELECT (SELECT count(*) FROM mart.articles), (SELECT count(DISTINCT path) FROM mart.sightings)"
    )
    assert articles == paths
    assert isinstance(articles, int)
    assert articles <= at_most
    return articles


def killed(tmp_path: Path, files: int, *, times: int, publish_first: bool) -> None:
    chance = random.Random(20261124)
    folder, data = tmp_path / "in", tmp_path / "data"
    write_stories(folder, range(10 if publish_first else files), words=100)
    if publish_first:
        assert start(folder, data).wait(60) == 0
        write_stories(folder, range(10, files), words=100)
    began = time.monotonic()
    for _ in range(times):
        run = start(folder, data)
        time.sleep(chance.uniform(0.3, 2.2))
        workers = psutil.Process(run.pid).children(recursive=True) if run.poll() is None else []
        run.kill()  # the run alone: its workers must end by themselves
        run.wait()
        _, alive = psutil.wait_procs(workers, timeout=10)
        assert not alive, "workers outlive a killed run"
        check(data, files)
    assert start(folder, data).wait(120) == 0
    assert time.monotonic() - began < 240
    assert check(data, files) == files
    assert query(data, "SELECT count(*), count(DISTINCT article_id), max(version) FROM mart.versions") == [(files, files, 1)]
    assert query(data, "SELECT count(*) FROM mart.sightings") == [(files,)], "a repeated batch leaves no second sighting"
    assert query(data, "SELECT sum(n_items), count(*) FROM ops.file") == [(files, files)]
    assert query(data, "SELECT count(*) FROM mart.runs WHERE state = 'running'") == [(0,)]
    assert query(data, "SELECT bool_and(balanced) FROM mart.runs WHERE state = 'completed'") == [(True,)]
    assert query(data, "SELECT count(*) FROM ops.raw AS r ANTI JOIN ops.file AS f USING (raw_id)") == [(0,)]


def test_kill_minus_nine(tmp_path: Path) -> None:
    killed(tmp_path, FILES // 2, times=4, publish_first=True)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(5))
def test_kill_minus_nine_fifty_times(tmp_path: Path, seed: int) -> None:
    del seed
    killed(tmp_path, FILES, times=10, publish_first=False)


def test_an_interrupt_ends_the_run_in_order(tmp_path: Path) -> None:
    folder, data = tmp_path / "in", tmp_path / "data"
    write_stories(folder, range(2_000), words=100)
    run = start(folder, data, subprocess.PIPE)
    landed = data / "archive" / "wirehouse-000001.warc.gz"
    deadline = time.monotonic() + 30
    while not (landed.exists() and landed.stat().st_size) and time.monotonic() < deadline:
        time.sleep(0.01)
    os.killpg(run.pid, signal.SIGINT)
    _, said = run.communicate(timeout=30)
    assert run.returncode == 130
    assert b"interrupted. What had landed stands" in said
    with duckdb.connect(str(data / "live" / "warehouse.duckdb"), read_only=True) as con:
        [(state, message)] = con.execute("SELECT state, message FROM mart.runs").fetchall()
    assert (state, message) == ("failed", "KeyboardInterrupt")
    assert start(folder, data).wait(60) == 0
    assert query(data, "SELECT count(*) FROM mart.articles") == [(2_000,)]
