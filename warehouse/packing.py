"""Packing: archive files and the database written anew, without what nobody refers to any more."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, TypeAlias

import pyarrow as pa

from warehouse.archive import Entry
from warehouse.errors import StoreError
from warehouse.migrate import sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from warehouse.archive import Archive
    from warehouse.store import Store

Member: TypeAlias = "tuple[str, int, int]"
"""A payload's raw_id, where its gzip member begins in an archive file, and its length, both in bytes."""

SPARE = 16 << 20  # bytes that are left free
AT_ONCE = 64 << 20  # bytes of an archive file that are copied in one go, so that files stay near their usual size


def rewrite(store: Store, name: str) -> int:
    """Move what is still referred to out of an archive file to the archive's end, and remove the file; returns the bytes freed.

    The new places commit together; until then the old file is whole, and after it nobody reads it any more.
    """
    end, path = store.end_of_archive, store.layout.archive / name
    members = store.con.execute(sql("archive_members"), {"archive": name}).fetchall()
    kept = sum(int(length) for *_, length in members)
    _check_free(store.layout.archive, kept)
    if name == end.name:
        end.roll()
    taken = [place for run in _runs(members) for place in _taken(end, name, run)]
    end.sync()
    moved = places(taken).append_column("was", pa.array([name] * len(taken), pa.string()))
    store.con.register("moved", moved)
    store.con.register("emptied", pa.table({"name": [name]}))
    store.change(lambda: store.con.execute(sql("archive_moved")).fetchall())
    store.con.unregister("moved")
    store.con.unregister("emptied")
    size = path.stat().st_size if path.exists() else 0
    path.unlink(missing_ok=True)
    return size - kept


def compact(store: Store) -> None:
    """Write the database anew: what was deleted stays in its free blocks, and in row groups of which some rows are left."""
    layout = store.layout
    draft = layout.live / "compact.duckdb"
    _drop(draft)
    _check_free(layout.live, layout.database.stat().st_size)
    con = store.con
    con.execute(sql("attach_draft"), {"path": str(draft)})
    try:
        con.execute(sql("copy_database"))
        ours = con.execute(sql("row_counts")).fetchall()
        con.execute("USE draft")
        theirs = con.execute(sql("row_counts")).fetchall()
    finally:
        con.execute("USE warehouse")
        con.execute("DETACH draft")
    if ours != theirs:
        _drop(draft)
        raise StoreError(f"{layout.database} could not be written anew whole; it stays as it is. Please report it")
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    store.replace_database(draft)


def _runs(members: Iterable[Member]) -> Iterator[list[Member]]:
    """Members that lie side by side, to be copied at once."""
    run: list[Member] = []
    for member in members:
        _, offset, _ = member
        if run and (offset != run[-1][1] + run[-1][2] or offset - run[0][1] > AT_ONCE):
            yield run
            run = []
        run.append(member)
    if run:
        yield run


def _taken(end: Archive, name: str, run: list[Member]) -> Iterator[tuple[str, Entry]]:
    first, length = run[0][1], run[-1][1] + run[-1][2] - run[0][1]
    now = end.take(Entry(name, first, length))
    for raw_id, offset, size in run:
        yield raw_id, Entry(now.archive, now.offset + offset - first, size)


def places(found: Sequence[tuple[str, Entry]]) -> pa.Table:
    """Where payloads lie now, as the queries take it."""
    return pa.table({
        "raw_id": pa.array([raw_id for raw_id, _ in found], pa.string()),
        "archive": pa.array([entry.archive for _, entry in found], pa.string()),
        "archive_offset": pa.array([entry.offset for _, entry in found], pa.int64()),
        "archive_length": pa.array([entry.length for _, entry in found], pa.int64()),
    })  # fmt: skip


def _check_free(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed + SPARE:
        raise StoreError(
            f"writing {folder} anew needs {(needed + SPARE) >> 20} MB free, and there are {free >> 20}: what was asked for is "
            "out of the tables, but not yet out of the files. Make room, and run wirehouse maintain"
        )


def _drop(draft: Path) -> None:
    for path in (draft, draft.with_name(draft.name + ".wal")):
        path.unlink(missing_ok=True)
