"""A slim copy of the warehouse for laptops and BI tools: the views of `mart` as tables in one DuckDB file, without the bodies."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import duckdb

from warehouse.errors import UsageError
from warehouse.export import BODIES, VIEWS, Change, Export, apart, catalog, choose, exporting, silent, telling, views_of
from warehouse.exported import scratch
from warehouse.migrate import sql

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from warehouse.export import Progress, Wanted
    from warehouse.layout import Layout

MORE = (
    "story_timeline",
    "entities",
    "feed_health",
    "gaps",
    "rejects",
    "runs",
)  # beside those that files have, if nothing is named


def slim(layout: Layout, path: Path, wanted: Wanted, *, progress: Progress = silent) -> Export:
    """Write the copy, in place of the one before. `progress` makes, of the number of views, what is told of views and rows.

    Raises UsageError, Locked, NoWarehouse or StoreError; then the file that was there stands as it was.
    """
    apart(layout, path)
    _replaceable(path)
    folder = path.with_name(f".{path.name}.wirehouse")
    draft = folder / "slim.duckdb"
    with telling(path), scratch(folder):
        with exporting(layout, folder) as con:
            done = _written(con, draft, path, wanted, progress)
        draft.chmod(0o444)  # it is replaced as a whole: what a reader would write into it would be lost
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(path)
    return done


def _written(con: DuckDBPyConnection, draft: Path, path: Path, wanted: Wanted, progress: Progress) -> Export:
    known = catalog(con)
    views = views_of(wanted.views, known) or [view for view in (*VIEWS, *MORE) if view in known]
    choose(con, wanted)
    con.execute(sql("slim_attach"), {"file": str(draft)})
    con.execute(sql("slim_begin"), {"source": wanted.source, "since": wanted.since, "until": wanted.until})
    done = Export(path, "duckdb", wanted.source)
    with progress(len(views)) as told:
        for view in views:
            key = known[view][0]
            asked = {"view": f"mart.{view}", "without": BODIES.get(view, [])} | ({"key": key} if key else {})
            con.sql(sql("slim_rows" if key else "slim_rows_whole"), params=asked).create(f"slim.mart.{view}")
            [(rows,)] = con.table(f"slim.mart.{view}").count("*").fetchall()
            done.views[view] = Change(written=1, rows=rows)
            told(1, rows)
    for (statement,) in con.execute(sql("slim_comments")).fetchall():
        con.execute(statement)
    con.execute(sql("slim_detach"))
    return done


def _replaceable(path: Path) -> None:
    """Raises UsageError if what is there is no copy of ours, or somebody writes to it."""
    if path.is_dir():
        raise UsageError(f"{path} is a folder: with --format duckdb name a file, such as {path / 'slim.duckdb'}")
    if path.with_name(f"{path.name}.wal").exists():
        raise UsageError(f"{path} is open for writing elsewhere, or was left so: close it there, or name another file")
    if not path.exists():
        return
    try:
        with duckdb.connect(str(path), read_only=True) as con:
            ours = con.execute(sql("slim_ours")).fetchall()
    except duckdb.Error:
        ours = []
    if not ours:
        raise UsageError(f"{path} is no slim copy that was exported before: name another file")
