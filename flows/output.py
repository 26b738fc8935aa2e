"""Rows for people (a table), for spreadsheets (CSV) and for scripts (JSON)."""

from __future__ import annotations

import csv
import json
import os
import sys
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from rich import box
from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console

MOST = 200  # rows of a table on the screen; CSV and JSON have them all
WIDEST = 120  # characters of a cell on the screen
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what spreadsheets run; a quote before it makes it text (OWASP, CSV injection)


def as_table(columns: list[str], rows: Iterable[tuple[Any, ...]], console: Console) -> None:
    """The first rows as a table, and how many more there are."""
    rows = iter(rows)
    shown = list(islice(rows, MOST))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for i, name in enumerate(columns):
        numbers = all(isinstance(row[i], int | float) or row[i] is None for row in shown) and any(
            row[i] is not None for row in shown
        )
        table.add_column(escape(name), justify="right" if numbers else "left", overflow="fold")
    for row in shown:
        table.add_row(*(escape(_cell(value)) for value in row))
    console.print(table)
    more = sum(1 for _ in rows)
    total = len(shown) + more
    console.print(
        f"{total:,} row{'s' * (total != 1)}" + (f", of which the first {MOST} are shown; --format csv has all" if more else ""),
        style="dim",
    )


@contextmanager
def piped() -> Iterator[None]:
    """A reader of our output that goes away, as `head` does, is no error."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def as_csv(columns: list[str], rows: Iterable[tuple[Any, ...]], out: IO[str]) -> None:
    """All rows as CSV (RFC 4180). Text that a spreadsheet would run as a formula gets a quote before it."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_defused(value) for value in row] for row in rows)


def as_json(columns: list[str], rows: Iterable[tuple[Any, ...]], out: IO[str]) -> None:
    """All rows as one JSON array of objects, a line each; times are ISO 8601, UTC."""
    out.write("[")
    for n, row in enumerate(rows):
        out.write(",\n " if n else "\n ")
        out.write(dumped(dict(zip(_distinct(columns), row, strict=True))))
    out.write("\n]\n")


def dumped(value: object) -> str:
    """JSON, with times as ISO 8601."""
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _distinct(columns: list[str]) -> Iterator[str]:
    """Names of which none stands twice: `SELECT 1 AS a, 2 AS a` must not lose a column."""
    seen: dict[str, int] = {}
    for name in columns:
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name}_{seen[name]}"


def _plain(value: object) -> object:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


def _cell(value: object) -> str:
    text = "" if value is None else dumped(value) if isinstance(value, list | dict) else str(value)
    text = "".join(c if c.isprintable() else " " for c in text)
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def _defused(value: object) -> object:
    if isinstance(value, list | dict):
        value = dumped(value)
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
