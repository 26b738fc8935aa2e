"""HTML pages: one article a page (HTML Living Standard; whatever browsers take)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tasks.charset import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tasks.types import Item, Payload

NAME = "html"
READS = "one article of an HTML page: text without furniture, and metadata from JSON-LD, OpenGraph and the page"
SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
ROOT = re.compile(rb"<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>]|article[\s>]|meta\s|title>)", re.IGNORECASE)
SKIPPED = re.compile(rb"^(?:\s+|<\?xml[^>]{0,200}>|<!--(?:[^-]|-(?!->)){0,2000}-->)*", re.IGNORECASE)
WIDE = (b"<\0", b"\0<", b"\xff\xfe<\0", b"\xfe\xff\0<")


def sniff(head: bytes) -> bool:
    """Whether the bytes begin as a page does."""
    if head.startswith(WIDE):
        head = head.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    head = head.removeprefix(b"\xef\xbb\xbf")
    skipped = SKIPPED.match(head)
    return ROOT.match(head, skipped.end() if skipped else 0) is not None


def parse(payload: Payload) -> Iterator[Item]:
    """The page as one item."""
    yield replace(payload.blank(NAME), body=decode(payload.data, payload.charset), body_type="page")
