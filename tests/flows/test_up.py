"""`wirehouse up` as a user runs it: in an empty folder, with a feed on loopback, killed in all its parts."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from flows.deployments import DEPLOYMENTS
from flows.subscriptions import as_toml
from tasks.types import FeedSource
from tests.conftest import environment, query, story
from tests.newspaper import entry, rss
from tests.newsserver import NewsServer, Reply

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.prefect


@dataclass
class Desk:
    """A folder in which somebody runs Wirehouse."""

    folder: Path
    site: NewsServer
    port: int
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def env(self) -> dict[str, str]:
        told = f"{sys.executable} -c \"import sys; open('told.jsonl', 'a').write(sys.stdin.read() + chr(10))\""
        return environment(WIREHOUSE_ALLOW_HOSTS="127.0.0.1", WIREHOUSE_PAGE_DELAY="0", WIREHOUSE_ON_FAILURE=told)

    def wirehouse(self, *arguments: str, seconds: float = 120) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "flows.cli", *arguments], cwd=self.folder, env=self.env, capture_output=True, text=True,
            check=False, timeout=seconds,
        )  # fmt: skip

    def up(self) -> subprocess.Popen[bytes]:
        """Start it in the foreground, and wait until it is up."""
        with (self.folder / "up.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "flows.cli", "up", "--port", str(self.port)], cwd=self.folder, env=self.env, stdout=log,
                stderr=log, start_new_session=True,
            )  # fmt: skip
        self.started.append(process)
        eventually(lambda: (self.status() or {}).get("ready"), 120)
        return process

    def status(self) -> dict[str, Any] | None:
        told: dict[str, Any] | None = json.loads(self.wirehouse("up", "--status", "--json").stdout)
        return told

    def ask(self, path: str, body: object = None) -> Any:  # noqa: ANN401  whatever the API answers
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/api{path}", method="POST" if body is not None else "GET")
        request.add_header("content-type", "application/json")
        try:
            with urllib.request.urlopen(request, json.dumps(body).encode() if body is not None else None, timeout=20) as answer:
                return json.load(answer)
        except OSError:
            return None

    def runs(self, **wanted: object) -> list[dict[str, Any]]:
        return self.ask("/flow_runs/filter", {"flow_runs": {"tags": {"all_": ["wirehouse"]}, **wanted}, "limit": 200}) or []

    def run_now(self, name: str) -> str:
        """Start a run of a deployment at once."""
        [deployed] = [d for d in eventually(lambda: self.ask("/deployments/filter", {}), 60) if d["name"] == name]
        begun = eventually(
            lambda: self.ask(f"/deployments/{deployed['id']}/create_flow_run", {"state": {"type": "SCHEDULED"}}), 60
        )
        return str(begun["id"])

    def subscribe(self, path: str) -> None:
        source = FeedSource.model_validate({"name": path.strip("/").split(".")[0], "feed": self.site.url(path)})
        (self.data / "sources").mkdir(parents=True, exist_ok=True)
        (self.data / "sources" / f"{source.name}.toml").write_text(as_toml(source))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with NewsServer() as site:
        desk = Desk(tmp_path, site, port)
        try:
            yield desk
        finally:
            desk.wirehouse("down")
            for process in desk.started:
                process.kill()
                process.wait()


def eventually(condition: Callable[[], object], seconds: float) -> Any:  # noqa: ANN401  what the condition came to
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.2)
    return value


def test_everything_comes_up_in_an_empty_folder_and_goes_down(desk: Desk) -> None:
    nothing = desk.wirehouse("up", "--status")
    assert (nothing.returncode, nothing.stdout) == (1, "Nothing is up: wirehouse up starts it.\n")
    assert desk.wirehouse("down").stdout == "Nothing was up.\n"
    desk.site.on("/a.xml", Reply(rss([entry(n) for n in range(3)])))
    desk.subscribe("/a.xml")

    started = desk.wirehouse("up", "--detach", "--port", str(desk.port))
    assert started.returncode == 0, started.stdout + started.stderr
    ui = f"http://127.0.0.1:{desk.port}"
    assert f"Its runs: {ui}" in started.stdout
    with urllib.request.urlopen(ui, timeout=10) as page:
        assert b'<div id="app">' in page.read()
    again = desk.wirehouse("up", "--port", str(desk.port))
    now = desk.status()
    assert now is not None
    assert again.returncode == 1
    assert f"it is up already: process {now['pid']}, since {now['since']}, {ui}" in again.stderr
    deployed = desk.ask("/deployments/filter", {})
    assert {d["name"] for d in deployed} == {"due-feeds", "all-sources", "maintenance", "archive-check"}

    desk.run_now("due-feeds")  # or one of the schedule is first: then this one is not begun
    eventually(
        lambda: "poll due feeds: 3 new (a)" in [run["name"] for run in desk.runs(state={"type": {"any_": ["COMPLETED"]}})], 90
    )
    assert query(desk.data, "SELECT count(*) FROM mart.articles") == [(3,)]
    titles = {deployment.title for deployment in DEPLOYMENTS}
    eventually(lambda: {run["name"] for run in desk.runs(state={"type": {"any_": ["SCHEDULED"]}})} == titles, 30)

    down = desk.wirehouse("down")
    assert (down.returncode, down.stdout) == (0, "Wirehouse is down.\n")
    assert desk.status() is None
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(ui, timeout=10)


@dataclass
class Reader:
    """A client that asks the published file for the number of articles every 100 ms."""

    data: Path
    errors: list[str] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self.stop.wait(0.1):
            if not (self.data / "warehouse.duckdb").exists():
                continue
            try:
                with duckdb.connect(str((self.data / "warehouse.duckdb").resolve()), read_only=True) as con:
                    [(n,)] = con.execute("SELECT count(*) FROM mart.articles").fetchall()
                self.counts.append(n)
            except duckdb.Error as error:
                self.errors.append(str(error))


def kill(desk: Desk, what: str, chance: random.Random) -> str:
    """Kill one process of those that are up, and those of them that a user would start again."""
    now = desk.status()
    if now is None or what == "up":
        desk.started[-1].kill()
        desk.started[-1].wait()
        time.sleep(chance.uniform(0, 5))
        desk.up()
        return "up"
    runs = [json.loads((desk.data / "prefect" / "runs" / run).read_text())["pid"] for run in now["runs"]]
    pids = {"run": runs, "worker+run": [now["processes"].get("worker"), *runs]}.get(what, [now["processes"].get(what)])
    for pid in filter(None, pids):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return f"{what} {pids}"


@pytest.mark.soak
def test_minutes_of_schedules_and_kills_lose_nothing_and_double_nothing(desk: Desk) -> None:
    """All by schedule: every story is there once, readers saw no error and never older data, and no run stays a zombie."""
    chance = random.Random(6)
    inbox = desk.folder / "inbox"
    inbox.mkdir()
    (desk.data / "sources").mkdir(parents=True)
    (desk.data / "sources" / "inbox.toml").write_text('name = "inbox"\nfolder = "../../inbox"\n')
    desk.up()
    reader = Reader(desk.data)
    thread = threading.Thread(target=reader.run)
    thread.start()
    dropped, polled, done = 0, 0, []
    try:
        for what in ("worker", "run", "server", "up", "follow", "worker+run", "server", "up", "worker+run"):
            until = time.monotonic() + chance.uniform(20, 45)
            while time.monotonic() < until:
                if dropped % 8 == 0:  # a new feed is due at once; when it is asked again is its own affair
                    desk.site.on(
                        f"/f{polled}.xml", Reply(rss([entry(polled + n) for n in range(5)]), delay_s=chance.choice((0, 0, 8)))
                    )
                    desk.subscribe(f"/f{polled}.xml")
                    polled += 5
                (inbox / f"{dropped}.txt").write_text(story(10_000 + dropped))
                dropped += 1
                time.sleep(2)
            done.append(kill(desk, what, chance))
        expected = polled + dropped

        def landed() -> bool:
            return bool(reader.counts) and reader.counts[-1] >= expected

        eventually(landed, 420)
    finally:
        reader.stop.set()
        thread.join()
    assert query(
        desk.data, "SELECT count(*), count(DISTINCT article_id), count(DISTINCT concat(title, text)) FROM mart.articles"
    ) == [(expected,) * 3]
    assert query(desk.data, "SELECT max(version) FROM mart.versions") == [(1,)]
    assert reader.errors == []
    assert reader.counts == sorted(reader.counts)
    eventually(lambda: not stale(desk), 90)
    print(done, len(reader.counts), [run["name"] + " " + run["state"]["type"] for run in desk.runs()])


def stale(desk: Desk) -> list[dict[str, Any]]:
    """Runs that are at work for Prefect, and not for the kernel."""
    active = desk.runs(state={"type": {"any_": ["RUNNING", "PENDING", "CANCELLING"]}})
    alive = (desk.status() or {"runs": []})["runs"]
    return [run for run in active if run["id"] not in alive and run["state"]["type"] == "RUNNING"]


@pytest.mark.soak
def test_a_run_killed_with_its_worker_is_marked_told_and_makes_room(desk: Desk) -> None:
    desk.site.on("/a.xml", [Reply(rss([entry(0)]), delay_s=40.0), Reply(rss([entry(0)]))])
    desk.subscribe("/a.xml")
    desk.up()
    desk.run_now("due-feeds")
    [run_id] = eventually(lambda: desk.site.log("/a.xml") and (desk.status() or {}).get("runs"), 120)
    kill(desk, "worker+run", random.Random(1))
    killed = time.monotonic()
    eventually(lambda: desk.ask(f"/flow_runs/{run_id}")["state"]["type"] == "CRASHED", 60)
    assert time.monotonic() - killed < 45
    told = [
        json.loads(line)
        for line in eventually((desk.folder / "told.jsonl").exists, 5) and (desk.folder / "told.jsonl").read_text().split("\n")
        if line
    ]
    assert [(t["event"], t["prefect_run_id"]) for t in told] == [("run_failed", run_id)]
    eventually(lambda: any(run["name"] == "poll due feeds: 1 new (a)" for run in desk.runs()), 150)


@pytest.mark.soak
def test_late_runs_collapse_into_one(desk: Desk) -> None:
    desk.up()
    planned = {"state": {"type": {"any_": ["SCHEDULED"]}}, "name": {"any_": ["poll due feeds"]}}
    eventually(lambda: len(desk.runs(**planned)) >= 3, 60)
    desk.wirehouse("down")
    time.sleep(200)  # all of them are late by then
    desk.up()
    eventually(lambda: any(run["state"]["type"] == "COMPLETED" for run in desk.runs()), 60)
    runs = [
        run
        for run in desk.runs()
        if run["deployment_id"] and run["state"]["type"] != "SCHEDULED" and run["name"].startswith("poll")
    ]
    assert len(runs) <= 3, [(run["name"], run["state"]["type"]) for run in runs]
    assert "late runs of due-feeds were dropped" in (desk.folder / "up.log").read_text()
