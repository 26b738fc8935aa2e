"""Reading the published warehouse: read-only, and SQL that reaches neither files nor the network."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.errors import NoWarehouse, QueryError, StoreError
from warehouse.migrate import sql

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from warehouse.layout import Layout

ROWS = 1_000  # fetched at once
OURS = re.compile(r"executing the UDF: (?:Query|Store)Error: (.*)", re.DOTALL)  # what search(…) says is wrong
# Set in this order: after the last, a query can change none of them.
LOCKED = ("SET enable_external_access = false", "SET python_enable_replacements = false", "SET lock_configuration = true")


@dataclass(slots=True)
class Answer:
    """A query's columns, and its rows as they are fetched."""

    columns: list[str]
    rows: Iterator[tuple[Any, ...]]


@contextmanager
def reading(layout: Layout) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the version that is published now. Raises NoWarehouse if there is none."""
    con = connect(newest(layout))
    try:
        for setting in LOCKED:
            con.execute(setting)
        yield con
    finally:
        con.close()


def newest(layout: Layout) -> Path:
    """The file that is published now. Raises NoWarehouse if there is none."""
    if not layout.current.exists():
        raise NoWarehouse(
            f"there is no warehouse in {layout.data} yet: run `wirehouse ingest PATH` first, or name its folder with --data"
        )
    return layout.current.resolve()


def ask(con: duckdb.DuckDBPyConnection, query: str, values: Mapping[str, object] | None = None) -> Answer:
    """What a query answers. Raises QueryError with DuckDB's explanation and what may have been meant."""
    try:
        statements = con.extract_statements(query)
        if len(statements) > 1:
            raise QueryError("that is more than one statement; give them one at a time")
        if "search" in query.lower():
            from warehouse.search_find import offer  # noqa: PLC0415  only who searches pays for it

            offer(con, query)
        con.execute(query, values) if values else con.execute(query)
        columns = [d[0] for d in con.description or []]
    except (duckdb.Error, RuntimeError) as error:
        raise _told(error, con, query) from error
    return Answer(columns, _rows(con, query))


def finished(statement: str) -> bool:
    """Whether a statement ends with a semicolon, and not within a text or a comment."""
    tokens = [place for place, kind in duckdb.tokenize(statement) if kind != duckdb.token_type.comment]
    return bool(tokens) and statement.encode()[tokens[-1] :].startswith(b";")


def whole(statement: str) -> bool:
    """Whether DuckDB can read a statement as it stands."""
    try:
        return bool(duckdb.extract_statements(statement))
    except duckdb.Error:
        return False


def look_up(con: duckdb.DuckDBPyConnection, name: str, **values: object) -> list[dict[str, Any]]:
    """The rows of one of this package's own queries, as objects."""
    answer = ask(con, sql(name), values)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def _rows(con: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple[Any, ...]]:
    try:
        while rows := con.fetchmany(ROWS):
            yield from rows
    except (duckdb.Error, RuntimeError) as error:
        raise _told(error, con, query) from error


def connect(path: Path, config: Mapping[str, Any] | None = None) -> duckdb.DuckDBPyConnection:
    """A connection that only reads. Raises StoreError if the file cannot be opened."""
    try:
        return duckdb.connect(str(path), read_only=True, config=dict(config or {}))
    except duckdb.IOException as error:
        raise StoreError(
            f"{path} cannot be opened: {str(error).splitlines()[0]}. Somebody holds this version open for writing; "
            "the next run publishes another one"
        ) from error
    except duckdb.Error as error:
        raise StoreError(f"{path} cannot be opened: {str(error).splitlines()[0]}") from error


def _told(error: Exception, con: duckdb.DuckDBPyConnection, query: str) -> BaseException:
    """The error as the user is told it."""
    text = str(error).strip()
    if "interrupt" in text.lower() and isinstance(error, RuntimeError | duckdb.InterruptException):
        return KeyboardInterrupt()
    if not isinstance(error, duckdb.Error):
        return error
    if said := OURS.search(text):
        return QueryError(said[1])
    from warehouse.advice import advice  # noqa: PLC0415  only what went wrong needs them
    from warehouse.names import names  # noqa: PLC0415

    return QueryError(advice(text, query, names(con)))
