"""In an empty folder: `wirehouse up`, a feed server, an inbox, and minutes of kills. Every story is there once, and a reader never notices."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.conftest import ROOT, command, environment, query, story
from tests.newspaper import entry, rss
from tests.newsserver import NewsServer, Reply

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MINUTES = float(os.environ.get("SOAK_MINUTES", "5"))
READER = """
import duckdb, signal, sys, time
going = True
def stop(*_):
    global going
    going = False
signal.signal(signal.SIGTERM, stop)
while going:
    with duckdb.connect(sys.argv[1], read_only=True) as con:
        [row] = con.execute("SELECT (SELECT count(*) FROM mart.articles), (SELECT max(landed_at) FROM ops.batch)").fetchall()
        print(*row, sep="\\t", flush=True)
    time.sleep(0.1)
"""


@pytest.fixture
def site() -> Iterator[NewsServer]:
    with NewsServer() as server:
        yield server


@pytest.mark.soak
def test_it_runs_by_itself_whatever_is_killed(tmp_path: Path, data: Path, site: NewsServer) -> None:
    chance = random.Random(20261124)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    env = environment(WIREHOUSE_ALLOW_HOSTS="127.0.0.1")
    listed = 5
    site.on("/feed.xml", Reply(rss([entry(n) for n in range(listed)])))
    assert run("feeds", "add", site.url("/feed.xml"), "--name", "paper", data=data, env=env).returncode == 0
    (data / "sources" / "desk.toml").write_text(f'name = "desk"\nfolder = "{inbox}"\n')
    (inbox / "first.txt").write_text(story(900))
    dropped = [900]
    assert run("ingest", inbox, data=data, env=env).returncode == 0  # so that the reader has a file from the start
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(data / "warehouse.duckdb")], stdout=(tmp_path / "read").open("w"), stderr=subprocess.PIPE, text=True
    )  # fmt: skip
    assert run("up", "--detach", data=data, env=env).returncode == 0
    until, killed = time.monotonic() + 60 * MINUTES, list[str]()
    try:
        while time.monotonic() < until:
            number = 901 + len(dropped)
            (inbox / f"{number}.txt").write_text(story(number))
            dropped.append(number)
            listed += 1
            site.on("/feed.xml", Reply(rss([entry(n) for n in range(max(0, listed - 200), listed)])))
            time.sleep(chance.uniform(2, 12))
            killed += kill_one(data, chance)
            if not up(data):
                assert run("up", "--detach", data=data, env=env).returncode == 0
        settled(data, len(dropped), env)
    finally:
        run("down", data=data, env=env)
        reader.send_signal(signal.SIGTERM)
        _, complaints = reader.communicate(timeout=30)
    assert run("ingest", data=data, env=env).returncode == 0, "the next run is green without a hand"
    assert run("poll", "--all", data=data, env=env).returncode == 0
    assert len(killed) > 5
    assert complaints == ""
    seen = [line.split("\t") for line in (tmp_path / "read").read_text().splitlines()]
    assert len(seen) > 60 * MINUTES
    counts, times = [int(n) for n, _ in seen], [at for _, at in seen]
    assert counts == sorted(counts)
    assert times == sorted(times)
    assert query(data, "SELECT count(*), count(DISTINCT path) FROM mart.sightings WHERE source = 'desk'") == [
        (len(dropped), len(dropped))
    ]
    assert query(data, "SELECT count(*), count(DISTINCT guid) FROM mart.sightings WHERE source = 'paper'") == [(listed, listed)]
    assert query(data, "SELECT count(*), count(DISTINCT text) FROM mart.articles") == [(len(dropped) + listed,) * 2]
    assert query(data, "SELECT bool_and(balanced) FROM mart.runs WHERE state = 'completed'") == [(True,)]
    assert query(data, "SELECT count(*) FROM mart.runs WHERE state = 'running'") == [(0,)]
    assert run("check", "--deep", data=data, env=env).returncode == 0
    assert not [p for p in psutil.process_iter(["cmdline"]) if str(data) in " ".join(p.info["cmdline"] or ())]


def kill_one(data: Path, chance: random.Random) -> list[str]:
    """SIGKILL for one of the processes that work for this data folder, or for `up` itself."""
    ours = [
        p for p in psutil.process_iter(["cmdline", "environ"])
        if str(data) in " ".join(p.info["cmdline"] or ()) or (p.info["environ"] or {}).get("WIREHOUSE_DATA") == str(data)
    ]  # fmt: skip
    ours = [p for p in ours if str(data / "warehouse.duckdb") not in (p.info["cmdline"] or ())]
    for victim in chance.sample(ours, 1) if ours else ():
        named = " ".join(victim.info["cmdline"] or ())
        victim.kill()
        return [named]
    return []


def up(data: Path) -> bool:
    return run("up", "--status", data=data, env=environment()).returncode == 0


def settled(data: Path, dropped: int, env: dict[str, str]) -> None:
    """Without more kills, what was dropped is there within minutes, and all entries that the feed lists."""
    deadline = time.monotonic() + 240
    while query(data, "SELECT count(*) FROM mart.sightings WHERE source = 'desk'")[0][0] != dropped:
        assert time.monotonic() < deadline, "what was dropped never came"
        if not up(data):
            assert run("up", "--detach", data=data, env=env).returncode == 0
        time.sleep(1)


def run(*arguments: object, data: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments, data=data), cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=300
    )
