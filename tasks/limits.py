"""How much of anything one input may be. Bytes from outside are hostile until read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, unless said otherwise."""

    whole: int = 32 << 20  # a file that is read whole, unpacked: the largest real page of thousands had 6 MB
    streamed: int = 64 << 30  # a file of records, which is never in memory at once, unpacked
    ratio: int = 1_000  # unpacked : packed of a stream of records; real JSONL packs 10 to 30 times, deflate at most 1,032
    layers: int = 3  # compressions around each other
    members: int = 200_000  # files in one archive
    text: int = 2_000_000  # characters of one article's text; the rest is cut off, and the article marked
    line: int = 2_000  # characters of a headline, name or label


LIMITS = Limits()
