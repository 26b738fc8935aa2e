"""Processes that are kept running, ended, and known to be alive by the kernel; real ones."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from flows.alive import hold, holder, living, take, tell
from flows.children import LOG_BYTES, Child, end_all, turn_over
from flows.prefect_home import Home, environment

if TYPE_CHECKING:
    from collections.abc import Iterator

SLEEP = (sys.executable, "-c", "import time; time.sleep(600)")
STUBBORN = (
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('on', flush=True); time.sleep(600)",
)


started: list[Child] = []


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path)
    for folder in (home.processes, home.runs, home.logs):
        folder.mkdir(parents=True)
    yield home
    end_all(home, patience_s=0, reap=reaped)
    started.clear()


def reaped() -> None:
    for one in started:
        one.reap()


def child(home: Home, name: str, arguments: tuple[str, ...], *, once: bool = False) -> Child:
    started.append(Child(name, arguments, home, dict(os.environ), once=once))
    return started[-1]


def kept(child: Child, seconds: float = 5.0) -> list[str]:
    """Keep it until it is running, or has done its work."""
    said: list[str] = []
    deadline = time.monotonic() + seconds
    child.keep(said.append)
    while not (child.done or (child.process and child.process.poll() is None and not child.once)) and time.monotonic() < deadline:
        time.sleep(0.01)
        child.keep(said.append)
    return said


def test_a_name_is_held_as_long_as_its_process_lives(tmp_path: Path) -> None:
    path = tmp_path / "runs" / "a"
    code = (
        f"from pathlib import Path; from flows.alive import hold; hold(Path({str(path)!r})); print('held', flush=True); input()"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    assert holder(path) == {"pid": process.pid}
    assert take(path) is None
    with living(path):
        assert holder(path) == {"pid": process.pid}, "another's name is left to it"
    assert holder(path) == {"pid": process.pid}
    process.kill()
    process.wait()
    process.stdout.close()
    assert process.stdin is not None
    with suppress(OSError):
        process.stdin.close()
    assert holder(path) is None
    with living(path):
        hold(path)
        assert holder(path) == {"pid": os.getpid()}
    assert not path.exists()


def test_a_name_that_was_thrown_away_meanwhile_is_taken_anew(tmp_path: Path) -> None:
    path = tmp_path / "up.lock"
    first = take(path)
    assert first is not None
    path.unlink()
    second = take(path)
    assert second is not None
    tell(second, {"pid": 1, "since": "a long text"})
    tell(second, {"pid": 2})
    assert holder(path) == {"pid": 2}
    os.close(first)
    os.close(second)


def test_what_dies_is_started_anew_ever_later(home: Home) -> None:
    dying = child(home, "worker", (sys.executable, "-c", "import sys; sys.exit('no such pool')"))
    said: list[str] = []
    for wait_s in (1, 2, 4):
        dying.due = 0
        dying.keep(said.append)
        assert dying.process is not None
        dying.process.wait()
        dying.keep(said.append)
        assert said[-1] == f"worker ended with exit code 1 (no such pool); starting it anew in {wait_s} s"
        dying.keep(said.append)
        assert dying.process is None, "not before it is due"


def test_what_is_killed_is_running_again(home: Home) -> None:
    server = child(home, "server", SLEEP)
    assert kept(server) == []
    note = holder(home.processes / "server")
    assert server.process is not None
    assert note == {"pid": server.process.pid}
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()
    assert kept(server) == ["server was killed (SIGKILL); starting it anew in 1 s"]
    assert holder(home.processes / "server") not in (None, note)


def test_what_works_once_is_done_when_it_went_well(home: Home) -> None:
    deploy = child(home, "deploy", (sys.executable, "-c", "print('done')"), once=True)
    assert kept(deploy) == []
    assert deploy.done
    deploy.keep(print)
    assert deploy.process is None
    assert deploy.log.read_text() == "done\n"


def test_all_are_ended_also_by_another_process_than_the_one_that_started_them(home: Home) -> None:
    server, worker = child(home, "server", SLEEP), child(home, "worker", STUBBORN)
    for one in (server, worker):
        kept(one)
    while b"on" not in worker.log.read_bytes():
        time.sleep(0.01)
    run = subprocess.Popen([sys.executable, "-c", f"from pathlib import Path; from flows.alive import hold; hold(Path({str(home.runs / 'r1')!r})); input()"], stdin=subprocess.PIPE)  # fmt: skip
    while holder(home.runs / "r1") is None:
        time.sleep(0.01)
    (home.runs / "dead").write_text('{"pid": 1}')
    code = f"from pathlib import Path; from flows.children import end_all; from flows.prefect_home import Home; print(*end_all(Home(Path({str(home.data)!r})), patience_s=1))"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout == "server worker r1\n"
    assert (server.process and server.process.wait(), worker.process and worker.process.wait()) == (
        -signal.SIGTERM,
        -signal.SIGKILL,
    )
    assert run.wait() == -signal.SIGTERM
    assert run.stdin is not None
    run.stdin.close()
    assert not [*home.runs.iterdir(), *home.processes.iterdir()]


def test_a_log_is_moved_aside_while_it_is_written(tmp_path: Path) -> None:
    log = tmp_path / "worker.log"
    with log.open("ab", buffering=0) as file:
        file.write(b"x" * (LOG_BYTES + 1))
        turn_over(log)
        file.write(b"next\n")
    assert log.read_bytes() == b"next\n"
    assert log.with_suffix(".log.1").stat().st_size == LOG_BYTES + 1


def test_the_environment_is_the_users_but_for_what_leads_elsewhere() -> None:
    theirs = {
        "PATH": "/bin", "WIREHOUSE_CONTACT": "desk@example.org", "PREFECT_API_URL": "https://elsewhere.example/api", "PREFECT_API_KEY": "k",
        "PREFECT_PROFILE": "work", "PREFECT_LOGGING_LEVEL": "DEBUG", "PREFECT_SERVER_API_HOST": "0.0.0.0", "PREFECT_SERVER_API_AUTH_STRING": "a:b",
    }  # fmt: skip
    env = environment(Home(Path("/srv/data")), 4321, theirs)
    assert {k: env[k] for k in ("PATH", "WIREHOUSE_CONTACT", "PREFECT_LOGGING_LEVEL", "PREFECT_API_AUTH_STRING", "WIREHOUSE_DATA")} == {
        "PATH": "/bin", "WIREHOUSE_CONTACT": "desk@example.org", "PREFECT_LOGGING_LEVEL": "DEBUG", "PREFECT_API_AUTH_STRING": "a:b",
        "WIREHOUSE_DATA": "/srv/data",
    }  # fmt: skip
    assert env["PREFECT_API_URL"] == "http://127.0.0.1:4321/api"
    assert env["PREFECT_SERVER_API_HOST"] == "127.0.0.1"
    assert not {"PREFECT_API_KEY", "PREFECT_PROFILE"} & env.keys()
    assert env["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
