"""The words of a text as places are looked for among them, each with the name that it belongs to."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate, islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from tasks.gazetteer import is_abbreviation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.extract.place_tables import Known
    from tasks.extract.records import Name

GAPS = frozenset((" ", "-", "\u00a0", "‑"))  # within a name
_WORD = re.compile(r"([^\W\d_]++(?:[.'’][^\W\d_]++)*+\.?+|\d++)")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)++[^\W\d_]?\.?")  # U.S., D.C.
_BEGINNERS = frozenset('.!?:;“"\n')


class Word(NamedTuple):
    """A word without the s of a possessive and the full stop of a sentence."""

    start: int
    end: int
    text: str
    low: str
    capital: bool


class Find(NamedTuple):
    """A name that may be a place's."""

    start: int
    end: int
    text: str
    first: int  # numbers of its words
    last: int  # exclusive
    known: tuple[Known, ...]  # what it may mean, the likeliest first
    region: tuple[Known, ...] = ()  # what is printed behind it: "Paris, Texas"
    name: Name | None = None  # the name found there
    part: str = ""  # of a name that the lexicon does not have: the part of it that `known` is of
    behind: bool = False  # it is the region printed behind a town
    misprint: bool = False  # the name is a letter off what `known` means
    doubt: float = 0.0  # that it is no place at all, as the weight of a meaning

    @property
    def whole(self) -> bool:
        """Whether it is all of the name found there, and not a part of a longer one."""
        return self.name is not None and self.start <= self.name.start and self.end >= self.name.end

    @property
    def key(self) -> str:
        """What all mentions of the same name share."""
        return (self.part or self.text).lower()


class Page:
    """The words of a text and the names found in it."""

    def __init__(self, text: str, names: Sequence[Name], language: str) -> None:
        """Split the text and give each word the name it belongs to; `names` are in order."""
        self.text, self.language = text, language
        self.words = _words(text)
        self.owner = _owners(self.words, names)
        between = [text[one.end : other.start] for one, other in pairwise(self.words)]
        self.gaps = ["", *between, ""]  # by the number of the word behind
        self.named = bool(names)

    def low(self, number: int) -> str:
        """A word in small letters; nothing beyond the text."""
        return self.words[number].low if 0 <= number < len(self.words) else ""

    def gap(self, number: int) -> str:
        """What stands between a word and the one before it; nothing before the first and behind the last."""
        return self.gaps[number] if 0 <= number < len(self.gaps) else ""

    def before(self, find: Find) -> Word | None:
        """The word right before a find."""
        return self.words[find.first - 1] if find.first and self.gap(find.first) in GAPS else None

    def after(self, find: Find) -> Word | None:
        """The word right behind a find."""
        return self.words[find.last] if find.last < len(self.words) and self.gap(find.last) in GAPS else None

    def begins(self, number: int) -> bool:
        """Whether a word begins a sentence, a quotation or a line."""
        return number == 0 or not _BEGINNERS.isdisjoint(self.gap(number))

    def printed(self, first: int, last: int) -> str:
        """The text from one word up to another, exclusive."""
        return self.text[self.words[first].start : self.words[last - 1].end]


def _words(text: str) -> list[Word]:
    pieces = _WORD.split(text)  # what stands between, a word, what stands between …
    starts = islice(accumulate(map(len, pieces)), 0, None, 2)
    new = tuple.__new__  # the class's own constructor takes twice as long
    return [
        new(Word, (start, start + length, word, low, capital))
        for start, (length, word, low, capital) in zip(starts, map(_form, pieces[1::2]), strict=False)
    ]


@lru_cache(maxsize=65_536)
def _form(word: str) -> tuple[int, str, str, bool]:
    """A word without the full stop of a sentence and the s of a possessive: letters, text, in small letters, with a capital."""
    if word[-1] == "." and not (_DOTTED.fullmatch(word) or is_abbreviation(word)):
        word = word[:-1]
    if len(word) > 2 and word[-2] in "'’" and word[-1] in "sS":
        word = word[:-2]
    return len(word), word, word.lower(), word[0].isupper()


def _owners(words: list[Word], names: Sequence[Name]) -> list[Name | None]:
    owners: list[Name | None] = [None] * len(words)
    at = 0
    for name in names:
        at = bisect_left(words, (name.start,), at)
        at -= at > 0 and owners[at - 1] is None and words[at - 1].end > name.start
        behind = bisect_left(words, (name.end,), at)
        owners[at:behind] = [name] * (behind - at)
        at = behind
    return owners
