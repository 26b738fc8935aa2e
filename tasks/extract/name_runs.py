"""Runs of words with capitals that may be names: where they begin and end, and the title in front."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from tasks.extract.first_names import gender_of
from tasks.extract.name_words import BREAKS, DEGREES, LINKED, PARTICLES, ROLES, SUFFIXES, TITLES, WITHIN, is_office
from tasks.extract.quote_words import LINE, QUOTE

if TYPE_CHECKING:
    from tasks.extract.quote_words import Stream

NICKNAME = 24  # characters of one, with its marks
SHOUTED = 0.5  # of a headline's words, more than these have capitals
_OFFICES = frozenset("staff state defense defence house treasury education energy labor labour commerce".split())


class Run(NamedTuple):
    """Words that may be a name."""

    first: int
    last: int
    title: str | None  # the title in front, in small letters


def headlines(stream: Stream, caps: list[int]) -> set[int]:
    """The words of lines in which all words but small ones have capitals: there they tell no names apart."""
    found: set[int] = set()
    for first, last in stream.sentences:
        alone = stream.word[first - 1] == LINE and stream.word[last] == LINE
        if alone and last - first >= 5 and bisect_left(caps, last) - bisect_left(caps, first) > SHOUTED * (last - first):
            words = stream.word[first:last]
            if QUOTE not in words and not any(w.islower() and w not in BREAKS for w in words):
                found.update(range(first, last))
    return found


def runs(stream: Stream, caps: list[int]) -> list[Run]:
    """Names as far as their looks tell: words with capitals in a row, cut at words that are in no name, titles apart."""
    word, low, end, start = stream.word, stream.low, stream.end, stream.start
    found: list[Run] = []
    n = len(word)
    i = 0
    for k in caps:
        if k < i or low[k] in BREAKS:
            continue
        i = k + 1
        while i < n and start[i] - end[i - 1] <= 1:
            if (word[i][0].isupper() and (low[i] not in BREAKS or low[i] in WITHIN)) or LINKED.match(word[i]):
                i += 1
            elif low[i] in PARTICLES and _particle(word, low, i, n):
                i += 2
            elif word[i] == QUOTE and _nickname(stream, i, n):
                i += 1
            else:
                break
        if i < n and low[i] == "," and i + 1 < n and low[i + 1] in SUFFIXES:
            i += 2
        first = k
        if i - k > 2 and _begins_sentence(stream, k) and not gender_of(low[k]) and gender_of(low[k + 1]):
            first += 1  # "Hammering Ada Brink, he said"
        found.extend(_untitled(low, first, i))
    return found


def _begins_sentence(stream: Stream, i: int) -> bool:
    return stream.word[i - 1] in (LINE, ".", "?", "!", QUOTE)


def _particle(word: list[str], low: list[str], i: int, n: int) -> bool:
    """Whether a particle leads on to a name."""
    return i + 1 < n and (word[i + 1][0].isupper() and low[i + 1] not in BREAKS)


def _nickname(stream: Stream, i: int, n: int) -> bool:
    """Whether a quotation in a name is a nickname."""
    return (
        stream.end[i] - stream.start[i] < NICKNAME
        and i + 1 < n
        and stream.word[i + 1][0].isupper()
        and stream.low[i + 1] not in BREAKS
    )


def _untitled(low: list[str], first: int, last: int) -> list[Run]:
    """A run without the title before the name and the degrees behind it; nothing if the title is all."""
    while last > first + 2 and low[last - 1] in DEGREES:
        last -= 1
    for i in range(last - 1, first - 1, -1):
        if low[i] in TITLES or low[i] in ROLES or (i < last - 1 and is_office(low[i])):
            return [Run(i + 1, last, low[i])] if i + 1 < last else []
    if first > 1 and low[first - 1] == "of" and low[first - 2] in TITLES:  # "Director of Harbour Affairs Ada Brink"
        for i in range(first + 1, last - 1):
            if gender_of(low[i]):
                return [Run(i, last, low[first - 2])]
    if first + 2 < last and low[first] in _OFFICES and low[first - 1] in ("of", "for"):  # "Secretary of State Ada Brink"
        return [Run(first + 1, last, "secretary")]
    return [Run(first, last, None)]
