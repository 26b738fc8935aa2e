"""Which processes are alive, told by the kernel: each holds a flock on a file of its own, which ends with it, however it ends.

A process number alone tells nothing: it is used again. The file's text says who it is.
"""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_held: dict[Path, int] = {}


def take(path: Path) -> int | None:
    """The open file with the flock on it, which processes started with it share; None if a living process has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        if _same(path, handle):
            return handle
        os.close(handle)  # somebody has thrown the file away in between


def tell(handle: int, note: Mapping[str, object]) -> None:
    """Say who has it."""
    text = json.dumps(note).encode()
    os.ftruncate(handle, len(text))
    os.pwrite(handle, text, 0)


def holder(path: Path) -> dict[str, Any] | None:
    """What the living process that has this file says of itself; None if there is none."""
    try:
        with path.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                note = json.loads(file.read() or b"{}")
                return note if isinstance(note, dict) else {}
    except (OSError, ValueError):
        return None
    return None


def hold(path: Path) -> None:
    """Be alive under this name until this process ends; once is enough."""
    if path not in _held and (handle := take(path)) is not None:
        tell(handle, {"pid": os.getpid()})
        _held[path] = handle


@contextmanager
def living(path: Path) -> Iterator[None]:
    """Be alive under this name, if it is not so already, and take the file away in the end."""
    ours = path not in _held
    hold(path)
    try:
        yield
    finally:
        if ours and path in _held:
            path.unlink(missing_ok=True)
            os.close(_held.pop(path))


def _same(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False
