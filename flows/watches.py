"""Watches: the user's saved queries that tell a web address or a command when they have rows that they did not have before.

A watch is `watches/NAME.toml`. After each publication those that are due are asked of it. A row is remembered as told only when
the target took it: what could not be told is told with a later publication. What is remembered is no part of the warehouse:
else each watch would bring about the next publication.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from itertools import islice
from threading import Timer
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flows.notify import notify
from flows.output import dumped
from warehouse.errors import QueryError, UsageError, WirehouseError
from warehouse.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from duckdb import DuckDBPyConnection

    from flows.settings import Settings
    from flows.watch_files import Watch
    from flows.watch_state import Fared, Memory

LIMIT_S = 20.0  # that a query may take: the run that published waits for it,
TELL_S = 10.0  # ... as it does for each event
ENOUGH_S = 30.0  # after which no more is asked or told after one publication
MOST_ROWS = 10_000  # that a query may have
EVENTS = 10  # of one watch after one publication; the rest follows
LATEST_S = 6 * 3600.0  # between two attempts, at most


@dataclass(slots=True)
class Outcome:
    """What a look at a watch came to."""

    name: str
    columns: list[str] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)  # those that are told now, if the target takes them
    keys: list[bytes] = field(default_factory=list)  # by which they are remembered
    new: int = 0  # rows that were not told before
    told: int = 0  # rows that the target took
    first: bool = False  # it was looked at for the first time: what it has is remembered, and not told
    error: str | None = None


def after_publication(settings: Settings, say: Callable[[str], None]) -> None:
    """Look at the watches that are due, and tell of rows that are new. Never raises: what landed, landed.

    While another process is at it, that one looks again when it is done.
    """
    layout = Layout(settings.data)
    if not layout.watches.is_dir() or not any(layout.watches.glob("*.toml")):
        return
    from flows.watch_state import alone  # noqa: PLC0415  most users have no watches

    seen = None
    try:
        while seen != (now := _version(layout)):
            with alone(layout.watches) as ours:
                if not ours:
                    return
                seen = now
                for outcome in look(layout, due=True):
                    if outcome.error:
                        say(f"watch {outcome.name}: {outcome.error}")
    except Exception as error:  # noqa: BLE001  whatever happens to a watch, the run has done its work
        say(f"watches: {error if isinstance(error, WirehouseError) else repr(error)}")


def look(layout: Layout, names: Sequence[str] = (), *, due: bool = False, dry: bool = False) -> list[Outcome]:
    """Ask the watches that are named, else all that are not paused, or of those the ones that are `due`; tell what is new.

    `dry`: nothing is told or remembered. The caller sees to it that no other process does the same. Raises UsageError for
    names that are none.
    """
    from flows.watch_files import load_all  # noqa: PLC0415
    from flows.watch_state import Fared, Memory  # noqa: PLC0415
    from warehouse.audit import opened  # noqa: PLC0415

    watches, broken = load_all(layout.watches)
    if unknown := [name for name in names if name not in watches | broken]:
        raise UsageError(f"no watch of the name {unknown[0]!r} is known; `wirehouse watches` lists them")
    outcomes = [Outcome(name, error=why) for name, why in broken.items() if name in names or not names]
    started, at = monotonic(), datetime.now(UTC).replace(tzinfo=None)
    with Memory(layout.watches) as memory:
        fared = memory.fared()
        wanted = {n: w for n, w in watches.items() if n in names or not (names or w.paused)}
        if due:
            wanted = {n: w for n, w in wanted.items() if _due(w, fared.get(n, Fared(n)), at)}
        if not wanted:
            return outcomes
        with opened(layout) as con:
            asked = [
                (watch, _asked(name, watch, con, memory, fared.get(name, Fared(name))))
                for name, watch in wanted.items()
                if monotonic() - started < ENOUGH_S
            ]
        for watch, outcome in asked:
            outcomes.append(outcome)
            if not dry:
                _tell(watch, outcome, memory, fared.get(outcome.name, Fared(outcome.name)), at, started + ENOUGH_S)
    return outcomes


def try_out(layout: Layout, watch: Watch) -> int:
    """How many rows a watch has now. Raises QueryError if it cannot be asked, NoWarehouse if nothing was published yet."""
    from warehouse.audit import opened  # noqa: PLC0415

    with opened(layout) as con:
        return sum(1 for _ in _rows(watch, con, Outcome("")))


def states(layout: Layout) -> list[dict[str, Any]]:
    """Every watch, and how it fared; secrets are left out of targets."""
    if not layout.watches.is_dir():
        return []
    from flows.watch_files import load_all  # noqa: PLC0415
    from flows.watch_state import Fared, Memory  # noqa: PLC0415

    watches, broken = load_all(layout.watches)
    if not watches and not broken:
        return []
    with Memory(layout.watches) as memory:
        fared = memory.fared()
    rows = []
    for name in sorted(watches | broken):
        watch, state = watches.get(name), fared.get(name, Fared(name))
        told = {"query": None, "tell": None, "every": None, "description": None, "paused": False}
        if watch is not None:
            told |= watch.model_dump(include=set(told)) | {"tell": _shown(watch.tell)}
        fared_so = {k: v for k, v in state._asdict().items() if k not in {"name", "print", "failures"}}
        rows.append({"name": name, **told, **fared_so, "error": broken.get(name) or state.error})
    return rows


def _due(watch: Watch, fared: Fared, at: datetime) -> bool:
    """Whether it is time to look at a watch again; one that was edited is due."""
    return fared.looked_at is None or fared.next_at is None or fared.next_at <= at or watch.written_at > fared.looked_at


def _asked(name: str, watch: Watch, con: DuckDBPyConnection, memory: Memory, fared: Fared) -> Outcome:
    """The rows of a watch that were not told before. An error is part of the outcome."""
    outcome = Outcome(name, first=fared.print != watch.print and not watch.from_start)
    most = MOST_ROWS if outcome.first else EVENTS * watch.most
    met: set[bytes] = set()
    try:
        for row in _rows(watch, con, outcome):
            values = dict(zip(outcome.columns, row, strict=True))
            key = blake2b(dumped([values[c] for c in watch.key or outcome.columns]).encode(), digest_size=16).digest()
            if key in met or memory.knows(name, key):
                continue
            met.add(key)
            if len(outcome.keys) < most:
                outcome.keys.append(key)
                outcome.rows.append(values)
    except QueryError as error:
        return Outcome(name, error=str(error))
    outcome.new = len(met)
    return outcome


def _rows(watch: Watch, con: DuckDBPyConnection, outcome: Outcome) -> Iterator[tuple[Any, ...]]:
    """A query's rows, within limits of time and number. Raises QueryError."""
    from warehouse.query import ask  # noqa: PLC0415

    late = Timer(LIMIT_S, con.interrupt)
    late.start()
    try:
        answer = ask(con, watch.query)
        outcome.columns = _columns(watch, answer.columns)
        yield from _within(answer.rows)
    except (QueryError, KeyboardInterrupt) as error:  # the interruption may be our own
        if not late.is_alive():
            raise QueryError(f"it took longer than {LIMIT_S:g} s: let it ask for less") from error
        raise
    finally:
        late.cancel()


def _columns(watch: Watch, columns: list[str]) -> list[str]:
    if len(set(columns)) < len(columns):
        raise QueryError("two of its columns have one name: give each another, with AS")
    if missing := [c for c in watch.key if c not in columns]:
        raise QueryError(f"its key column {missing[0]!r} is none of the query's: {', '.join(columns)}")
    return columns


def _within(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    yield from islice(rows, MOST_ROWS)
    if next(rows, None) is not None:
        raise QueryError(f"it has more than {MOST_ROWS:,} rows: let it ask for recent ones only")


def _tell(watch: Watch, outcome: Outcome, memory: Memory, fared: Fared, at: datetime, until: float) -> None:
    """Tell the new rows, as many at once as the watch says, and remember what the target took."""
    fared = fared._replace(name=outcome.name, looked_at=at, next_at=at + watch.interval)
    if outcome.first and outcome.error is None:
        memory.keep(fared._replace(print=watch.print, waiting=0, failures=0, error=None), outcome.keys)
        return
    for begin in range(0, len(outcome.rows), watch.most):
        rows, keys = outcome.rows[begin : begin + watch.most], outcome.keys[begin : begin + watch.most]
        if monotonic() > until:
            break
        outcome.error = _told(watch, outcome, rows, outcome.new - begin - len(rows))
        if outcome.error is not None:
            break
        outcome.told += len(rows)
        fared = fared._replace(told_at=at, told=fared.told + len(rows))
        memory.keep(fared, keys)
    failures = fared.failures + 1 if outcome.error else 0
    left = outcome.new - outcome.told
    next_at = at if left else at + watch.interval
    if failures:
        next_at = at + max(watch.interval, timedelta(seconds=min(30.0 * 2**failures, LATEST_S)))
    known = watch.print if outcome.columns else fared.print  # without columns it could not be asked
    memory.keep(fared._replace(print=known, waiting=left, failures=failures, next_at=next_at, error=outcome.error))


def _told(watch: Watch, outcome: Outcome, rows: list[dict[str, Any]], more: int) -> str | None:
    """Tell the target one event; why it did not take it, or None."""
    from tasks.fetch.secrets import filled  # noqa: PLC0415

    event = {"watch": outcome.name, "description": watch.description, "columns": outcome.columns, "rows": rows, "more": more}
    target = watch.tell
    if not _is_address(target):  # a value from the environment stays one word, whatever stands in it
        try:
            target = shlex.join(map(filled, shlex.split(target)))
        except (UsageError, ValueError) as error:
            return str(error)
    return notify(target, event, TELL_S)


def _shown(tell: str) -> str:
    """A target without what may be a secret: the path of an address, the arguments of a command."""
    if _is_address(tell):
        parts = urlsplit(tell)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/…"
    command, *arguments = tell.split()
    return command + " …" * bool(arguments)


def _is_address(tell: str) -> bool:
    return tell.strip().lower().startswith(("http://", "https://"))


def _version(layout: Layout) -> str:
    return layout.current.resolve().name
