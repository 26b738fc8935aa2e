"""Words of a text outside its quotations, each quotation standing as one word among them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tasks.extract.structure import sentences, tokens

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from tasks.extract.quote_marks import Quoted

QUOTE = "“”"  # the word that stands for a quotation
LINE = "\n"  # the word that stands between two paragraphs
AHEAD = 4  # words that may be looked at beyond the last one, and before the first
_MARKS = "\"'“”„‟‘’‚‛«»‹›「」『』`＂〝〞 \u00a0\u202f"
_HYPHENS = frozenset("-‐‑–")
_INVERTED = re.compile(r"(.+?)-(?:t-)?(il|elle|ils|elles|on)$", re.IGNORECASE)  # French "dit-il", "a-t-elle"


@dataclass(slots=True)
class Stream:
    """Parallel lists, one entry a word; a sentence is a range of them."""

    text: str
    word: list[str] = field(default_factory=list)
    low: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    quote: dict[int, int] = field(default_factory=dict)  # place in the stream → number of the quotation
    sentences: list[tuple[int, int]] = field(default_factory=list)

    def span(self, first: int, last: int) -> str:
        """The text of words `first` up to, not including, `last`."""
        return self.text[self.start[first] : self.end[last - 1]] if last > first else ""

    def inner(self, i: int) -> str:
        """What stands between the marks of the quotation at place `i`."""
        return self.text[self.start[i] : self.end[i]].strip(_MARKS)

    def close(self, begun: int, last: int, start: int) -> None:
        """End the sentence that began at place `begun`; a line between its end and `start` is a word."""
        if len(self.word) > begun:
            self.sentences.append((begun, len(self.word)))
        if last >= 0 and LINE in self.text[last:start]:
            self.add(LINE, last, start)

    def add(self, word: str, start: int, end: int) -> None:
        """Append a word."""
        self.word.append(word)
        self.start.append(start)
        self.end.append(end)


def stream(text: str, marks: Sequence[Quoted], verbs: Container[str] = (), language: str | None = None) -> Stream:
    """The words of a text with its quotations as single words, cut into sentences; a paragraph's end is a word of its own.

    `verbs` of saying keep `“Why?” Brink wondered` in one sentence.
    """
    made = _read(text, marks, [span.end for span in sentences(text, language)])
    if language == "fr":
        _split(made)
    for _ in range(AHEAD):
        made.add(LINE, len(text), len(text))
    made.low = [word.lower() for word in made.word]
    made.sentences = _attributed(made, verbs)
    return made


def _read(text: str, marks: Sequence[Quoted], ends: list[int]) -> Stream:
    """The words and quotations in order, in sentences that end at `ends` or, where a quotation reaches beyond, behind it."""
    made = Stream(text)
    opened = [mark.start for mark in marks] + [len(text) + 1]
    number, at, span, begun, last = 0, 0, 0, 0, -1
    for start, end, word in tokens(text):
        if start < at:
            continue  # within a quotation
        if start >= ends[span]:
            made.close(begun, last, start)
            begun = len(made.word)
            span = bisect_right(ends, start)
        if start >= opened[number]:
            at = last = marks[number].end
            made.quote[len(made.word)] = number
            made.add(QUOTE, opened[number], at)
            number += 1
            span = max(span, bisect_left(ends, at))
        elif start == last and _hyphenated(made, word, text[end : end + 1]):
            made.word[-1] += word
            made.end[-1] = last = end
        else:
            made.add(word, start, end)
            last = end
    made.close(begun, last, last)
    return made


def _hyphenated(made: Stream, word: str, following: str) -> bool:
    """Whether a word or hyphen goes on with the word before: "D.C.-based"."""
    before = made.word[-1]
    if word == ".":
        return following.islower() and before[-1].isalnum()  # "harbour.example"
    if word in _HYPHENS:
        return following.isalnum() and (before[-1].isalnum() or before[-1] == ".") and before != LINE
    return (before[-1] in _HYPHENS or (before[-1] == "." and word[0].islower())) and len(before) > 1 and word[0].isalnum()


def _split(made: Stream) -> None:
    """Make French inverted subjects words of their own: "dit-il", "a-t-elle"."""
    for i in range(len(made.word) - 1, -1, -1):
        verb = _INVERTED.match(made.word[i]) if "-" in made.word[i] else None
        if verb is None:
            continue
        start, end = made.start[i], made.end[i]
        made.word[i : i + 1] = [verb[1], verb[2]]
        made.start[i : i + 1] = [start, end - len(verb[2])]
        made.end[i : i + 1] = [start + len(verb[1]), end]
        made.quote = {k + (k > i): number for k, number in made.quote.items()}
        made.sentences = [(first + (first > i), last + (last > i)) for first, last in made.sentences]


def _attributed(made: Stream, verbs: Container[str]) -> list[tuple[int, int]]:
    """The sentences, with those joined of which the first ends with a quotation and the second attributes it."""
    joined: list[tuple[int, int]] = []
    for first, last in made.sentences:
        if joined and joined[-1][1] == first and made.word[first - 1] == QUOTE and _attributes(made, first, last, verbs):
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _attributes(made: Stream, first: int, last: int, verbs: Container[str]) -> bool:
    """Whether words behind a quotation are its attribution: a verb of saying comes soon, behind a full stop at the end only."""
    stopped = made.inner(first - 1)[-1:] == "."
    for i in range(first, min(first + 6, last)):
        if made.low[i] in verbs and made.word[i].islower():
            return not stopped or i + 1 >= last or made.word[i + 1] in ".,"
        if not made.word[i][0].isalnum():
            break
    return False
