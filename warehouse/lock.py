"""One writer: an OS lock on the data folder, and a waiting line beside it.

The lock is flock(2) on `live/writer.lock`: the kernel frees it when its holder dies, however it dies. Who waits stands in
line with a ticket file in `live/waiting/`, itself flocked, so that the ticket of a dead process counts for nothing. The
holder looks at the line between two batches and lets the first in; live feeds go before backfills.
"""

from __future__ import annotations

import fcntl
import json
import math
import os
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal
from uuid import uuid4

from warehouse.errors import Locked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Urgency = Literal["live", "backfill"]

LOOK_EVERY_S = 0.05  # how often a waiting run looks whether it is its turn
SLICE_S = 2.0  # a holder works at least this long before it lets another in: opening the database costs about 0.1 s


@dataclass(slots=True)
class WriterLock:
    """The right to write one data folder. `who` is what others are told, such as "wirehouse ingest inbox"."""

    folder: Path
    who: str
    urgency: Urgency = "backfill"
    wait_s: float = 600.0
    on_wait: Callable[[str], None] | None = None
    stop: Callable[[], bool] | None = None  # whether to wait no longer
    _file: int | None = field(default=None, init=False)
    _since: float = field(default=0.0, init=False)

    def acquire(self, *, after: str | None = None) -> None:
        """Take the lock, waiting in line for up to `wait_s` seconds. Raises Locked, naming the holder.

        `after`: it was given up to let in the run with this ticket; that goes first even if it is less urgent, and then the
        lock is waited for without a word, and as long as it takes.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        again = after is not None
        while after is not None and flocked(self.folder / "waiting" / after):
            time.sleep(LOOK_EVERY_S / 5)
        with _ticket(self.folder / "waiting", self.urgency) as ticket:
            self._wait(ticket, math.inf if again else self.wait_s, None if again else self.on_wait)

    def release(self) -> None:
        """Give the lock back; does nothing if it is not held."""
        if self._file is not None:
            os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file = None

    def wanted(self, *, idle: bool = False) -> str | None:
        """The ticket of a living run that should be let in now. A live one lets backfills in only while it is `idle`."""
        if time.monotonic() - self._since < SLICE_S:
            return None
        first = _first(self.folder / "waiting")
        return first if first and (idle or self.urgency == "backfill" or first.startswith("0")) else None

    def _wait(self, ticket: str, wait_s: float, say: Callable[[str], None] | None) -> None:
        told, deadline = False, time.monotonic() + wait_s
        while True:
            if _first(self.folder / "waiting") == ticket and self._try():
                return
            if self.stop is not None and self.stop():
                raise Locked(f"{self._holder()}; ended while waiting")
            if time.monotonic() >= deadline:
                raise Locked(f"{self._holder()}; gave up after {wait_s:g} s. Try again later, or wait longer with --wait")
            if not told and say is not None:
                say(f"{self._holder()}; waiting for up to {wait_s:g} s")
                told = True
            time.sleep(LOOK_EVERY_S)

    def _try(self) -> bool:
        handle = os.open(self.folder / "writer.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._file, self._since = handle, time.monotonic()
        note = {"who": self.who, "pid": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")}
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps(note).encode(), 0)
        return True

    def _holder(self) -> str:
        note = holder(self.folder)
        who = f"{note['who']} (process {note['pid']}, since {note['since']})" if note else "another run"
        return f"The warehouse in {self.folder.parent} is being written by {who}"


def holder(folder: Path) -> dict[str, Any] | None:
    """Who holds the lock of this live folder: who, pid, since; None if nobody does."""
    path = folder / "writer.lock"
    try:
        with path.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                note = json.loads(file.read() or b"null")
                return note if isinstance(note, dict) else None
    except (OSError, ValueError):
        return None
    return None


@contextmanager
def _ticket(line: Path, urgency: Urgency) -> Iterator[str]:
    """A place in the line; its name sorts by urgency, then by the time of arrival."""
    line.mkdir(exist_ok=True)
    name = f"{0 if urgency == 'live' else 1}-{time.time_ns():020d}-{uuid4().hex[:8]}"
    draft = line / f".{name}"
    handle = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        draft.rename(line / name)  # seen in the line only once it is flocked: an unlocked ticket is a dead one
        yield name
    finally:
        for path in (line / name, draft):
            path.unlink(missing_ok=True)
        os.close(handle)


def _first(line: Path) -> str | None:
    """The ticket whose turn it is; tickets of dead processes are thrown away on the way."""
    with suppress(FileNotFoundError):
        for path in sorted(line.iterdir()):
            if path.name.startswith("."):
                continue
            if flocked(path):
                return path.name
            path.unlink(missing_ok=True)
    return None


def flocked(path: Path) -> bool:
    """Whether a living process holds a flock on this file."""
    try:
        with path.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
    except OSError:
        return False
    return False
