"""Articles as a table: CSV, TSV, and with semicolons or bars; the header names the fields."""

from __future__ import annotations

import io
from collections import deque
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from tasks.charset import decode
from tasks.parse.formats._fields import item, known_names
from tasks.parse.formats._lines import chunks, runs
from tasks.parse.formats._rows import FIRST_READ, Row, row_at, rows
from warehouse.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from tasks.types import Item, Payload, Reject

NAME = "csv"
READS = "tables with a header: comma, tab, semicolon or bar; columns named as the fields in json"
SUFFIXES = (".csv", ".tsv")

DELIMITERS = (b",", b"\t", b";", b"|")
NOTHING = frozenset({"", "nan", "none", "null", "nil", "\\n"})  # how programs write an empty cell


def parse(payload: Payload) -> Iterator[Item | Reject]:
    """One Item a row, dates of origin "meta"; `record` counts rows from 0 on, without header and blank lines.

    A row with another number of fields than the header, or with an open quote, is one Reject. Refuses a table without
    a column for title or text.
    """
    data = decode(payload.data, payload.charset).encode("utf-8", "replace") if payload.data.strip() else b""
    found = _rows(io.BytesIO(data))
    header = next(found, None)
    if header is None:
        raise Refusal("empty", "there is nothing in it")
    columns = _columns(header)
    if not known_names(columns):
        seen = ", ".join(name[:30] for name in columns[:12])
        raise Refusal("no_article", f"no column is named as a title or a text; name one 'title' or 'text'. Its columns: {seen}")
    ahead: deque[Row] = deque(maxlen=2)
    first = next(found, None)
    if first is None:
        raise Refusal("no_article", "there is a header but no row below it")
    second = next(found, None)
    alone = second is None and payload.part == 0 and payload.last
    ahead.extend(row for row in (first, second) if row is not None)
    for number, row in enumerate(chain(ahead, found), payload.first_record):
        try:
            yield replace(item(payload.blank(NAME), _record(columns, row, number)), record=number, alone=alone)
        except Refusal as refusal:
            about = Refusal(refusal.reason, f"row {number + 1} below the header: {refusal.detail}")
            yield payload.reject("parse", about, number)


def split(stream: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Runs of whole rows, of about 500 rows or 4 MB, each with the header before it, and the number of rows before each."""
    found = _rows(stream)
    header = next(found, None)
    if header is None:
        return
    head = header.raw if header.raw.endswith(b"\n") else header.raw + b"\n"
    some = False
    for run, before in runs(row.raw for row in found):
        some = True
        yield head + run, before
    if not some:
        yield head, 0


def without(stream: BinaryIO, records: frozenset[int]) -> Iterator[bytes]:
    """The table with an empty field in place of these rows: read again, each is a reject, and the others keep their numbers."""
    found = _rows(stream)
    if (header := next(found, None)) is not None:
        yield header.raw
    yield from (b'""\n' if number in records else row.raw for number, row in enumerate(found))


def sniff(head: bytes) -> bool:
    """Whether the first line names at least two known fields, a title's or a text's among them, and the next is a row."""
    line = head.lstrip().partition(b"\n")[0]
    if not any(delimiter in line for delimiter in DELIMITERS):
        return False  # most texts end here
    try:
        data = decode(head).encode("utf-8", "replace") if head.strip() else b""
    except Refusal:
        return False
    line = data.partition(b"\n")[0]
    delimiter = _delimiter(line)
    header = row_at(data, 0, delimiter, final=False)
    if header is None:
        return False
    columns = _columns(header[0])
    prose = any(len(name) > 40 or len(name.split()) > 3 for name in columns) or delimiter + b" " in line
    if prose or line.startswith(b"|") or known_names(columns) < 2:
        return False
    row = row_at(data, header[1], delimiter, len(columns), final=True)
    return row is not None and row[0].fields is not None and 1 < len(row[0].fields) <= len(columns)


def _rows(stream: BinaryIO) -> Iterator[Row]:
    """The header and the rows, with the delimiter that the header speaks for."""
    source = chunks(stream)
    beginning = b""
    while len(beginning) < FIRST_READ and (chunk := next(source, None)) is not None:
        beginning += chunk
    delimiter = _delimiter(beginning)
    if beginning[:4].lower() == b"sep=" and beginning[4:5] in DELIMITERS:  # Excel writes it, and nothing else
        delimiter = beginning[4:5]
        beginning = beginning.partition(b"\n")[2]
    return rows(chain((beginning,), source), delimiter)


def _delimiter(beginning: bytes) -> bytes:
    """The one by which the header has the most known names; between equals, the most names."""
    beginning = beginning.lstrip(b"\r\n")

    def evidence(delimiter: bytes) -> tuple[int, int]:
        header = row_at(beginning, 0, delimiter, final=True)
        columns = _columns(header[0]) if header else []
        return known_names(columns), len(columns)

    return max(DELIMITERS, key=evidence)


def _columns(header: Row) -> list[str]:
    return [name.decode("utf-8", "replace").strip() for name in header.fields or ()]


def _record(columns: list[str], row: Row, number: int) -> dict[str, object]:
    """The row as a record. Refuses one that is broken."""
    if row.too_large:
        raise Refusal("too_large", "it is over the limit of 16 MB for one row")
    if row.fields is None:
        raise Refusal("malformed", "a quote is opened and not closed before the next delimiter or line; double quotes in text")
    fields = list(row.fields)
    while len(fields) > len(columns) and not fields[-1].strip():
        fields.pop()
    if len(fields) != len(columns):
        raise Refusal("malformed", f"{len(fields)} fields where the header has {len(columns)}; quote text that holds delimiters")
    record: dict[str, object] = {}
    for name, field in zip(columns, fields, strict=True):
        value = field.decode("utf-8", "replace").strip()
        if value.lower() not in NOTHING and not (name.lower() in {"id", ""} and _counts(value, number)):
            record.setdefault(name, value)
    return record


def _counts(value: str, number: int) -> bool:
    """Whether an id is the row's own number: exports number their rows, and that tells no article from another file's."""
    return value in {str(number), str(number + 1)}
