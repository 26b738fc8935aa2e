"""What a file is: by its content first, then by its name."""

from __future__ import annotations

from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from tasks.parse import formats
from tasks.registry import modules
from warehouse.errors import Refusal

if TYPE_CHECKING:
    from types import ModuleType

HEAD = 4096  # bytes that tell what a file is
OTHER = {
    b"%PDF-": "a PDF",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"RIFF": "a WebP picture or a recording",
    b"\x00\x00\x01\x00": "an icon",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"{\\rtf": "a rich-text document",
    b"ID3": "a recording",
    b"OggS": "a recording",
    b"\x1aE\xdf\xa3": "a film",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"PK\x05\x06": "an empty archive",
    b"SQLite format 3": "an SQLite database",
    b"PAR1": "a Parquet file",
    b"wOF": "a font",
}


def format_of(head: bytes, name: str) -> ModuleType | None:
    """The format's module for a file whose first bytes and name these are; None if no format but plain text will do.

    Raises Refusal("wrong_type") for kinds that are not read.
    """
    for mark, kind in OTHER.items():
        if head.startswith(mark):
            raise Refusal("wrong_type", f"{kind}, which is not read; convert it to text, HTML or JSON")
    suffix = PurePosixPath(name.lower()).suffix
    told = [f for f in by_rank() if f.sniff(head)]
    named = [f for f in by_rank() if suffix in f.SUFFIXES]
    both = [f for f in named if f in told or any(t.NAME in getattr(f, "LOOKS_LIKE", ()) for t in told)]
    return next(iter(both or told or named), None)


@cache
def by_rank() -> list[ModuleType]:
    """All formats, the more particular ones first (RANK, 0 if a format has none)."""
    return sorted(modules(formats), key=lambda f: (-getattr(f, "RANK", 0), f.NAME))


@cache
def by_name() -> dict[str, ModuleType]:
    """All formats by their names."""
    return {f.NAME: f for f in by_rank()}
