"""Processes that `wirehouse up` starts, starts anew when they die, and ends; also those that an earlier one left behind.

Each is the head of a process group of its own, and holds a file in DATA/prefect/processes (flows.alive): while it is held, its
process number is good.
"""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic, sleep
from typing import TYPE_CHECKING

from flows.alive import holder, take, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from flows.prefect_home import Home

LONGEST_S = 60.0  # between two starts of a process that keeps dying
STEADY_S = 60.0  # one that ran for so long is started anew at once
LOOK_S = 0.05
LOG_BYTES = 5 << 20  # a log that is larger is moved aside
TAIL = 4096  # bytes of a log in which its last words are looked for


@dataclass(slots=True)
class Child:
    """One process. `once`: it does its work and ends."""

    name: str
    arguments: Sequence[str]
    home: Home
    environment: Mapping[str, str]
    once: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    done: bool = field(default=False, init=False)
    failures: int = field(default=0, init=False)  # in a row
    started: float = field(default=0.0, init=False)
    due: float = field(default=0.0, init=False)  # when it is to be started again

    @property
    def log(self) -> Path:
        """What it says."""
        return self.home.logs / f"{self.name}.log"

    def keep(self, say: Callable[[str], None]) -> None:
        """Start it if it is time, and take note of its end."""
        if self.process is None:
            if not self.done and monotonic() >= self.due:
                self._try(say)
        elif (code := self.process.poll()) is not None:
            self.process = None
            self.done = self.once and code == 0
            if not self.done:
                self.failures = 1 if monotonic() - self.started > STEADY_S else self.failures + 1
                wait_s = min(LONGEST_S, 2.0 ** (self.failures - 1))
                self.due = monotonic() + wait_s
                say(f"{self.name} {_ended(code, self.log)}; starting it anew in {wait_s:.0f} s")

    def _try(self, say: Callable[[str], None]) -> None:
        try:
            self.start()
        except OSError as error:  # such as a disk that is full
            self.due = monotonic() + LONGEST_S
            say(f"{self.name} cannot be started ({error.strerror or error}); trying again in {LONGEST_S:.0f} s")

    def start(self) -> None:
        """Start it; what it says goes to its log."""
        turn_over(self.log)
        handle = take(self.home.processes / self.name)
        if handle is None:  # one of before has not ended yet
            self.due = monotonic() + 1.0
            return
        try:
            with self.log.open("ab") as log:
                self.process = subprocess.Popen(
                    self.arguments, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                    start_new_session=True, pass_fds=(handle,),
                )  # fmt: skip
            tell(handle, {"pid": self.process.pid})
        finally:
            os.close(handle)
        self.started = monotonic()

    def reap(self) -> None:
        """Take note of its end, if it has ended."""
        if self.process is not None:
            self.process.poll()


def end_all(home: Home, *, patience_s: float, reap: Callable[[], None] = lambda: None) -> list[str]:
    """End what lives of all processes and flow runs of this data folder, in order: who needs another before that.

    First the worker takes no more runs, then runs end and say so to the server, then the server ends. What does not end in
    time is killed. Returns the names of what was alive.
    """
    runs, heads = _files(home.runs), _files(home.processes)
    alive = [path.name for path in (*heads, *runs) if holder(path) is not None]
    server = [path for path in heads if path.name == "server"]
    others = [path for path in heads if path not in server]
    _ask(others)
    _ask(runs)
    _end(runs, patience_s, reap)
    _end(others, patience_s / 2, reap, group=True)
    _ask(server)
    _end(server, patience_s / 2, reap, group=True)
    for path in (*heads, *runs):
        if holder(path) is None:
            path.unlink(missing_ok=True)
    return alive


def _ask(paths: Sequence[Path]) -> None:
    for path in paths:
        _signal(path, signal.SIGTERM)


def _end(paths: Sequence[Path], patience_s: float, reap: Callable[[], None], *, group: bool = False) -> None:
    """Wait for processes that were asked to end, and kill what is left when time is up."""
    if not _gone(paths, patience_s, reap):
        for path in paths:
            _signal(path, signal.SIGKILL, group=group)
        _gone(paths, 5.0, reap)


def _gone(paths: Sequence[Path], seconds: float, reap: Callable[[], None]) -> bool:
    """Wait until no process holds any of these files, or time is up; whether all have ended."""
    deadline = monotonic() + seconds
    while True:
        reap()
        if all(holder(path) is None for path in paths):
            return True
        if monotonic() >= deadline:
            return False
        sleep(LOOK_S)


def _signal(path: Path, number: int, *, group: bool = False) -> None:
    """Send a signal to the living process that holds this file, or to its group."""
    if (note := holder(path)) and (pid := note.get("pid")):
        with suppress(ProcessLookupError, PermissionError):
            (os.killpg if group else os.kill)(pid, number)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def turn_over(log: Path) -> None:
    """Move what a log holds aside if it has grown large, as far as there is room; processes go on writing at its beginning."""
    if log.exists() and log.stat().st_size > LOG_BYTES:
        with suppress(OSError):
            log.with_suffix(".log.1").write_bytes(log.read_bytes())
        os.truncate(log, 0)


def _ended(code: int, log: Path) -> str:
    if code < 0:
        return f"was killed ({signal.Signals(-code).name})"
    with log.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL))
        lines = [line.strip(" \t│") for line in file.read().decode("utf-8", "replace").splitlines()]
    words = [line for line in lines if any(c.isalnum() for c in line)]
    return f"ended with exit code {code}" + (f" ({words[-1][:200]})" if words else "")
