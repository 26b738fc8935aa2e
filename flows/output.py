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

import orjson
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
    except (BrokenPipeError, SystemExit):  # rich makes the one of the other
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def as_csv(columns: list[str], rows: Iterable[tuple[Any, ...]], out: IO[str]) -> None:
    """All rows as CSV (RFC 4180). Text that a spreadsheet would run as a formula gets a quote before it."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_defused(value) for value in row] for row in rows)


def as_json(columns: list[str], rows: Iterable[tuple[Any, ...]], out: IO[str]) -> None:
    """All rows as one JSON array of objects, a line each; times are ISO 8601, UTC."""
    names = _distinct(columns)
    out.write("[")
    for n, row in enumerate(rows):
        out.write(",\n " if n else "\n ")
        out.write(dumped(dict(zip(names, row, strict=True))))
    out.write("\n]\n")


def dumped(value: object) -> str:
    """JSON (RFC 8259): times are ISO 8601, what is no number is null, integers of any size are numbers."""
    try:
        return orjson.dumps(value, default=_plain, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_SUBCLASS).decode()
    except TypeError:  # integers beyond 64 bits
        return json.dumps(value, ensure_ascii=False, default=_plain)


def _distinct(columns: list[str]) -> list[str]:
    """Names of which none stands twice: `SELECT 1 AS a, 2 AS a` must not lose a column."""
    names: list[str] = []
    for name in columns:
        number, distinct = 1, name
        while distinct in names or (number > 1 and distinct in columns):
            number += 1
            distinct = f"{name}_{number}"
        names.append(distinct)
    return names


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
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list | dict):
        value = dumped(value)
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
