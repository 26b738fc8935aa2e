"""Bytes to Items: the format is told by content first, then by name."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from tasks.parse.formats import text
from tasks.parse.sniff import HEAD, by_name, format_of
from warehouse.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tasks.types import Item, Payload, Reject

PACKINGS = (".gz", ".bz2", ".xz", ".zst")


def parse(payload: Payload) -> Iterator[Item | Reject]:
    """The items of a payload, and a Reject for each record that is none. Raises Refusal for the payload as a whole."""
    if not payload.data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise Refusal("empty", "no bytes in it, or nothing but blanks")
    name = PurePosixPath(payload.path).name
    while name.lower().endswith(PACKINGS):
        name = name[: name.rfind(".")]
    found = by_name()[payload.format] if payload.format else format_of(payload.data[:HEAD], name) or text
    yield from found.parse(payload)
