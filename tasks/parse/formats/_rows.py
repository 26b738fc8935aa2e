"""Rows of delimited text out of a stream, with what is wrong with them (RFC 4180, and what publishers make of it).

Works on bytes: in every charset that keeps ASCII, quotes, delimiters and line feeds are bytes of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tasks.parse.formats._lines import LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST_READ = 1 << 16
CLOSED = re.compile(rb' *"(?:[^"]++|"")*+"')


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its bytes with the line feed, and its fields without their quotes; none if it is broken."""

    raw: bytes
    fields: tuple[bytes, ...] | None

    @property
    def too_large(self) -> bool:
        """Whether it is over the limit, so that only a stand-in is left of it."""
        return len(self.raw) > LIMIT


def rows(source: Iterator[bytes], delimiter: bytes) -> Iterator[Row]:
    """The rows that are not blank, the header first. Holds little more than one row, and at most about twice LIMIT.

    A quoted field ends at a quote before a delimiter or a line's end. Where none does, a quote was left open or stands
    in the text: then the line is read by itself, and taken if it has as many fields as the header; else it is broken.
    """
    buffer, start, width, final = b"", 0, 0, False
    while True:
        found = row_at(buffer, start, delimiter, width, final=final)
        if found is None:
            if final:
                return
            buffer, final = _more(source, buffer[start:])
            start = 0
            continue
        row, start = found
        if row.raw.strip():
            width = width or len(row.fields or ())
            yield row


def row_at(buffer: bytes, start: int, delimiter: bytes, width: int = 0, *, final: bool) -> tuple[Row, int] | None:
    """The row at `start` and where the next one begins; None if there is none, or if more bytes may belong to it."""
    if start >= len(buffer):
        return None
    strict, _ = _patterns(delimiter)
    fields: list[bytes] = []
    position = start
    while match := strict.match(buffer, position):
        value, ending = _field(match, delimiter)
        fields.append(value)
        position = match.end()
        if position - start > LIMIT:
            return _line(buffer, start, delimiter, width, final=final)
        if ending == delimiter:
            continue
        if not final and not ending.endswith(b"\n"):
            return None
        return Row(buffer[start:position], tuple(fields)), position
    # A quote was opened, and does not end as it should.
    if not final and len(buffer) - start <= LIMIT and _may_end(buffer, position):
        return None
    return _line(buffer, start, delimiter, width, final=final)


def _line(buffer: bytes, start: int, delimiter: bytes, width: int, *, final: bool) -> tuple[Row, int] | None:
    """The line at `start` by itself: in it a quote that text follows is text."""
    end = buffer.find(b"\n", start) + 1
    if not end:
        if not final:
            return None
        end = len(buffer)
    if end - start > LIMIT:
        return Row(_filler(), None), end
    raw = buffer[start:end]
    _, lenient = _patterns(delimiter)
    fields: list[bytes] = []
    position = 0
    while match := lenient.match(raw, position):
        value, ending = _field(match, delimiter)
        fields.append(value)
        position = match.end()
        if ending != delimiter:
            break
    return Row(raw, tuple(fields) if not width or len(fields) == width else None), end


def _field(match: re.Match[bytes], delimiter: bytes) -> tuple[bytes, bytes]:
    """The value, and the delimiter or line end behind it."""
    if match[1] is not None:
        return match[1].replace(b'""', b'"'), match[2]
    value, ending = (match[3], match[4]) if match[3] is not None else (match[5], match[6])
    return (value if ending == delimiter else value.removesuffix(b"\r")), ending


def _may_end(buffer: bytes, position: int) -> bool:
    """Whether a quoted field could end well with more bytes: it is open, or nothing stands behind its last quote yet."""
    match = CLOSED.match(buffer, position)
    return match is None or not buffer[match.end() :].strip(b" \r")


def _more(source: Iterator[bytes], buffer: bytes) -> tuple[bytes, bool]:
    """The buffer with at least as much again, so that a long row is not scanned anew for every chunk; whether that is all."""
    parts, size, wanted = [buffer], len(buffer), max(FIRST_READ, 2 * len(buffer))
    final = False
    while size < wanted and not final:
        chunk = next(source, None)
        final = chunk is None
        parts.append(chunk or b"")
        size += len(chunk or b"")
    buffer = b"".join(parts)
    if len(buffer) <= LIMIT or buffer.find(b"\n", 0, LIMIT) >= 0:
        return buffer, final
    # Its first line is over the limit: the stand-in takes its place, and what belongs to it is read past.
    while (end := buffer.find(b"\n")) < 0:
        chunk = next(source, None)
        if chunk is None:
            return _filler(), True
        buffer = chunk
    return _filler() + buffer[end + 1 :], final


def _filler() -> bytes:
    """Stands for a row that is too large: as long, and without a quote that could run on into the next."""
    return b"x" * (LIMIT + 1) + b"\n"


@cache
def _patterns(delimiter: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """One field, in a row and in a line by itself. Groups: value and end if it is quoted, value and end if it is not."""
    mark = re.escape(delimiter)
    end = rb"(?:" + mark + rb"|\r?\n|\r?\Z)"
    stop = rb"(" + mark + rb"|\n|\Z)"
    here = rb'[^"' + mark + rb"\n]*+"
    quoted = rb' *"((?:[^"]++|"")*+)" *+(' + end + rb")"
    plain = rb'((?! *")[^' + mark + rb"\n]*+)" + stop
    loose = rb' *"([^"\n]*+(?:"(?! *' + end + rb')[^"\n]*+)*+)" *+(' + end + rb")"
    # A field may begin with a quotation: that is text if it ends in the same field.
    quotation = rb'( *"' + here + rb'"' + here + rb'(?:"' + here + rb'"' + here + rb")*+)" + stop
    return re.compile(quoted + rb"|" + plain), re.compile(loose + rb"|" + plain + rb"|" + quotation)
