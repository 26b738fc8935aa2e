"""A stream as lines, or as runs of records, in bounded memory: even when one line is larger than the machine's."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

CHUNK = 1 << 20
LIMIT = 16_000_000  # bytes in one record: a hundred novels' worth of one article is no article

RUN_RECORDS = 500  # one batch of the journey
RUN_BYTES = 4_000_000  # what a worker gets at once


@dataclass(frozen=True, slots=True)
class Wide:
    """A charset of more than one byte a letter, and the mark it was told by."""

    name: str
    mark: bytes


def chunks(stream: BinaryIO) -> Iterator[bytes]:
    """The stream's bytes, a mebibyte at a time, without a byte order mark; UTF-16 and UTF-32 as UTF-8."""
    first = stream.read(CHUNK)
    wide = _wide(first[:8])
    if wide is None:
        yield first.removeprefix(codecs.BOM_UTF8)
        while chunk := stream.read(CHUNK):
            yield chunk
        return
    decoder = codecs.getincrementaldecoder(wide.name)("replace")
    yield decoder.decode(first[len(wide.mark) :]).encode()
    while chunk := stream.read(CHUNK):
        yield decoder.decode(chunk).encode()
    yield decoder.decode(b"", final=True).encode()


def lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines with their line feeds. Of one over LIMIT only the first LIMIT + 1 bytes are kept, so that it can be told."""
    held: list[bytes] = []
    size = 0
    for chunk in chunks(stream):
        start = 0
        while (end := chunk.find(b"\n", start)) >= 0:
            held.append(chunk[start : end + 1])
            size += end + 1 - start
            yield _limited(held, size)
            held, size, start = [], 0, end + 1
        if start < len(chunk):
            size += len(chunk) - start
            if size - (len(chunk) - start) <= LIMIT:
                held.append(chunk[start:])
    if held:
        yield _limited(held, size)


def runs(records: Iterable[bytes]) -> Iterator[tuple[bytes, int]]:
    """Records joined to runs of about RUN_RECORDS or RUN_BYTES, each with the number of records before it."""
    held: list[bytes] = []
    size = before = 0
    for record in records:
        if held and (len(held) >= RUN_RECORDS or size + len(record) > RUN_BYTES):
            yield b"".join(held), before
            before += len(held)
            held, size = [], 0
        held.append(record)
        size += len(record)
    if held:
        yield b"".join(held), before


def _limited(held: list[bytes], size: int) -> bytes:
    line = b"".join(held)
    return line if size <= LIMIT else line[: LIMIT + 1].rstrip(b"\n") + b"\n"


def _wide(head: bytes) -> Wide | None:
    for mark, name in (
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if head.startswith(mark):
            return Wide(name, mark)
    # Without a mark: the files read here begin with a letter or a sign of ASCII.
    if len(head) >= 4 and head[0] and not head[1] and head[2]:
        return Wide("utf-16-le", b"")
    if len(head) >= 4 and not head[0] and head[1] and not head[2]:
        return Wide("utf-16-be", b"")
    return None
