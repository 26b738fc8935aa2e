"""The beginning of an article as the five questions read it: its words, its sentences, and which of them its headline retells."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from tasks.extract.five_words import VERBS
from tasks.extract.structure import sentences, tokens

READ = 2_000  # characters of a text that are read: what happened stands at the top
PREFIX = 6  # letters of a word that count
LATER = 0.04  # what a sentence loses with each one before it, of the share of the headline's words that it holds
LARGEST = 20_000  # different words whose stem is remembered
_WORD = re.compile(r"\w{2,}")
_NOTHING = frozenset(
    """
    a about after against all also amid an and any are as at be been before but by can could did do does for from had has have he
    her him his how if in into is it its just more most new no not of off on one or out over said say says she so than that the
    their them then there they this to two up was we were what when where which while who why will with would you
    """.split()
)


class Sentence(NamedTuple):
    """The words from `first` up to, not including, `last`."""

    first: int
    last: int
    headline: bool
    told: float  # share of the headline's words that it holds


@dataclass(frozen=True, slots=True)
class Page:
    """Parallel lists, one entry a word, and the sentences."""

    text: str
    word: list[str]
    low: list[str]
    start: list[int]
    end: list[int]
    stems: list[str]  # of the words that tell something; of others ""
    sentences: list[Sentence]
    named: frozenset[str]  # words with a capital within a sentence of the body, in small letters
    core: int = 0  # the number of the sentence that tells what happened

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The characters of words."""
        return self.start[first], self.end[last - 1]

    def sentence_at(self, character: int) -> int:
        """The number of the sentence that holds a character, or of the last one before it."""
        return max(0, bisect_right(self.sentences, character, key=lambda s: self.start[s.first]) - 1)


def read(text: str, title: str | None, language: str | None) -> tuple[Page, Page | None]:
    """The beginning of a text and its headline: the same words where that is the text's first line, None if there is none."""
    words = (title or "")[:READ].split()
    above = _page(" ".join(words), frozenset(), language, len(" ".join(words))) if words else None
    told = frozenset(filter(None, above.stems)) if above else frozenset[str]()
    printed = re.match(r"\s*" + r"\s+".join(map(re.escape, words)), text) if words else None
    body = _page(_top(text), told, language, printed.end() if printed else 0)
    return body, body if printed else above


def _top(text: str) -> str:
    """The first characters of a text, up to the end of a sentence or line."""
    if len(text) <= READ:
        return text
    end = max(text.rfind(mark, READ // 2, READ) for mark in (". ", "\n"))
    return text[: end + 1] if end > 0 else text[:READ]


def _page(text: str, told: frozenset[str], language: str | None, headline: int) -> Page:
    """A page that begins with so many characters of headline."""
    found = tokens(text)
    start = [token.start for token in found]
    word = [token.text for token in found]
    low = [w.lower().replace("’", "'") for w in word]
    stems = list(map(stem, low))
    rows: list[Sentence] = []
    at = 0
    for end in sorted({span.end for span in sentences(text, language)} | {headline}):
        first = at
        at = bisect_left(start, end, first)
        if at > first:
            share = len(told.intersection(stems[first:at])) / len(told) if told else 0.0
            rows.append(Sentence(first, at, start[first] < headline, share))
    begins = {row.first for row in rows}
    body = range(next((row.first for row in rows if not row.headline), len(word)), len(word))
    named = frozenset(low[i] for i in body if word[i][0].isupper() and i not in begins)
    own = [i for i, row in enumerate(rows) if not row.headline]
    core = max(own, key=lambda i: (rows[i].told - LATER * i, -i), default=0)
    return Page(text, word, low, start, [token.end for token in found], stems, rows, named, core)


@lru_cache(maxsize=LARGEST)
def stem(word: str) -> str:
    """What is the same in the forms of a word in small letters, roughly; "" if it tells nothing by itself."""
    if word in _NOTHING or _WORD.match(word) is None:
        return ""
    verb = VERBS.get(word)
    return (verb.base if verb else word.removesuffix("s") if len(word) > 3 else word)[:PREFIX]
