"""What kind of change a new version of an article is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from tasks.align import Alignment, align, sentences
from tasks.notes import Note, notes
from tasks.spelling import is_doubled, is_slight
from tasks.words import WORD

__all__ = ["Change", "ChangeKind", "Note", "Telling", "change", "note_of"]

ChangeKind = Literal["headline", "typo", "content", "correction", "retraction"]

FEW = 0.1  # share of the words up to which spelling may have changed, unless only two places did
SIGNS = re.compile(r"[$€£¥₹₽₩%‰°]|(?<!\S)[-−–](?=\d)")  # without which a number is another


@dataclass(frozen=True, slots=True)
class Telling:
    """One version of an article."""

    title: str | None
    text: str  # the body; paragraphs are separated by a blank line
    tail: str | None = None  # what stood below the body: credits, notes
    head: str | None = None  # what stood above it: agency, byline


@dataclass(frozen=True, slots=True)
class Change:
    """What happened between two versions."""

    kind: ChangeKind
    share: float  # of both bodies' words that are not in the other at the same place, 0–1; of the headlines' if only they differ
    note: str | None  # by which the new version owns up to it


@dataclass(frozen=True, slots=True)
class _Words:
    printed: list[str]
    sentences: list[list[str]]  # as they are compared
    signs: list[str]

    @property
    def plain(self) -> list[str]:
        return list(chain.from_iterable(self.sentences))

    def says(self, other: _Words) -> bool:
        return self.plain == other.plain and self.signs == other.signs


def change(before: Telling, after: Telling) -> Change:
    """The change from one version to the next.

    A note that is new, or reads otherwise than before, makes it a correction or retraction; else a new headline over the same
    words is "headline", what only spells or punctuates otherwise "typo", and all else "content". When in doubt it is content.
    """
    old, new = _notes(before), _notes(after)
    note = next((note for key, note in new.items() if key not in old), None)
    one, other = _words(before.text), _words(after.text)
    titles = _words(before.title or ""), _words(after.title or "")
    body, title = align(one.sentences, other.sentences), align(titles[0].sentences, titles[1].sentences)
    same_body, same_title = one.says(other), titles[0].says(titles[1])
    share = round(title.share if same_body else body.share, 4)
    if note is not None:
        return Change(note.kind, share, note.text)
    if same_body:
        return Change("typo" if same_title else "headline", share, None)
    spelling = _only_spelt(one, other, body) and _only_spelt(*titles, title)
    return Change("typo" if spelling else "content", share, None)


def note_of(telling: Telling) -> Note | None:
    """The weightiest note that a version itself carries, if any."""
    return next(iter(_notes(telling).values()), None)


def _notes(telling: Telling) -> dict[tuple[str, ...], Note]:
    return notes(telling.title, telling.head, telling.text, telling.tail)


def _words(text: str) -> _Words:
    """The words of a text. Apostrophes are one form, and case does not count in the comparison."""
    printed = [words for words in (WORD.findall(part.replace("’", "'")) for part in sentences(text)) if words]
    compared = [[word.casefold() for word in words] for words in printed]
    signs = ["-" if sign in "−–" else sign for sign in SIGNS.findall(text)]
    return _Words(list(chain.from_iterable(printed)), compared, signs)


def _only_spelt(one: _Words, other: _Words, found: Alignment) -> bool:
    """Whether the words differ in few places, and in none more than by spelling, spacing, doubling or grammar."""
    places = [s for s in found.stretches if not s.same]
    if found.counted or one.signs != other.signs or (len(places) > 2 and found.share > FEW):
        return False
    return all(
        is_slight(one.printed[s.start : s.end], other.printed[s.after_start : s.after_end])
        or (s.after_start == s.after_end and is_doubled(one.plain, s.start, s.end))
        or (s.start == s.end and is_doubled(other.plain, s.after_start, s.after_end))
        for s in places
    )
