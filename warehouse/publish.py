"""Give readers a copy: versioned names that are never used again, behind a link that is swapped atomically.

Readers open `data/warehouse.duckdb`. DuckDB resolves the link, so whatever a reader leaves behind (a `.wal`, a lock) stays
beside its own version. Renaming over a published file would break: a stale `.wal` makes every later open of the name fail.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import shutil
import struct
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import pairwise
from typing import TYPE_CHECKING

from warehouse.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from warehouse.layout import Layout

NAME = re.compile(r"warehouse-(\d+)\.duckdb(\.wal)?")
KEEP = 2  # the current version and the one before: a reader that has just resolved the link still finds its file
GRACE_S = 4.0  # and nothing goes, or is written over, that was current a moment ago
PAUSE = 9  # what runs by itself publishes again after so many times what the last publication took: a tenth of the time
SPARE_BYTES = 8 << 20  # left free: the live database, its log and the archive are on the same disk
CHUNK = 1 << 20  # compared at once,
PIECE = 1 << 16  # ... and of those that differ so much is written at once
FULL = (errno.ENOSPC, errno.EDQUOT)
UNSUPPORTED = (errno.EXDEV, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTTY, errno.EPERM)
FICLONE = 0x40049409  # ioctl_ficlonerange(2): two files share their blocks until one is written
MAC = sys.platform == "darwin"
FLOCK = "qqihh" if MAC else "hhqqi4x"  # struct flock of fcntl(2)


def publish(layout: Layout, number: int) -> Path:
    """Copy the checkpointed database to version `number` and point the link at it; returns its path.

    The caller holds the writer lock and has checkpointed. Raises StoreError if the disk is full or the folder read-only; then
    readers keep the version that they have.
    """
    target = layout.published / f"warehouse-{number}.duckdb"
    draft = layout.published / f".{target.name}.{os.getpid()}"
    link = layout.data / f".warehouse.duckdb.{os.getpid()}"
    with explained(layout):
        try:
            _draw(layout, draft)
            draft.chmod(0o444)
            _sync(draft)
            draft.rename(target)
            link.unlink(missing_ok=True)
            link.symlink_to(os.path.relpath(target, layout.data))
            link.replace(layout.current)
            for folder in (layout.published, layout.data):
                _sync(folder)
        finally:
            for litter in (draft, link):
                litter.unlink(missing_ok=True)
        prune(layout)
    return target


def wait_s(ended: datetime | None, cost_s: float | None, now: datetime) -> float:
    """How long a run that nobody waits for puts off publishing, after a publication that ended then, where one costs so much.

    So publishing takes a tenth of the time at most, and news after a quiet time is published at once. Times are UTC; a clock that
    was set back makes nobody wait longer than that.
    """
    if ended is None or cost_s is None:
        return 0.0
    pause = PAUSE * cost_s
    return max(0.0, min(pause, (ended - now).total_seconds() + pause))


def put_off(layout: Layout, left: float | None) -> None:
    """Note that readers lack something, which may be published after so many seconds; None: they lack nothing any more."""
    if left is None:
        layout.owed.unlink(missing_ok=True)
    else:
        layout.owed.write_text(f"{time.time() + left:.3f}", encoding="ascii")


def is_owed(layout: Layout) -> bool:
    """Whether a run should publish now what an earlier one put off, though it has nothing to land itself."""
    try:
        due = float(layout.owed.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return False
    return not 0 < due - time.time() < 3600  # a clock that was set back


def check_space(layout: Layout) -> None:
    """Raise StoreError if there is no room for a copy, before anything is done for it."""
    size, draft = layout.database.stat().st_size, layout.published / f".probe.{os.getpid()}"
    if shutil.disk_usage(layout.published).free >= size + SPARE_BYTES:
        return
    with explained(layout):
        for path in _unneeded(layout, 1):
            path.unlink(missing_ok=True)
        try:
            if _cloned(layout.database, draft):
                return
        finally:
            draft.unlink(missing_ok=True)
    _check_free(layout, size)


@contextmanager
def explained(layout: Layout) -> Iterator[None]:
    """Errors of the file system as StoreError: which folder, why, and what to do."""
    try:
        yield
    except OSError as error:
        where, why = layout.published, error.strerror or str(error)
        what = "make room" if error.errno in FULL else "see that it may be written"
        raise StoreError(f"publishing to {where} failed ({why}): what landed is safe; {what} and run again") from error


def stale(layout: Layout, last: int) -> bool:
    """Whether readers cannot have version `last`: it never got there, or somebody holds it read-write."""
    current = layout.current.resolve()
    written = _held(current, fcntl.F_RDLCK) or current.with_suffix(".duckdb.wal").exists()
    return current.name != f"warehouse-{last}.duckdb" or not current.exists() or written


def next_free(layout: Layout) -> int:
    """A number that no file in the folder has had, whatever the warehouse remembers."""
    numbers = [int(m[1]) for p in layout.published.iterdir() if (m := NAME.fullmatch(p.name))]
    return max(numbers, default=0) + 1


def prune(layout: Layout) -> None:
    """Remove versions that nobody needs: not the newest two, not those that a process has open, none of the last moments.

    One of them is kept to be written over: a whole copy takes ten times as long.
    """
    for path in _unneeded(layout, KEEP)[:-1]:
        path.unlink(missing_ok=True)
    left = {p.name for p in layout.published.iterdir()}
    for name in left:
        if (m := NAME.fullmatch(name)) and m[2] and name.removesuffix(".wal") not in left:
            (layout.published / name).unlink(missing_ok=True)
        if name.startswith("."):  # whoever holds the writer lock alone publishes: a draft is that of a killed run
            (layout.published / name).unlink(missing_ok=True)


def _unneeded(layout: Layout, keep: int) -> list[Path]:
    """Versions that nobody needs but for the newest `keep`, the oldest first."""
    current = layout.current.resolve().name
    versions = sorted((int(m[1]), p) for p in layout.published.iterdir() if (m := NAME.fullmatch(p.name)) and not m[2])
    paths = [path for _, path in versions]
    return [
        path
        for path, after in list(pairwise(paths))[: max(0, len(paths) - keep)]
        if path.name != current and time.time() - after.stat().st_mtime > GRACE_S and not _held(path, fcntl.F_WRLCK)
    ]


# ── the copy ──


def _draw(layout: Layout, draft: Path) -> None:
    """Make `draft` a copy of the database, in the cheapest way that the file system has."""
    if _cloned(layout.database, draft):
        return
    for old in _unneeded(layout, 1):
        old.rename(draft)  # now nobody can open it any more
        if _alone(draft):
            _write_over(layout.database, draft)
            return
        draft.unlink()  # who has it open keeps it until it is closed
    _check_free(layout, layout.database.stat().st_size)
    _copy(layout.database, draft)


def _cloned(source: Path, draft: Path) -> bool:
    """Let the two share their blocks (XFS, Btrfs, …): costs nothing, whatever the size. False if the file system cannot."""
    with source.open("rb") as whole, draft.open("wb") as clone:
        try:
            fcntl.ioctl(clone, FICLONE, whole.fileno())
        except OSError as error:
            if error.errno not in UNSUPPORTED:
                raise
            return False
    return True


def _write_over(source: Path, old: Path) -> None:
    """Make a version that nobody needs into a copy: most of it is the same, and reading costs an eighth of writing."""
    old.chmod(0o600)
    size = source.stat().st_size
    os.truncate(old, size)
    half = size // 2 // CHUNK * CHUNK
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda part: _write_part(source, old, *part), ((0, half), (half, size))))


def _write_part(source: Path, old: Path, at: int, end: int) -> None:
    """The same from one place to another."""
    ours, theirs = bytearray(CHUNK), bytearray(CHUNK)
    with source.open("rb", buffering=0) as new, old.open("r+b", buffering=0) as file:
        new.seek(at)
        file.seek(at)
        while at < end and (length := new.readinto(ours)):
            file.readinto(theirs)
            for start in range(0, length, PIECE) if ours != theirs else ():
                piece = ours[start : min(start + PIECE, length)]
                if piece != theirs[start : start + len(piece)]:
                    os.pwrite(file.fileno(), piece, at + start)
            at += length


def _copy(source: Path, draft: Path) -> None:
    """Copy within the kernel where it can, on some file systems without moving the bytes at all."""
    with source.open("rb") as whole, draft.open("wb") as copy:
        left = os.fstat(whole.fileno()).st_size
        try:
            while left and not MAC and (sent := os.copy_file_range(whole.fileno(), copy.fileno(), left)):
                left -= sent
        except OSError as error:
            if error.errno not in UNSUPPORTED:
                raise
    if left:
        shutil.copyfile(source, draft)


def _check_free(layout: Layout, needed: int) -> None:
    free = shutil.disk_usage(layout.published).free
    if free < needed + SPARE_BYTES:
        raise StoreError(
            f"publishing needs {(needed + SPARE_BYTES) >> 20} MB free in {layout.published}, and there are {free >> 20}: "
            "what landed is safe; make room and run again"
        )


def _alone(path: Path) -> bool:
    """Whether no process has the file open, so that it may be written over; where the kernel cannot tell, one may.

    A write lease is granted only then (fcntl(2)). It sees readers that lock nothing as well, such as a copy to another machine.
    """
    if not hasattr(fcntl, "F_SETLEASE"):
        return False
    with path.open("rb") as file, suppress(OSError):
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_WRLCK)
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
        return True
    return False


def _sync(path: Path) -> None:
    """Return only when a file's bytes, or a folder's names, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _held(path: Path, kind: int) -> bool:
    """Whether another process has a lock on the file that excludes ours (DuckDB locks with fcntl): F_RDLCK asks for writers."""
    try:
        with path.open("rb") as file:
            answer = fcntl.fcntl(file, fcntl.F_GETLK, struct.pack(FLOCK, *((0, 0, 0, kind, 0) if MAC else (kind, 0, 0, 0, 0))))
    except OSError:
        return False
    found = struct.unpack(FLOCK, answer)[3 if MAC else 0]
    return bool(found != fcntl.F_UNLCK)
