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
NARROWEST = 8  # characters that a column of a table needs, with the gap beside it
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what spreadsheets run; a quote before it makes it text (OWASP, CSV injection)


def as_table(columns: list[str], rows: Iterable[tuple[Any, ...]], console: Console, widest: int = WIDEST) -> None:
    """The first rows as a table, and how many more there are; with a column a line where a table would be too narrow to read."""
    if len(columns) * NARROWEST > console.width:
        as_records(columns, rows, console)
        return
    rows = iter(rows)
    shown = list(islice(rows, MOST))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for i, name in enumerate(columns):
        numbers = all(isinstance(row[i], int | float) or row[i] is None for row in shown) and any(
            row[i] is not None for row in shown
        )
        table.add_column(escape(name), justify="right" if numbers else "left", overflow="fold")
    for row in shown:
        table.add_row(*(escape(_cell(value, widest)) for value in row))
    console.print(table)
    _counted(len(shown), rows, console)


def as_records(columns: list[str], rows: Iterable[tuple[Any, ...]], console: Console) -> None:
    """The first rows with a column a line, values at full length, and how many more rows there are."""
    rows = iter(rows)
    width = max(map(len, columns), default=0)
    shown = 0
    for shown, row in enumerate(islice(rows, MOST), 1):
        console.print(f"─ {shown} {'─' * width}", style="dim", highlight=False)
        for name, value in zip(columns, row, strict=True):
            text = _plain_text(value).replace("\n", f"\n{' ' * (width + 2)}")
            console.print(f"{name:<{width}}  {text}", markup=False, highlight=False, soft_wrap=True)
    _counted(shown, rows, console)


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


def as_jsonl(columns: list[str], rows: Iterable[tuple[Any, ...]], out: IO[str]) -> None:
    """All rows as JSON Lines, an object each; times are ISO 8601, UTC."""
    names = _distinct(columns)
    out.writelines(f"{dumped(dict(zip(names, row, strict=True)))}\n" for row in rows)


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


def _counted(shown: int, rows: Iterator[tuple[Any, ...]], console: Console) -> None:
    """How many rows there are, of which those that were not shown are left."""
    more = sum(1 for _ in rows)
    total = shown + more
    console.print(
        f"{total:,} row{'s' * (total != 1)}" + (f", of which the first {MOST} are shown; --format csv has all" if more else ""),
        style="dim",
    )


def _plain_text(value: object) -> str:
    """A value as the screen shows it; what would move the cursor is left out, but for line breaks."""
    text = "" if value is None else dumped(value) if isinstance(value, list | dict) else str(value)
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)


def _cell(value: object, widest: int) -> str:
    text = _plain_text(value).replace("\n", " ")
    return text if len(text) <= widest else text[: widest - 1] + "…"


def _defused(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list | dict):
        value = dumped(value)
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
