"""Files that were dropped into folders: they wait until they rest, which means that nobody writes to them any more.

A file rests when its size and time have not changed for a while. One that was renamed into place rests at once: it was changed
(ctime) after it was written (mtime), while writing sets both.
"""

from __future__ import annotations

import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from heapq import heappop, heappush
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING

from tasks.fetch.folder import passed_over, walk
from warehouse.errors import SourceError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from flows.sources import Asked

GLANCE_S = 0.1  # for how long a file that was renamed into place is looked at: one that is being written shows it by then
SLACK_S = 2.0  # clocks of file systems are not ours

Look = tuple[int, int]
"""Size and time of the last write, in nanoseconds."""


@dataclass(slots=True)
class Dropped:
    """Files of the folders that are followed, from when they are noticed until they have been read."""

    rest_s: float
    asked: list[Asked] = field(default_factory=list)
    _looks: dict[Path, Look] = field(default_factory=dict)
    _due: list[tuple[float, Path]] = field(default_factory=list)  # a heap: when each is looked at again
    _ready: dict[str, deque[Path]] = field(default_factory=dict)  # by source, in the order in which they came to rest
    _taken: dict[Path, Look] = field(default_factory=dict)  # what was taken to be read since the last sweep,
    _earlier: dict[Path, Look] = field(default_factory=dict)  # ... and since the one before: the same is not read twice

    @property
    def ready(self) -> int:
        """How many files are at rest."""
        return sum(map(len, self._ready.values()))

    def next_look(self, otherwise: float) -> float:
        """How many seconds until a file should be looked at again."""
        return max(0.0, min(otherwise, self._due[0][0] - time.monotonic())) if self._due else otherwise

    def notice(self, path: Path, *, written: bool, added: bool) -> None:
        """Something happened to a file or folder: it was `written` to, or `added` under this name."""
        asked = self._owner(path)
        if asked is None:
            return
        with suppress(OSError):
            stat = path.lstat()
            if S_ISDIR(stat.st_mode) and added:
                self._sweep(path, asked, 0.0)
            elif S_ISREG(stat.st_mode):
                self._look_at(path, stat, renamed=added and not written and stat.st_ctime_ns > stat.st_mtime_ns)

    def sweep(self, since: float) -> None:
        """Notice what was changed in any of the folders since a moment (seconds since 1970), whoever failed to tell."""
        self._taken, self._earlier = {}, self._taken
        for asked in self.asked:
            self._sweep(asked.only or asked.source.folder, asked, since - SLACK_S)

    def settle(self) -> None:
        """Look at those that are due: what has not changed rests."""
        now = time.monotonic()
        while self._due and self._due[0][0] <= now:
            _, path = heappop(self._due)
            before = self._looks.pop(path, None)
            asked = self._owner(path)
            with suppress(OSError):
                stat = path.lstat()
                look = stat.st_size, stat.st_mtime_ns
                if asked is None or self._is_taken(path, look):
                    continue
                if look == before:
                    self._ready.setdefault(asked.source.name, deque()).append(path)
                    self._taken[path] = look
                else:
                    self._wait(path, look, self.rest_s)

    def waiting(self) -> Iterator[tuple[Asked, deque[Path]]]:
        """Each source that has files at rest, with those files: whoever reads one takes it out."""
        for asked in self.asked:
            if files := self._ready.get(asked.source.name):
                yield asked, files

    def again(self, files: Iterable[Path]) -> None:
        """These were taken, and not read: the run failed."""
        for path in files:
            self._taken.pop(path, None)
            self._earlier.pop(path, None)
            if path not in self._looks:
                with suppress(OSError):
                    stat = path.lstat()
                    self._wait(path, (stat.st_size, stat.st_mtime_ns), 0.0)

    # ── inside ──

    def _sweep(self, folder: Path, asked: Asked, since: float) -> None:
        with suppress(SourceError):
            for path, stat in walk(folder, asked.without):
                if max(stat.st_ctime, stat.st_mtime) >= since:
                    self._look_at(path, stat, renamed=False)

    def _look_at(self, path: Path, stat: os.stat_result, *, renamed: bool) -> None:
        look = stat.st_size, stat.st_mtime_ns
        if path in self._looks or self._is_taken(path, look):
            return
        rests = time.time() - max(stat.st_mtime, stat.st_ctime) > self.rest_s
        self._wait(path, look, 0.0 if rests else min(GLANCE_S, self.rest_s) if renamed and stat.st_size else self.rest_s)

    def _wait(self, path: Path, look: Look, seconds: float) -> None:
        self._looks[path] = look
        heappush(self._due, (time.monotonic() + seconds, path))

    def _is_taken(self, path: Path, look: Look) -> bool:
        return look in (self._taken.get(path), self._earlier.get(path))

    def _owner(self, path: Path) -> Asked | None:
        """The source that the file belongs to, the innermost one; None for what is passed over."""
        parents = set(path.parents)
        found: Asked | None = None
        for asked in self.asked:
            root = asked.only or asked.source.folder
            if root not in parents or not parents.isdisjoint(asked.without) or path in asked.without:
                continue
            if any(passed_over(part) for part in path.relative_to(root).parts):
                continue
            if found is None or len(root.parts) > len((found.only or found.source.folder).parts):
                found = asked
        return found
