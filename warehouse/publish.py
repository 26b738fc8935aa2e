"""Give readers a copy: versioned names that are never used again, behind a link that is swapped atomically.

Readers open `data/warehouse.duckdb`. DuckDB resolves the link, so whatever a reader leaves behind (a `.wal`, a lock) stays
beside its own version. Renaming over a published file would break: a stale `.wal` makes every later open of the name fail.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import struct
import sys
import time
from typing import TYPE_CHECKING

from warehouse.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.layout import Layout

NAME = re.compile(r"warehouse-(\d+)\.duckdb(\.wal)?")
KEEP = 2  # the current version and the one before: a reader that has just resolved the link still finds its file
GRACE_S = 60.0  # and nothing goes that was current a moment ago
MAC = sys.platform == "darwin"
FLOCK = "qqihh" if MAC else "hhqqi4x"  # struct flock of fcntl(2)


def publish(layout: Layout, number: int) -> Path:
    """Copy the checkpointed database to version `number` and point the link at it; returns its path.

    The caller holds the writer lock and has checkpointed. Raises StoreError if the disk is full.
    """
    target = layout.published / f"warehouse-{number}.duckdb"
    draft = layout.published / f".{target.name}.{os.getpid()}"
    try:
        free, size = shutil.disk_usage(layout.published).free, layout.database.stat().st_size
        if free < size:
            raise StoreError(
                f"publishing needs {size >> 20} MB free in {layout.published}, and there are {free >> 20}: "
                "what landed is safe; make room and run again"
            )
        shutil.copyfile(layout.database, draft)
        draft.chmod(0o444)
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.rename(target)
        link = layout.data / f".warehouse.duckdb.{os.getpid()}"
        link.unlink(missing_ok=True)
        link.symlink_to(os.path.relpath(target, layout.data))
        link.replace(layout.current)
        for folder in (layout.published, layout.data):
            _sync(folder)
    finally:
        draft.unlink(missing_ok=True)
    prune(layout)
    return target


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
    """Remove versions that nobody needs: not the newest two, not those that a process has open, none of the last minute."""
    current = layout.current.resolve().name
    versions = sorted((int(m[1]), p) for p in layout.published.iterdir() if (m := NAME.fullmatch(p.name)) and not m[2])
    for _, path in versions[:-KEEP]:
        if path.name != current and time.time() - path.stat().st_mtime > GRACE_S and not _held(path, fcntl.F_WRLCK):
            path.unlink(missing_ok=True)
    left = {p.name for p in layout.published.iterdir()}
    for name in left:
        if (m := NAME.fullmatch(name)) and m[2] and name.removesuffix(".wal") not in left:
            (layout.published / name).unlink(missing_ok=True)
        if name.startswith(".") and not _running(name):
            (layout.published / name).unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Return only when the folder's names are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _running(draft: str) -> bool:
    """Whether the process that writes this draft lives; a draft of a killed one is litter."""
    pid = draft.rpartition(".")[2]
    return pid.isdigit() and int(pid) == os.getpid()


def _held(path: Path, kind: int) -> bool:
    """Whether another process has a lock on the file that excludes ours (DuckDB locks with fcntl): F_RDLCK asks for writers."""
    try:
        with path.open("rb") as file:
            answer = fcntl.fcntl(file, fcntl.F_GETLK, struct.pack(FLOCK, *((0, 0, 0, kind, 0) if MAC else (kind, 0, 0, 0, 0))))
    except OSError:
        return False
    found = struct.unpack(FLOCK, answer)[3 if MAC else 0]
    return bool(found != fcntl.F_UNLCK)
