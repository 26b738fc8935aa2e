"""Everything on one machine, run and kept running: Prefect's server, its worker, the deployments, and the follower of folders.

`up` holds DATA/prefect/up.lock while it runs, starts anew what dies, and ends all of it when it is told to. If it is killed
itself, the next one ends what it left behind and begins afresh: nothing depends on an orderly end.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from flows.alive import holder, take, tell
from flows.children import Child, end_all, turn_over
from flows.deployments import POOL
from flows.prefect_home import Home, environment
from flows.upkeep import Upkeep
from tasks.fetch.loopback import Api, Refused, Unanswered, free_port
from warehouse.errors import StoreError, UsageError, WirehouseError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PORT = 4200  # Prefect's usual one
LOOK_S = 0.25
UPKEEP_S = 5.0
STARTING_S = 0.5  # between two looks whether the server answers
SILENT_S = 120.0  # a server that has not answered for so long is started anew; a first start takes up to a minute
PATIENCE_S = 20.0  # that runs have to end in order
PYTHON = (sys.executable, "-P", "-m")


class AlreadyUp(WirehouseError):  # noqa: N818  reads as the state it names
    """Another `wirehouse up` runs on this data folder; the text says which."""


@dataclass(slots=True)
class Up:
    """One `wirehouse up`, its lock held."""

    home: Home
    port: int
    handle: int
    since: str
    say: Callable[[str], None]
    children: dict[str, Child] = field(init=False)
    upkeep: Upkeep = field(init=False)
    _heard: float = field(default_factory=monotonic, init=False)  # when the server last answered, or was started
    _looked: float = field(default=0.0, init=False)
    _ready: bool = field(default=False, init=False)
    _refused: str = field(default="", init=False)  # what it said last

    def __post_init__(self) -> None:
        env = environment(self.home, self.port)
        listen = ("--host", "127.0.0.1", "--port", str(self.port))
        self.children = {
            child.name: child
            for child in (
                Child("server", (*PYTHON, "prefect", "server", "start", *listen), self.home, env),
                Child("deploy", (*PYTHON, "flows.deploy"), self.home, env, once=True),
                Child("follow", (*PYTHON, "flows.cli", "follow"), self.home, env),
                Child(
                    "worker",
                    (*PYTHON, "prefect", "worker", "start", "--pool", POOL, "--type", "process", "--name", POOL),
                    self.home,
                    env,
                ),
            )
        }
        self.upkeep = Upkeep(Api(env["PREFECT_API_URL"], env.get("PREFECT_API_AUTH_STRING")), self.home, self.say)
        self.tell(ready=False)

    @property
    def site(self) -> str:
        """Where the user looks."""
        return f"http://127.0.0.1:{self.port}"

    def tell(self, *, ready: bool) -> None:
        """Say in the lock who runs, and where its UI is."""
        tell(self.handle, {"pid": os.getpid(), "since": self.since, "ui": self.site, "ready": ready})

    def run(self, stop: threading.Event) -> None:
        """Keep all running until `stop` is set."""
        while not stop.is_set():
            for child in self.children.values():
                if child.name != "worker" or self._ready:
                    child.keep(self.say)
            if monotonic() - self._looked >= (UPKEEP_S if self._ready else STARTING_S):
                self.look()
                self._looked = monotonic()
            stop.wait(LOOK_S)

    def look(self) -> None:
        """See to the runs, if the server answers; to the server, if it does not; and to the logs."""
        for child in self.children.values():
            turn_over(child.log)
        server = self.children["server"]
        self._heard = max(self._heard, server.started)
        try:
            self.upkeep.look()
        except Refused as error:
            if str(error) != self._refused:
                self.say(f"The server refuses: {error}")
            self._refused = str(error)
        except Unanswered as error:
            if server.process is not None and monotonic() - self._heard > SILENT_S:
                self.say(f"the server has not answered for {SILENT_S:.0f} s ({error}); it is started anew")
                server.process.kill()
            return
        self._heard = monotonic()
        if not self._ready and self.children["deploy"].done:
            self._ready = True
            self.children["worker"].keep(self.say)  # only now: what was late has been dropped
            self.tell(ready=True)
            self.say(f"Wirehouse is up. Its runs: {self.site}   Its data: {self.home.data}")

    def end(self) -> None:
        """End all, in order."""
        end_all(self.home, patience_s=PATIENCE_S, reap=self._reap)

    def _reap(self) -> None:
        for child in self.children.values():
            child.reap()


def up(data: Path, port: int | None, say: Callable[[str], None]) -> None:
    """Run everything until SIGTERM, SIGINT or SIGHUP. Raises AlreadyUp, UsageError or StoreError."""
    home = Home(data)
    try:
        handle = take(home.lock)
        for folder in (home.processes, home.runs, home.logs):
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{data} cannot be a data folder ({error.strerror or error}): name another with --data") from error
    if handle is None:
        raise AlreadyUp(who(home))
    since = datetime.now(UTC).isoformat(timespec="seconds")
    tell(handle, {"pid": os.getpid(), "since": since, "ready": False})
    stop = threading.Event()
    with _told_to_stop(stop):
        if left := end_all(home, patience_s=PATIENCE_S):
            say(f"An earlier one left {len(left)} processes behind, which were ended: {', '.join(left)}")
        wanted = free_port(PORT if port is None else port, tries=100 if port is None else 1)
        if wanted is None:
            raise UsageError(f"port {port or PORT} is in use: name another with --port")
        running = Up(home, wanted, handle, since, say)
        try:
            running.run(stop)
            say("Ending …")
        finally:
            running.end()
    home.lock.unlink(missing_ok=True)
    os.close(handle)


def down(data: Path, say: Callable[[str], None]) -> bool:
    """End the one that is running, or what it left behind, and wait until that has ended; whether there was any."""
    home = Home(data)
    note = holder(home.lock)
    if note is not None:
        with suppress(ProcessLookupError, KeyError):
            os.kill(note["pid"], signal.SIGTERM)
        deadline = monotonic() + 3 * PATIENCE_S
        while holder(home.lock) is not None and monotonic() < deadline:
            sleep(LOOK_S)
        if holder(home.lock) is not None:
            say(f"It did not end within {3 * PATIENCE_S:.0f} s and is killed")
            with suppress(ProcessLookupError, KeyError):
                os.kill(note["pid"], signal.SIGKILL)
    left = end_all(home, patience_s=PATIENCE_S)
    return note is not None or bool(left)


def report(data: Path) -> dict[str, Any] | None:
    """Who runs: process, since when, where its UI is, whether it is ready, and the processes and runs; None if nobody does."""
    home = Home(data)
    if (note := holder(home.lock)) is None:
        return None
    parts = {path.name: holder(path) for path in (home.processes.iterdir() if home.processes.is_dir() else ())}
    runs = [path.name for path in (home.runs.iterdir() if home.runs.is_dir() else ()) if holder(path) is not None]
    return note | {"processes": {name: part.get("pid") for name, part in sorted(parts.items()) if part}, "runs": runs}


def who(home: Home) -> str:
    """Who runs, as a second one is told."""
    note = holder(home.lock) or {}
    return (
        f"it is up already: process {note.get('pid', '?')}, since {note.get('since', '?')}, {note.get('ui', 'just starting')}. "
        "wirehouse down ends it"
    )


@contextmanager
def _told_to_stop(stop: threading.Event) -> Iterator[None]:
    """Set the event at the signals that ask for an end; a second one changes nothing: the end has its own time limits."""
    numbers = [n for n in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP) if signal.getsignal(n) is not signal.SIG_IGN]  # nohup
    before = {number: signal.signal(number, lambda _number, _frame: stop.set()) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
