"""The words of a text with their kinds: long quotations as one word, what is known of names and dates laid over them."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from tasks.extract.event_words import KINDS, first_kind, words
from tasks.extract.quote_marks import all_quoted
from tasks.extract.quote_words import QUOTE
from tasks.extract.structure import Token, sentences, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tasks.extract.quote_marks import Quoted
    from tasks.extract.structure import Span

AHEAD = 4  # full stops behind the last word, so that one may look ahead
LONG_QUOTE = 5  # spaces: a longer quotation is somebody's sentence, not a phrase of the reporter's
PAIRS = {  # two words that are of a kind together
    "at least": "aa", "at most": "aa", "more than": "aa", "less than": "aa", "fewer than": "aa", "as many": "aa", "so far": "aa",
    "as far": "aa", "as well": "aa", "in order": "aa", "of course": "aa", "not only": "aa", "no longer": "nn", "later this": "ay",
    "each other": "OO", "one another": "OO", "the hague": "CC", "according to": "ii", "because of": "ii", "instead of": "ii",
    "ahead of": "ii", "such as": "ii", "owing to": "ii", "along with": "ii", "next to": "ii", "close to": "ii", "out of": "ri",
    "up to": "ri", "prior to": "qq", "rather than": "cc", "about to": "Et", "due to": "Et",
}  # fmt: skip
_DIRECTIONS = frozenset("north south east west northern southern eastern western new central".split())
STOPS = frozenset((".", "?", "!", "…", "•", ""))  # words that end a sentence
_TIME, _LEADING = words("time"), words("leading")
_PAIRING = _TIME | {pair.partition(" ")[2] for pair in PAIRS}


class Reading(NamedTuple):
    """The words of a text, parallel lists; a full stop ends every sentence, printed or not."""

    word: list[str]
    low: list[str]
    start: list[int]
    end: list[int]
    kinds: list[str]


def read(text: str, names: Sequence[tuple[int, int]], times: Iterable[tuple[int, int]]) -> tuple[Reading, list[Span]]:
    """The words of a text, and its sentences; `names` and `times` are characters known to be a name or a date."""
    spans = sentences(text, "en")
    found = _words(text, spans)
    word = [token[2] for token in found]
    low = [printed.lower() for printed in word]
    made = Reading(word, low, [token[0] for token in found], [token[1] for token in found], [KINDS[printed] for printed in word])
    _begin_sentences(made, settled=bool(names))
    for i, small in enumerate(low):
        if small in _PAIRING and i:
            _pair(made, i)
    _overlay(made, names, "C")
    _overlay(made, times, "y")
    return made, spans


def _words(text: str, spans: Sequence[Span]) -> list[Token]:
    """The words in order, long quotations as one, full stops where sentences end without one."""
    marks = all_quoted(text)
    long = [mark for mark in marks if _is_speech(text, mark)]
    all_words = tokens(text)
    starts = [token[0] for token in all_words]
    found: list[Token] = []
    i = behind = 0
    for at, stop, quotation in sorted([(s.end, s.end, False) for s in spans] + [(m.start, m.end, True) for m in long]):
        j = bisect_left(starts, at, i)
        found += all_words[i:j]
        if quotation:
            found.append(Token(at, stop, QUOTE))
            behind = stop
            j = bisect_left(starts, stop, j)
        elif found and found[-1][2] not in STOPS:
            found.append(Token(max(at, behind), max(at, behind), ""))
        i = j
    signs = {at for mark in marks for at in (*range(mark.start, mark.first), *range(mark.last, mark.end))}
    signs -= {mark.start for mark in long}
    if signs:
        found = [token for token in found if token[0] not in signs or token[1] == token[0]]
    return found + [Token(len(text), len(text), "")] * AHEAD


def _is_speech(text: str, mark: Quoted) -> bool:
    """Whether a quotation is a sentence of its own rather than a phrase."""
    return text.count(" ", mark.first, mark.last) >= LONG_QUOTE or text[mark.last - 1 : mark.last] in ",.?!"


def _begin_sentences(made: Reading, *, settled: bool) -> None:
    """Settle the kinds of the words that begin sentences; where names are known, one in no name is none."""
    word, low, kinds = made.word, made.low, made.kinds
    for i in [0, *(i + 1 for i, kind in enumerate(kinds[:-1]) if kind == ".")]:
        printed = word[i]
        if not printed[:1].isupper():
            continue
        kinds[i] = first_kind(printed)
        if kinds[i + 1 : i + 2] == ["C"] and low[i] in _DIRECTIONS:  # "North Korea"
            kinds[i] = "C"
        elif settled and kinds[i] == "C" and not printed.isupper() and (low[i].endswith("s") or KINDS[low[i]] != "N"):
            kinds[i] = KINDS[low[i]]


def _pair(made: Reading, i: int) -> None:
    """Give a word and the one before it the kinds that they have together."""
    first, second = made.low[i - 1 : i + 1]
    if second in _TIME:
        if first in _LEADING or made.kinds[i - 1] == "y":  # "last week", "Monday night"
            made.kinds[i - 1 : i + 1] = "yy"
    elif pair := PAIRS.get(f"{first} {second}"):
        made.kinds[i - 1 : i + 1] = pair


def _overlay(made: Reading, spans: Iterable[tuple[int, int]], kind: str) -> None:
    """Give the words within known names and dates their kind."""
    start, kinds = made.start, made.kinds
    i, count = 0, len(kinds)
    for begin, stop in sorted(spans):
        while i < count and start[i] < begin:
            i += 1
        while i < count and start[i] < stop:
            if kinds[i] not in ".Q":
                kinds[i] = kind
            i += 1
