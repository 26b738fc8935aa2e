"""Quotation marks: which characters of a text stand between them, whatever marks it uses and wherever one is missing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

# Two families that may stand within one another, and singles, which are apostrophes until shown to be marks.
MARK = re.compile(r"'''?|``|[\"“”„‟＂〝〞«»‹›「」『』‘’‚‛'`]")
GUILLEMETS = frozenset("«»‹›")
CORNERS = frozenset("「」『』")
# Two singles are one double; three are a double behind, or before, a single.
SINGLES = frozenset("‘’‚‛'`")
OPENS = frozenset(["“", "„", "``", "〝", "«", "‹", "「", "『"])  # what the mark itself says, where its place leaves it open
CLOSES = frozenset(["”", "〞", "»", "›", "」", "』"])
BEFORE_OPENING = frozenset("([{—–-―/|\u200b")
AFTER_CLOSING = frozenset(".,;:!?)]}—–-―/|…\u200b")
FINAL = frozenset(".,?!…;—–-―")
ELISION = re.compile(r"(?:\d0s|tis|twas|em|til|cause|n|cos|round|bout|s)\b", re.IGNORECASE)
FAMILIES = {
    **dict.fromkeys(GUILLEMETS, "guillemets"),
    **dict.fromkeys(CORNERS, "corners"),
    **dict.fromkeys(SINGLES, "singles"),
}
NESTED = 60  # characters: up to so many between two marks inside an open quotation are one within it, not the next
LONGEST_SINGLE = 1_500  # characters between single marks, and back from a closing mark without an opening one
PLAIN = 200  # characters between plain single marks that end without a stop
SHORTEST = 8  # characters of a quotation without its opening mark
MOST = 100  # marks in which a quotation's end is looked for
# The words of an attribution behind a comma, where the mark that closes the quotation is missing: `"We left, she said.`
TAIL = re.compile(
    r",(?= (?:(?:he|she|they|I|we|(?:[A-Z][\w.’'-]* ){0,3}[A-Z][\w’'-]*) (?:has |also |later |then )?"
    r"(?:said|says|added|wrote|told|asked|explained)|(?:said|says|added) (?:he|she|they|the|[A-Z][\w’'-]*))\b)"
)
LINES = re.compile(r"[^\n]+(?:\n(?=[a-zß-ÿ])[^\n]+)*")  # a line that goes on in small letters is the same paragraph
RECENT = 2  # texts whose quotations are remembered: two kinds of facts ask for them
STOP = re.compile(r"[.!?…][)\]]*\s+(?=[^\sa-z])")


class Quoted(NamedTuple):
    """Characters between marks: `start` and `end` with the marks, `first` and `last` without them."""

    start: int
    end: int
    first: int
    last: int
    opened: bool  # its opening mark is there
    closed: bool  # its closing mark is there


class _Mark(NamedTuple):
    """A mark, and whether it can open or close by what stands beside it."""

    at: int
    end: int
    text: str
    side: str  # "open", "close" or "either"
    family: str  # the marks that it can pair with


@lru_cache(maxsize=RECENT)
def all_quoted(text: str) -> tuple[Quoted, ...]:
    """The outermost quotations of a text, in order, paragraph by paragraph."""
    return tuple(mark for line in LINES.finditer(text) for mark in quoted(text, line.start(), line.end()))


def quoted(text: str, start: int = 0, end: int | None = None) -> list[Quoted]:
    """The outermost quotations of one paragraph, in order; those within them are part of them.

    An opening mark without a closing one reaches to the end of the paragraph, or up to an attribution behind a comma; a closing
    one without an opening one reaches back to where a sentence begins. Apostrophes, primes and elisions are no marks.
    """
    end = len(text) if end is None else end
    marks = [_mark(text, start, end, m) for m in MARK.finditer(text, start, end)]
    found: list[Quoted] = []
    i = 0
    while i < len(marks):
        floor = found[-1].end if found else start
        quote, i = _quotation(text, floor, end, marks, i)
        if quote is not None and text[quote.first : quote.last].strip():
            found.append(quote)
    return found


def _mark(text: str, start: int, end: int, found: re.Match[str]) -> _Mark:
    side = _side(text, start, end, found.start(), found.end())
    return _Mark(found.start(), found.end(), found[0], side, FAMILIES.get(found[0], "doubles"))


def _quotation(text: str, floor: int, end: int, marks: list[_Mark], i: int) -> tuple[Quoted | None, int]:
    """The quotation that mark `i` opens, or closes without an opening mark; and the mark to go on with."""
    mark = marks[i]
    if mark.text in SINGLES:
        closer = _single(text, end, marks, i)
        return (_pair(mark, marks[closer]), closer + 1) if closer is not None else (None, i + 1)
    if _opens(text, floor, mark):
        closer, stop = _closer(text, end, marks, i)
        if closer is not None:
            return _pair(mark, marks[closer]), closer + 1
        stop = stop if stop < end else _tail(text, mark.end, end)
        after = next((j for j in range(i + 1, len(marks)) if marks[j].at >= stop), len(marks))
        return Quoted(mark.at, stop, mark.end, stop, opened=True, closed=False), after
    first = None if mark.text in CORNERS else _opened_before(text, floor, mark.at)
    return (None if first is None else Quoted(first, mark.end, first, mark.at, opened=False, closed=True)), i + 1


def _pair(one: _Mark, other: _Mark) -> Quoted:
    return Quoted(one.at, other.end, one.end, other.at, opened=True, closed=True)


def _opens(text: str, floor: int, mark: _Mark) -> bool:
    """Whether a mark opens a quotation where none is open."""
    if mark.side == "open" or (mark.side == "either" and mark.text not in CLOSES):
        return True
    closes = (
        bool(text[max(floor, mark.at - SHORTEST) : mark.at].strip()) and text[mark.at - 1] in FINAL
    )  # at the end of what lacks its opening mark
    return mark.text in OPENS and not closes


def _side(text: str, start: int, end: int, at: int, behind: int) -> str:
    """Whether a mark can open or close, by what stands beside it."""
    before = text[at - 1] if at > start else " "
    after = text[behind] if behind < end else " "
    opens = before.isspace() or before in BEFORE_OPENING or before in OPENS or before in "\"'‘"
    closes = after.isspace() or after in AFTER_CLOSING or after in CLOSES or after in "\"'’"
    if opens == closes:
        return "either"
    return "open" if opens else "close"


def _closer(text: str, end: int, marks: list[_Mark], i: int) -> tuple[int | None, int]:
    """The index of the mark that closes mark `i`; where there is none, up to where it reaches."""
    opener = marks[i]
    depth = 1
    within: tuple[int, int] | None = None  # the first mark pair, or mark, inside
    for j in range(i + 1, min(len(marks), i + MOST)):
        mark = marks[j]
        if mark.family != opener.family:
            continue
        depth += 1 if _opens_within(mark, opener) else -1
        if not depth:
            return j, mark.at
        if within is None:
            within = (mark.at, end)
        elif depth == 1 and within[1] == end:
            within = (within[0], mark.at)
    if within and (within[1] - within[0] > NESTED or TAIL.search(text, opener.end, within[0])):
        return None, _before(text, opener.end, within[0])  # the next quotation, not one within
    return None, end


def _opens_within(mark: _Mark, opener: _Mark) -> bool:
    """Whether a mark opens a quotation within the one that `opener` opens, rather than close it."""
    if mark.side == "either":
        return mark.text in OPENS and not (mark.text == "“" and opener.text == "„")
    slipped = mark.text in CLOSES and mark.text != opener.text  # to the next word
    return mark.side == "open" and not slipped


def _before(text: str, first: int, next_mark: int) -> int:
    """Where a quotation ends whose closing mark is missing and behind which another one opens."""
    tail = TAIL.search(text, first, next_mark)
    if tail:
        return tail.start() + 1
    stops = [m.start() + 1 for m in STOP.finditer(text, first, next_mark)]
    return stops[-1] if stops else next_mark


def _tail(text: str, first: int, end: int) -> int:
    """Where a quotation ends whose closing mark is missing, the last one of its paragraph."""
    tails = list(TAIL.finditer(text, first, end))
    return tails[-1].start() + 1 if tails and not STOP.search(text, tails[-1].start(), end) else end


def _opened_before(text: str, floor: int, at: int) -> int | None:
    """Where a quotation begins whose opening mark is missing: at the sentence, if its closing mark stands as one."""
    if at - floor < SHORTEST or text[at - 1] not in FINAL:
        return None
    near = max(floor, at - LONGEST_SINGLE)
    stops = [m.end() for m in STOP.finditer(text, near, at - 1)]
    if stops:
        return stops[-1]
    return floor if near == floor and (not floor or text[floor - 1] == "\n") else None


def _single(text: str, end: int, marks: list[_Mark], i: int) -> int | None:
    """The index of the mark that closes the single one at `i`, if that opens a quotation at all."""
    opener = marks[i]
    if opener.side != "open" or opener.text == "’" or opener.end >= end or ELISION.match(text, opener.end):
        return None
    doubtful = None
    for j in range(i + 1, min(len(marks), i + MOST)):
        mark = marks[j]
        if mark.at - opener.at > LONGEST_SINGLE:
            break
        inside = (mark.end < end and text[mark.end].isalnum()) or text[mark.at - 1].isspace()
        if mark.text not in SINGLES or mark.text in ("‚‛’" if opener.text == "‚" else "‚‛‘") or inside:
            continue
        if text[mark.at - 1] in FINAL or text[mark.at - 1] in '”"':
            return j
        if doubtful is None and not STOP.search(text, opener.end, mark.at):
            if text[mark.at - 1] not in "sz" or not _goes_on(text, mark.end, end):
                return j if mark.text != "'" or mark.at - opener.at < PLAIN else None
            doubtful = j  # "the workers' union"
    return doubtful


def _goes_on(text: str, at: int, end: int) -> bool:
    """Whether a word in small letters follows, as behind a possessive."""
    return at + 1 < end and text[at] == " " and text[at + 1].islower()
