"""Folders are watched in a thread of its own: what the kernel tells of files there is put into a queue.

Folders come and go. One that is not there is told of once, and watched as soon as it is; where the kernel can watch no more
folders, or WATCHFILES_FORCE_POLLING is set (network file systems), changes are found by looking.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING, NamedTuple

from watchfiles import Change, watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

STEP_MS = 50  # in which what the kernel tells is put together,
BURST_MS = 400  # ... at most
POLL_MS = 500  # between two looks, where changes are found by looking
HEARTBEAT_MS = 200  # how soon a watch ends when it is told to


class Told(NamedTuple):
    """What happened to a file or folder."""

    path: Path
    added: bool  # under this name
    written: bool


class Watching:
    """Some folders that are watched, and all that lies below them."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.polling = _forced()
        self._queue: SimpleQueue[list[Told]] = SimpleQueue()
        self._there: dict[Path, tuple[int, int]] = {}  # those that are watched, with device and inode
        self._missing: dict[Path, str] = {}  # those that cannot be, and why, as it was told
        self._thread: Thread | None = None
        self._stop = Event()
        self._failed: str | None = None

    def look(self, folders: Iterable[Path]) -> bool:
        """Watch these folders, those of them that are there.

        Returns whether that is another watch than before: then whatever happened in between went unnoticed.
        """
        there: dict[Path, tuple[int, int]] = {}
        missing: dict[Path, str] = {}
        for folder in folders:
            try:
                stat = folder.stat()
                os.scandir(folder).close()
                there[folder] = stat.st_dev, stat.st_ino
            except OSError as error:
                missing[folder] = error.strerror or str(error)
        for folder in missing.keys() - self._missing.keys():
            self.say(f"{folder} cannot be watched ({missing[folder]}): it is, as soon as that is mended")
        for folder in self._missing.keys() & there.keys():
            self.say(f"{folder} is there: watching it")
        self._missing = missing
        if self._failed is not None:
            self._fall_back()
        elif there == self._there and (self._thread is None or self._thread.is_alive()):
            return False
        self.end()
        self._there, self._stop = there, Event()
        if there:
            self._thread = Thread(target=self._run, args=(list(there), self._stop, self.polling), daemon=True)
            self._thread.start()
        return True

    def has(self, folder: Path) -> bool:
        """Whether this folder is there, and is watched."""
        return folder in self._there

    def told(self, timeout_s: float) -> Iterator[Told]:
        """What has happened since this was asked last; waits so long for the first of it."""
        with suppress(Empty):
            yield from self._queue.get(timeout=timeout_s)
            while True:
                yield from self._queue.get_nowait()

    def end(self) -> None:
        """Watch nothing any more."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    # ── inside ──

    def _run(self, folders: list[Path], stop: Event, polling: bool) -> None:  # noqa: FBT001  a thread's arguments have no names
        try:
            for changes in watch(
                *folders, watch_filter=None, debounce=BURST_MS, step=STEP_MS, stop_event=stop, rust_timeout=HEARTBEAT_MS,
                raise_interrupt=False, force_polling=polling, poll_delay_ms=POLL_MS, ignore_permission_denied=True,
            ):  # fmt: skip
                kinds: dict[str, set[Change]] = {}
                for kind, path in changes:
                    kinds.setdefault(path, set()).add(kind)
                self._queue.put(
                    [
                        Told(Path(path), Change.added in kind, Change.modified in kind)
                        for path, kind in kinds.items()
                        if kind != {Change.deleted}
                    ]
                )
        except Exception as error:  # noqa: BLE001  whatever it is, the folders are looked at from now on
            self._failed = str(error)

    def _fall_back(self) -> None:
        """A watch ended by itself: once because a folder went, again and again because the kernel has no more watches."""
        if not self.polling and self._failed is not None and "limit" in self._failed:
            self.say(
                f"the system can watch no more folders ({self._failed}): looking at them every {POLL_MS / 1000:g} s instead; "
                "raise fs.inotify.max_user_watches"
            )
            self.polling = True
        self._failed = None


def _forced() -> bool:
    """WATCHFILES_FORCE_POLLING, as watchfiles reads it."""
    value = os.environ.get("WATCHFILES_FORCE_POLLING", "").lower()
    return bool(value) and value not in {"false", "disable", "disabled"}
