"""What stands behind a verb in a light parse: its objects, what prepositions add, and the clause or infinitive it opens."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from tasks.extract.event_chunks import Group

if TYPE_CHECKING:
    from tasks.extract.event_chunks import Parse

LONGEST = 40  # chunks
_LIST = re.compile(r"N(?:A?f[NO])*A?(?:(?:,N(?:f[NO])*){0,12},?c(?:[NO](?:f[NO])*))?")
_ONE = re.compile(r"[NOPp](?:A?f[NO])*")
_REPORTING = frozenset(("said", "had"))


class Joint(NamedTuple):
    """A preposition and what follows it."""

    word: str
    group: Group


@dataclass(slots=True)
class Frame:
    """What stands behind a verb."""

    particle: str = ""
    object: Group | None = None
    second: Group | None = None  # "give Norway a grant"
    joints: list[Joint] = field(default_factory=list)
    infinitive: int = -1
    gerund: int = -1
    led: str = ""  # the preposition before the gerund
    clause: int = -1  # where a clause begins that it governs
    end: int = 0  # the chunk behind all this


def frame_of(made: Parse, verb: int) -> Frame:
    """What stands behind the verb in a chunk, up to the end of its clause."""
    c = made.chunks
    other = _past_adverbs(c, verb + 2)
    if c[verb + 1] == "c" and c[other] in "VE":  # "donated and delivered tents"
        verb = other
    found = Frame()
    j: int | None = verb + 1
    while j is not None and j < verb + LONGEST:
        found.end = j
        j = _next(made, found, j)
    return found


def phrase(made: Parse, j: int) -> Group:
    """The noun phrase that begins with chunk `j`, with what hangs on it by "of" or "and"."""
    c = made.chunks
    listed = _LIST.match(c, j)
    if listed and c[listed.end()] not in "VE":
        return Group(j, listed.end() - 1)
    one = _ONE.match(c, j)
    return Group(j, one.end() - 1 if one else j)


def is_passive(made: Parse, verb: int) -> bool:
    """Whether a verb group is in the passive."""
    if made.chunks[verb] == "E" and made.chunks[verb - 2 : verb] == "cN" and made.shape(verb - 1)[-1] == "K":
        before = made.chunks.rfind("V", made.sentence(verb)[0], verb)  # "three were killed and five hurt"
        return before >= 0 and is_passive(made, before)
    shape = made.shape(verb)
    if shape[-1] not in "EU":
        return False
    return made.chunks[verb] == "R" or shape[:-1].rstrip("any")[-1:] in ("e", "3", "B")


def _next(made: Parse, found: Frame, j: int) -> int | None:
    """Take chunk `j` into the frame; the chunk behind what was taken, None where the frame ends."""
    c = made.chunks
    kind = c[j]
    if kind in "ayA":
        return j + 1
    if kind in "NOPp":
        return _take_object(made, found, j)
    if kind in "ibtfrq":
        return _take_preposition(made, found, j)
    if kind == "," and found.object is not None and c[j : j + 3] == ",N," and c[j + 3] in "ifrt":
        return j + 3  # an apposition
    if kind == "Q" and found.object is None and not found.joints:
        found.object = Group(j, j)  # "blamed “those who came for a fight”"
        return j + 1
    if kind == "I":
        found.infinitive = j
    elif kind == "G":
        found.gerund = j
    elif kind == "T":
        return _take_that(made, found, j)
    elif kind == "s" and made.head(j) == "whether":
        found.clause = j + 1
    return None


def _take_object(made: Parse, found: Frame, j: int) -> int | None:
    if made.chunks[j] == "P" or _opens(made, j):
        found.clause = j
        return None
    if found.joints or found.second is not None:
        return None
    group = phrase(made, j)
    if found.object is None:
        found.object = group
    else:
        found.second = group
    return group.last + 1


def _take_preposition(made: Parse, found: Frame, j: int) -> int | None:
    c = made.chunks
    kind, word, step = c[j], made.head(j), _past_adverbs(c, j + 1)
    if kind == "r" and not found.particle and not found.joints:
        found.particle = word
    if c[step] in "NO" and not (kind == "q" and _opens(made, step)):
        group = phrase(made, step)
        found.joints.append(Joint(word, group))
        return group.last + 1
    if c[step] == "G":
        found.gerund, found.led = step, word
        return None
    if c[step] == "Q":  # "dismissed as “theatre” the reports"
        return step + 1
    if kind == "q":
        return j + 1 if c[step] == "y" else None
    if kind == "i" and not found.particle and (c[step] in "ibt" or word == "in"):
        found.particle = word  # "flew in from"
    return j + 1 if kind == "r" or c[step] in "yibtr" else None


def _take_that(made: Parse, found: Frame, j: int) -> int | None:
    c = made.chunks
    if found.object is None and c[j + 1] in ".,;ck":
        found.object = Group(j, j)  # "disputed that"
        return j + 1
    points = c[j + 1] == "N" and made.shape(j + 1)[0] in "NJv" and c[phrase(made, j + 1).last + 1] not in "VEa"
    if points:  # "disputed that account"
        return j + 1
    found.clause = j + 1
    return None


def _past_adverbs(chunks: str, j: int) -> int:
    while chunks[j] == "a":
        j += 1
    return j


def _opens(made: Parse, j: int) -> bool:
    """Whether the noun phrase at `j` is the subject of a clause of its own."""
    c = made.chunks
    k = phrase(made, j).last + 1
    while c[k] in "ay" or (c[k] in "iq" and c[k + 1] == "y"):
        k += 1
    return c[k] == "V" or (c[k] == "E" and made.head(k) in _REPORTING)
