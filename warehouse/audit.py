"""The checks: what is asked of the warehouse, how it is asked of the published copy, and how the results are kept.

A check is one file, `checks/NAME.sql`: a query of what is not as it should be, a row for each subject (measured, expected,
detail, examples), under a header that says what the check makes sure of and what to do. No row: it passed. The queries of
checks that SQL alone cannot decide return what is to be looked at; flows.checks judges it.
"""

from __future__ import annotations

import re
import zlib
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, Any, Literal, NamedTuple

import duckdb
import pyarrow as pa

from warehouse.errors import NoWarehouse, QueryError, StoreError
from warehouse.migrate import scripts, sql, transaction
from warehouse.query import LOCKED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from warehouse.archive import Entry
    from warehouse.layout import Layout
    from warehouse.store import Store

LIMITS: dict[str, str | bool | int | float | list[str]] = {"memory_limit": "400MB", "threads": 2}  # beyond it DuckDB spills
HEADER = re.compile(r"^-- (title|severity|do|deep): (.+)$", re.MULTILINE)
VERSION = re.compile(r"warehouse-(\d+)\.duckdb")
CHUNK = 1 << 20
Severity = Literal["error", "warning"]
State = Literal["passed", "warned", "failed"]


@dataclass(frozen=True, slots=True)
class Config:
    """When a source departs from its own past; bound by name in the queries.

    Rather too late than too often: of sources that are only irregular a few in a thousand may be named in a week.
    """

    recent_days: int = 7  # what is judged,
    past_days: int = 56  # ... against so many days before it
    fewest_recent: int = 30  # articles: with fewer, a share tells nothing
    fewest_past: int = 100
    fewest_each: int = 10  # articles of a week whose share counts among the worst
    fewest_periods: int = 3  # weeks
    least_change: float = 0.25  # of a share
    least_z: float = 5.0  # standard errors
    beyond_worst: float = 0.1  # above the worst week of the past
    old_days: int = 30  # an article that is older when it comes is no news
    least_lag_h: float = 12.0  # hours by which articles come later than they used to,
    times_lag: float = 3.0  # ... and times the slowest week
    fewest_days: int = 21  # by which it is known how much a source's days differ
    fewest_weeks: int = 4  # weeks before the last one
    least_usual: float = 20.0  # articles of a day or week: of fewer, chance has none
    day_z: float = 4.5  # standard deviations, of square roots
    day_least: float = 0.33  # of what such days bring,
    day_most: float = 3.0  # ... or so many times that,
    day_beyond: float = 1.5  # ... and the most that any day did
    week_least: float = 0.33  # of the fewest that a week brought
    week_most: float = 3.0  # of the most
    story_articles: int = 300
    story_share: float = 0.2  # of the articles of a month
    unread_share: float = 0.02  # of texts of a month


CONFIG = Config()


class Check(NamedTuple):
    """A check as its file tells it."""

    name: str
    title: str  # what it makes sure of
    severity: Severity  # error: the warehouse is not sound; warning: the news may not be
    advice: str
    deep: bool  # only when asked for: it reads the whole archive
    query: str


class Finding(NamedTuple):
    """Something that is not as it should be."""

    subject: str
    measured: float | None
    expected: float | None
    detail: str
    examples: Sequence[str] = ()


class CheckResult(NamedTuple):
    """ops.check_result: what a check found of a subject, or that it passed."""

    name: str
    state: State
    severity: Severity
    subject: str | None
    measured: float | None
    expected: float | None
    detail: str
    examples: Sequence[str] = ()


@cache
def checks() -> dict[str, Check]:
    """All checks by name."""
    found = {}
    for name, text in scripts("checks").items():
        told = dict(HEADER.findall(text))
        found[name] = Check(name, told["title"], told["severity"], told["do"], "deep" in told, text)
    return found


@contextmanager
def opened(layout: Layout) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the version that is published now, for long queries within LIMITS. Raises NoWarehouse, StoreError."""
    if not layout.current.exists():
        raise NoWarehouse(f"there is no warehouse in {layout.data} yet: run `wirehouse ingest PATH` first")
    with TemporaryDirectory(prefix="check-", dir=layout.spool if layout.spool.is_dir() else None) as spill:
        path = layout.current.resolve()
        try:
            con = duckdb.connect(str(path), read_only=True, config=LIMITS | {"temp_directory": spill})
        except duckdb.Error as error:
            raise StoreError(f"{path} cannot be opened: {str(error).splitlines()[0]}") from error
        try:
            for setting in LOCKED:
                con.execute(setting)
            yield con
        finally:
            con.close()


def outdated(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether the warehouse lacks migrations of this version."""
    done = {version for version, *_ in con.execute(sql("migrations")).fetchall()}
    return not {int(name[:4]) for name in scripts("migrations")} <= done


def prepare(con: duckdb.DuckDBPyConnection, values: Mapping[str, object]) -> None:
    """Make what several checks ask, once: sources' pasts (queries/check_pasts.sql)."""
    _rows(con, sql("check_pasts"), values)


def look(con: duckdb.DuckDBPyConnection, check: Check, values: Mapping[str, object]) -> list[dict[str, Any]]:
    """The rows of a check's query. Raises QueryError if it cannot be run."""
    return _rows(con, check.query, values)


def prepare_live(store: Store, values: Mapping[str, object]) -> None:
    """`prepare` in the connection of an open store."""
    prepare(store.con, values)


def look_live(store: Store, check: Check, values: Mapping[str, object]) -> list[dict[str, Any]]:
    """The rows of a check's query in the database that the store writes, where nothing moves while it is open."""
    return look(store.con, check, values)


def newest(layout: Layout) -> int:
    """Number of the newest version that is published; asked before one is opened, that one cannot be older."""
    numbers = [int(found[1]) for path in layout.published.glob("*.duckdb") if (found := VERSION.fullmatch(path.name))]
    return max(numbers, default=0)


def values(layout: Layout, now: datetime, version: int, config: Config = CONFIG) -> dict[str, object]:
    """What the queries are given: the time, the thresholds, the archive's files, what readers left, and the newest version."""
    files = [(path.name, path.stat()) for path in sorted(layout.archive.glob("*.warc.gz"))]
    return {
        "now": now, "newest": version, "written": [path.name for path in layout.published.glob("*.wal")],
        "files": [name for name, _ in files], "sizes": [stat.st_size for _, stat in files],
        "changed": [datetime.fromtimestamp(stat.st_mtime, UTC).replace(tzinfo=None) for _, stat in files],
    } | asdict(config)  # fmt: skip


def fault(folder: Path, entry: Entry, raw_id: str) -> str | None:
    """What is wrong with a payload in the archive; None if its bytes are those that its number stands for.

    It is unpacked piece by piece: a payload may be larger than memory.
    """
    digest, last = sha256(), b""
    try:
        with (folder / entry.archive).open("rb") as file:
            file.seek(entry.offset)
            for piece in _body(_unpacked(file, entry.length)):
                digest.update((last + piece)[:-4])
                last = (last + piece)[-4:]  # the end of a record is no part of its payload
    except (OSError, EOFError, zlib.error) as error:
        return str(getattr(error, "strerror", None) or error)
    return None if digest.hexdigest() == raw_id else "its bytes are others than were fetched"


def digest_of(path: Path) -> str | None:
    """SHA-256 of a file in hex; None if it cannot be read."""
    digest = sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
    except OSError:
        return None
    return digest.hexdigest()


def record(store: Store, results: Sequence[CheckResult], at: datetime) -> None:
    """Keep the results of the store's run."""
    columns = {name: [getattr(r, name) for r in results] for name in CheckResult._fields}
    columns["examples"] = [list(r.examples) for r in results]
    columns |= {"run_id": [store.run_id] * len(results), "checked_at": [at] * len(results)}
    schema = store.con.table("ops.check_result").limit(0).to_arrow_table().schema
    store.con.register("results", pa.table({field.name: pa.array(columns[field.name], field.type) for field in schema}))
    with transaction(store.con):
        store.con.execute(sql("record_checks"))
    store.con.unregister("results")


def _unpacked(file: IO[bytes], length: int) -> Iterator[bytes]:
    """What a gzip member of so many bytes holds, piece by piece. Raises EOFError or zlib.error if it is not whole."""
    unpack, left = zlib.decompressobj(31), length
    while left and (packed := file.read(min(CHUNK, left))):
        left -= len(packed)
        while packed and not unpack.eof:
            yield unpack.decompress(packed, CHUNK)
            packed = unpack.unconsumed_tail
    if left or not unpack.eof:
        raise EOFError("it is cut off")


def _body(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """What follows the header of a WARC record. Raises EOFError if there is none."""
    head = b""
    for piece in pieces:
        head += piece
        before, end, rest = head.partition(b"\r\n\r\n")
        if not before.startswith(b"WARC/1."):
            break
        if end:
            yield rest
            yield from pieces
            return
    raise EOFError("there is no WARC record")


def _rows(con: duckdb.DuckDBPyConnection, text: str, given: Mapping[str, object]) -> list[dict[str, Any]]:
    """Run statements, each with the values that it names; returns the rows of the last one."""
    rows: list[dict[str, Any]] = []
    try:
        for statement in con.extract_statements(text):
            con.execute(statement, {name: given[name] for name in statement.named_parameters})
            columns = [d[0] for d in con.description or []]
            rows = [dict(zip(columns, row, strict=True)) for row in con.fetchall()]
    except duckdb.Error as error:
        raise QueryError(str(error).strip()) from error
    return rows
