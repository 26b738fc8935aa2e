"""Plain text: one article a file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tasks.charset import decode
from warehouse.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tasks.types import Item, Payload

NAME = "text"
READS = "one article of plain text; agency, place, date, byline and headline lines are recognised"
SUFFIXES = (".txt", ".text")
RANK = -1
BINARY = bytes(set(range(32)) - set(b"\t\n\r\x0c\x1b\x00"))
MOST_BINARY = 0.02  # share of control characters beyond which bytes are no text: damaged text stays far below
MOST_NUL = 0.1  # NULs come strewn into texts by broken software, a few at a time


def sniff(head: bytes) -> bool:
    """Never: plain text is what is left when nothing else fits."""
    del head
    return False


def parse(payload: Payload) -> Iterator[Item]:
    """The file's text as one item. Raises Refusal("wrong_type") for bytes that are no text."""
    text = decode(payload.data, payload.charset)
    sample = text[:20_000]
    odd = sum(map(sample.count, map(chr, BINARY)))
    if odd > MOST_BINARY * len(sample) or sample.count("\0") > MOST_NUL * len(sample):
        raise Refusal("wrong_type", "its bytes are no text, nor any format that is read")
    if not text.strip("\0 \t\r\n"):
        raise Refusal("empty", "nothing but blanks in it")
    yield replace(payload.blank(NAME), body=text)
