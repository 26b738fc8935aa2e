"""Write the views of `mart` from the published warehouse to files by day; what has not changed since is not written again.

What has changed is told by a print of each day's rows, in the warehouse and in the folder's manifest. So it does not matter what
changed them: new articles, revisions, copies that came late, merged stories, corrections, or articles that were taken out.
"""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

import duckdb

from warehouse.errors import StoreError, UsageError
from warehouse.exported import Exported, View, opened
from warehouse.interrupts import stopping
from warehouse.migrate import sql
from warehouse.query import LOCKED, connect, newest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from warehouse.layout import Layout

    Progress = Callable[[int], AbstractContextManager[Callable[[int, int], None]]]

FORMATS = ("parquet", "csv", "jsonl")
VIEWS = (
    *("articles", "versions", "copies", "stories", "people", "organisations", "places", "dates", "quotes", "events"),
    *("keywords", "five_w"),
)  # what is exported if nothing is named
MEMORY = "500MB"  # beyond it DuckDB spills into the folder
BODIES = {"articles": ["text", "head", "tail"], "versions": ["text"]}  # columns that hold most of the bytes
ROWS, ROWS_WITH_BODIES = 500_000, 25_000  # that are sorted at a time: about 100 MB


class Wanted(NamedTuple):
    """Of what an export is made. What is None is as the folder has it, in a new one everything."""

    views: Sequence[str] = ()
    form: str | None = None
    source: str | None = None
    since: date | None = None  # days, both inclusive; those outside stay as they are
    until: date | None = None


@dataclass(slots=True)
class Change:
    """What came of a view: days that were written, left as they were, and removed."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0
    rows: int = 0  # written
    size: int = 0  # bytes written


@dataclass(slots=True)
class Plan:
    """What is to be done for a view: its days with their rows and prints, and which of them are to be written or removed."""

    key: str | None
    days: dict[str, tuple[int, str]]
    write: list[str]
    remove: list[str]


@dataclass(slots=True)
class Export:
    """An export's outcome."""

    folder: Path
    form: str
    source: str | None
    views: dict[str, Change] = field(default_factory=dict)


def silent(_total: int) -> AbstractContextManager[Callable[[int, int], None]]:
    """Progress that nobody looks at."""
    return nullcontext(lambda _done, _rows: None)


def export(
    layout: Layout,
    folder: Path,
    wanted: Wanted,
    *,
    anew: bool = False,
    progress: Progress = silent,
) -> Export:
    """Bring a folder up to what is published; `anew` empties it first.

    `progress` makes, of the number of days to write, what is told of days and rows as they are written. Raises UsageError,
    Locked, NoWarehouse or StoreError; days that were written stand, and the next run goes on from there.
    """
    apart(layout, folder)
    with telling(folder), opened(folder) as exported, exporting(layout, exported.scratch) as con:
        plans = _plans(con, exported, wanted, anew=anew)
        done = Export(folder, exported.form, exported.source)
        with progress(sum(len(plan.write) for plan in plans.values())) as told:
            for view, plan in plans.items():
                done.views[view] = _carry_out(con, exported, view, plan, told)
    return done


@contextmanager
def exporting(layout: Layout, folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the published version that can write into one folder, and reaches nothing else."""
    con = connect(newest(layout), {"memory_limit": MEMORY, "temp_directory": str(folder / "spill")})
    try:
        con.execute(sql("export_folder"), {"folder": str(folder)})
        for setting in LOCKED:
            con.execute(setting)
        with stopping(con):
            yield con
    finally:
        con.close()


@contextmanager
def telling(place: Path) -> Iterator[None]:
    """Say as a StoreError what the disk cannot do; what DuckDB says of an interrupt is one."""
    try:
        yield
    except (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.FatalException, OSError) as error:
        raise StoreError(
            f"exporting to {place} failed: {str(error).splitlines()[0]}. What was written stands; run it again to go on"
        ) from error
    except (duckdb.InterruptException, RuntimeError) as error:
        if "interrupt" in str(error).lower():
            raise KeyboardInterrupt from error
        raise


def apart(layout: Layout, place: Path) -> None:
    """Raises UsageError if an export would land in the data folder."""
    if place.resolve().is_relative_to(layout.data.resolve()):
        raise UsageError(f"{place} lies in the data folder {layout.data}: export to a place outside of it")


def catalog(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[str | None, str]]:
    """Every view of mart, with the column by which its rows have a day (None: they have none), and its columns."""
    return {view: (key, columns) for view, key, columns in con.execute(sql("export_catalog")).fetchall()}


def views_of(names: Sequence[str], known: dict[str, tuple[str | None, str]]) -> list[str]:
    """Views by their names, with or without "mart.". Raises UsageError for one that is none."""
    views = []
    for name in names:
        view = name.lower().removeprefix("mart.")
        if view not in known:
            near = get_close_matches(view, known, 3) or sorted(known)
            raise UsageError(f"there is no view {name!r} in mart; there is: {', '.join(near)}")
        views.append(view)
    return list(dict.fromkeys(views))


def choose(con: duckdb.DuckDBPyConnection, wanted: Wanted) -> None:
    """Choose the articles and stories of which rows are exported. Raises UsageError for a source that has none."""
    if wanted.source is not None:
        sources = [source for (source,) in con.execute(sql("export_sources")).fetchall()]
        if wanted.source not in sources:
            near = get_close_matches(wanted.source, sources, 3) or sources[:10]
            raise UsageError(f"no article is of the source {wanted.source!r}; there is: {', '.join(near) or 'none'}")
    con.execute(sql("export_keys"), {"source": wanted.source, "since": wanted.since, "until": wanted.until})


def _plans(con: duckdb.DuckDBPyConnection, exported: Exported, wanted: Wanted, *, anew: bool) -> dict[str, Plan]:
    """What is to be done for each view, noted in the manifest."""
    known = catalog(con)
    views = views_of(wanted.views, known)
    if exported.told and not anew:
        _agree(exported, wanted)
        wanted = wanted._replace(form=exported.form, source=exported.source)
    choose(con, wanted)
    if anew:
        exported.clear()
    exported.form, exported.source = wanted.form or FORMATS[0], wanted.source
    con.execute(sql("export_csv_cell"))
    views = views or [view for view in (exported.views or VIEWS) if view in known]
    plans = {view: _plan(con, exported, view, known[view], wanted) for view in views}
    exported.save()
    return plans


def _agree(exported: Exported, wanted: Wanted) -> None:
    """Raises UsageError where another format or source is asked for than the folder has."""
    for what, asked, has in (("format", wanted.form, exported.form), ("source", wanted.source, exported.source)):
        if asked is not None and asked != has:
            raise UsageError(
                f"{exported.folder} holds an export {f'with --{what} {has}' if has else 'of all sources'}: "
                "name another folder, or empty this one with --anew"
            )


def _plan(con: duckdb.DuckDBPyConnection, exported: Exported, view: str, known: tuple[str | None, str], wanted: Wanted) -> Plan:
    key, columns = known
    name = f"mart.{view}"
    rows = (
        con.execute(sql("export_days"), {"view": name, "key": key})
        if key
        else con.execute(sql("export_days_whole"), {"view": name})
    )
    days = {day: (count, f"{total % 2**64:016x}{parity:016x}") for day, count, total, parity in rows.fetchall()}
    was = exported.views.setdefault(view, View(columns))
    if was.columns != columns:
        exported.expect(view, list(was.days))
        was.columns = columns
    write = [day for day, (_, print_) in days.items() if not exported.stands(view, day, print_)]
    remove = [day for day in was.days if day not in days and _within(day, wanted)]
    exported.expect(view, write)
    return Plan(key, days, write, remove)


def _within(day: str, wanted: Wanted) -> bool:
    return not day or (
        (wanted.since is None or day >= wanted.since.isoformat()) and (wanted.until is None or day <= wanted.until.isoformat())
    )


def _carry_out(
    con: duckdb.DuckDBPyConnection, exported: Exported, view: str, plan: Plan, told: Callable[[int, int], None]
) -> Change:
    change = Change(unchanged=len(plan.days) - len(plan.write), removed=len(plan.remove))
    draft, name = exported.scratch / f"part.{exported.form}", f"mart.{view}"
    for days in _spans(plan, ROWS_WITH_BODIES if view in BODIES else ROWS):
        if plan.key:
            con.execute(sql("export_rows"), {"view": name, "key": plan.key, "first": days[0], "last": days[-1], "days": days})
        else:
            con.execute(sql("export_rows_whole"), {"view": name})
        if exported.form == "csv":
            con.execute(sql("export_cells"))
        for day in days:
            con.execute(sql(f"export_{exported.form}"), {"day": day, "file": str(draft)})
            exported.put(view, day, draft, *plan.days[day])
            change.written += 1
            change.rows += plan.days[day][0]
            change.size += exported.views[view].days[day].size
            told(1, plan.days[day][0])
        exported.save()
    for day in plan.remove:
        exported.remove(view, day)
    if plan.remove:
        exported.save()
    return change


def _spans(plan: Plan, most: int) -> Iterator[list[str]]:
    """Days to write, as many at a time as have about so many rows."""
    span: list[str] = []
    rows = 0
    for day in plan.write:
        span.append(day)
        rows += plan.days[day][0]
        if rows >= most:
            yield span
            span, rows = [], 0
    if span:
        yield span
