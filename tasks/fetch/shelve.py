"""Files that have landed, put out of the way: into a hidden folder of their source, where they are passed over."""

from __future__ import annotations

import os
from hashlib import file_digest
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from tasks.fetch.folder import Found

LANDED, REFUSED = ".landed", ".refused"


def shelve(found: Found, root: Path, day: date, *, refused: bool) -> Path | None:
    """Move a file to `.landed/YYYY-MM-DD/` (or `.refused/…`) below its root, under a name that nothing has there.

    Returns where it lies now; None if it is not the file that was `found` any more: then it stays, to be read. Raises OSError.
    """
    if not _is(found.place, found):
        return None
    shelf = root / (REFUSED if refused else LANDED) / day.isoformat()
    target = _reserved(shelf / found.place.relative_to(root))
    try:
        found.place.rename(target)
    except OSError:
        target.unlink()
        raise
    if _is(target, found):
        return target
    target.rename(_reserved(found.place))  # another one was put there between the look and the move
    return None


def has_bytes(found: Found, raw_id: str) -> bool:
    """Whether the file still has these bytes. Raises OSError."""
    with found.place.open("rb") as file:
        return file_digest(file, "sha256").hexdigest() == raw_id


def _is(place: Path, found: Found) -> bool:
    """Whether the file there has not been changed since it was found."""
    try:
        stat = place.lstat()
    except FileNotFoundError:
        return False
    return (stat.st_size, stat.st_mtime_ns) == (found.size, found.mtime_ns)


def _reserved(wanted: Path) -> Path:
    """The wanted path, or that with a number behind its name: an empty file, made for something to be renamed to it."""
    wanted.parent.mkdir(parents=True, exist_ok=True)
    for number in count(1):
        path = wanted if number == 1 else wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644))
        except FileExistsError:
            continue
        return path
    raise AssertionError("there is always a next number")
