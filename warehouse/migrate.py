"""Bring a database to the schema of this version: numbered migrations forward, then the views of `mart`.

`migrations/NNNN_name.sql` runs once, in a transaction of its own, and is recorded with its checksum. `mart/NAME.sql` makes
one view; all of them are made anew whenever one has changed, since views hold no data.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from warehouse.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

VIEWS = -1  # the ledger's number for the views of mart


def migrate(con: DuckDBPyConnection) -> None:
    """Run what is missing. Raises StoreError if the database is of a newer version, or a past migration was edited."""
    con.execute(scripts("migrations")["0000_ledger"])
    done = {version: (name, checksum) for version, name, checksum in con.execute(sql("migrations")).fetchall()}
    for name, text in scripts("migrations").items():
        number = int(name[:4])
        if number not in done:
            with transaction(con):
                con.execute(text) if number else None
                con.execute(sql("record_migration"), [number, name, _now(), _sum(text)])
        elif done[number][1] != _sum(text):
            raise StoreError(
                f"migration {name} is not the one that made this warehouse: put its file back as it was, and add a new one"
            )
    if unknown := sorted(set(done) - {VIEWS} - {int(name[:4]) for name in scripts("migrations")}):
        raise StoreError(
            f"this warehouse was written by a newer Wirehouse (it has migration {unknown[-1]}): update Wirehouse to open it"
        )
    _views(con, done.get(VIEWS, ("", ""))[1])


def missing(con: DuckDBPyConnection) -> list[str]:
    """Names of the migrations that a warehouse has not seen; none for a database that is new."""
    if not con.execute(sql("has_ledger")).fetchall()[0][0]:
        return []
    done = {version for version, *_ in con.execute(sql("migrations")).fetchall()}
    return [name for name in scripts("migrations") if int(name[:4]) not in done] if done else []


@contextmanager
def transaction(con: DuckDBPyConnection) -> Iterator[None]:
    """All or nothing."""
    con.execute("BEGIN TRANSACTION")
    try:
        yield
    except BaseException:
        con.execute("ROLLBACK")
        raise
    con.execute("COMMIT")


def sql(name: str) -> str:
    """The statement in `queries/NAME.sql`."""
    return scripts("queries")[name]


@cache
def scripts(folder: str) -> dict[str, str]:
    """The .sql files of one of this package's folders, by name without the ending, sorted."""
    found = (f for f in files("warehouse").joinpath(folder).iterdir() if f.name.endswith(".sql"))
    return {f.name.removesuffix(".sql"): f.read_text(encoding="utf-8") for f in sorted(found, key=lambda f: f.name)}


def _views(con: DuckDBPyConnection, made: str) -> None:
    views = scripts("mart")
    checksum = _sum("\n".join(views.values()))
    if checksum == made:
        return
    with transaction(con):
        con.execute("DROP SCHEMA IF EXISTS mart CASCADE")
        con.execute("CREATE SCHEMA mart")
        for text in views.values():
            con.execute(text)
        con.execute(sql("forget_migration"), [VIEWS])
        con.execute(sql("record_migration"), [VIEWS, "views of mart", _now(), checksum])


def _sum(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
