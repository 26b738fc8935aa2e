"""Reading the published warehouse: read-only, and SQL that reaches neither files nor the network."""

from __future__ import annotations

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
    if not layout.current.exists():
        raise NoWarehouse(
            f"there is no warehouse in {layout.data} yet: run `wirehouse ingest PATH` first, or name its folder with --data"
        )
    con = _connect(layout.current.resolve())
    try:
        for setting in LOCKED:
            con.execute(setting)
        yield con
    finally:
        con.close()


def ask(con: duckdb.DuckDBPyConnection, query: str, values: Mapping[str, object] | None = None) -> Answer:
    """What a query answers. Raises QueryError with DuckDB's explanation."""
    try:
        statements = con.extract_statements(query)
        if len(statements) > 1:
            raise QueryError("that is more than one statement; give them one at a time")
        con.execute(query, values) if values else con.execute(query)
        columns = [d[0] for d in con.description or []]
    except duckdb.Error as error:
        raise QueryError(_explained(error)) from error
    return Answer(columns, _rows(con))


def look_up(con: duckdb.DuckDBPyConnection, name: str, **values: object) -> list[dict[str, Any]]:
    """The rows of one of this package's own queries, as objects."""
    answer = ask(con, sql(name), values)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def _rows(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    try:
        while rows := con.fetchmany(ROWS):
            yield from rows
    except duckdb.Error as error:
        raise QueryError(_explained(error)) from error


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(str(path), read_only=True)
    except duckdb.IOException as error:
        raise StoreError(
            f"{path} cannot be opened: {str(error).splitlines()[0]}. Somebody holds this version open for writing; "
            "the next run publishes another one"
        ) from error
    except duckdb.Error as error:
        raise StoreError(f"{path} cannot be opened: {str(error).splitlines()[0]}") from error


def _explained(error: duckdb.Error) -> str:
    """DuckDB's message, with what to do where it has locked the door."""
    text = str(error).strip()
    if "external access" in text or "disabled" in text or "file system" in text:
        return f"{text}\nQueries here reach the warehouse alone: no files, no network"
    if "read-only" in text:
        return f"{text}\nThe published warehouse is read-only: `wirehouse ingest` writes it"
    return text
