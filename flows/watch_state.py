"""What watches remember: which rows they told, and how they fared. One SQLite file beside the user's watches."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from warehouse.errors import WirehouseError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import Self

FOLDER = ".state"
MADE = """
CREATE TABLE IF NOT EXISTS watch (
  name TEXT PRIMARY KEY, print TEXT, looked_at TEXT, told_at TEXT, told INTEGER NOT NULL,
  waiting INTEGER NOT NULL, failures INTEGER NOT NULL, next_at TEXT, error TEXT
);
CREATE TABLE IF NOT EXISTS told (name TEXT NOT NULL, row BLOB NOT NULL, PRIMARY KEY (name, row)) WITHOUT ROWID;
"""


class Fared(NamedTuple):
    """How a watch fared; times are naive UTC."""

    name: str
    print: str | None = None  # of the query that its rows are remembered of; None: it was not looked at
    looked_at: datetime | None = None
    told_at: datetime | None = None
    told: int = 0  # rows, altogether
    waiting: int = 0  # rows that are yet to be told
    failures: int = 0  # in a row
    next_at: datetime | None = None  # not before
    error: str | None = None


@dataclass(slots=True)
class Memory:
    """The file, open. Whatever it is asked raises WirehouseError if it cannot be used."""

    folder: Path
    _db: sqlite3.Connection = field(init=False)

    def __enter__(self) -> Self:
        with self._explained():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(self.path, timeout=10)
            self._db.executescript(MADE)
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.folder / FOLDER / "told.sqlite"

    def fared(self) -> dict[str, Fared]:
        """How each watch fared."""
        query = f"SELECT {', '.join(Fared._fields)} FROM watch"  # noqa: S608  our own names
        with self._explained(), closing(self._db.execute(query)) as rows:
            found = (Fared(*row) for row in rows)
            return {
                f.name: f._replace(looked_at=_time(f.looked_at), told_at=_time(f.told_at), next_at=_time(f.next_at))
                for f in found
            }

    def keep(self, fared: Fared, rows: Iterable[bytes] = ()) -> None:
        """Remember how a watch fared, and rows that it need not tell again: all of it or nothing."""
        values = [v.isoformat() if isinstance(v, datetime) else v for v in fared]
        with self._explained(), self._db:
            self._db.execute(f"INSERT OR REPLACE INTO watch VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608
            self._db.executemany("INSERT OR IGNORE INTO told VALUES (?, ?)", ((fared.name, row) for row in rows))

    def knows(self, name: str, row: bytes) -> bool:
        """Whether a watch need not tell a row."""
        with self._explained(), closing(self._db.execute("SELECT 1 FROM told WHERE name = ? AND row = ?", (name, row))) as found:
            return found.fetchone() is not None

    def forget(self, name: str) -> None:
        """Remember nothing of a watch."""
        with self._explained(), self._db:
            self._db.execute("DELETE FROM watch WHERE name = ?", (name,))
            self._db.execute("DELETE FROM told WHERE name = ?", (name,))

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            raise WirehouseError(
                f"{self.path} cannot be used: {error}. If it is damaged, remove it: watches then begin anew"
            ) from error


@contextmanager
def alone(folder: Path, *, wait: bool = False) -> Iterator[bool]:
    """Whether no other process looks at the watches of this folder while we do; `wait` until that is so."""
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / FOLDER / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)


def _time(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None
