"""Attributions as they are read: what one cue says, and how far a sentence has been read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tasks.extract.sources import Words


class Attribution(NamedTuple):
    """What one cue of a sentence says."""

    cue: Words
    source: Words | None
    contents: tuple[Words, ...]  # what is said, in pieces where the attribution stands between them; none: in the next line
    shared: bool  # the source is that of the cue before it
    sure: float


class Reading(NamedTuple):
    """How far a sentence is read: its words, where what is not yet attributed begins, and what is."""

    first: int
    floor: int
    last: int
    found: list[Attribution]
