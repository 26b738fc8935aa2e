"""Subjects: who or what a sentence is about, and whether a verb of saying stands before its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tasks.extract.name_words import PLACES
from tasks.extract.phrases import before_adverbs, left_of
from tasks.extract.quote_words import QUOTE
from tasks.extract.sources import Scene, Words, heads, right_of
from tasks.extract.word_classes import (
    COMMAS,
    FINITE,
    POSSESSIVES,
    PREPOSITIONS,
    STOPS,
    SUBJECTS,
    SUBORDINATE,
    TIMES,
)

if TYPE_CHECKING:
    from tasks.extract.attribution import Attribution, Reading

_LIST = frozenset((",", "and", "but"))
_RELATIVES = frozenset("where who which".split())
LONGEST = 8  # words of a subject without name or pronoun


class Subject(NamedTuple):
    """The source of an attribution, and where the attribution begins."""

    source: Words | None
    shared: bool  # it is that of the attribution before
    inverted: bool  # it stands behind its verb
    begin: int


def subject(scene: Scene, i: int, at: Reading, frames: frozenset[str], *, base: bool) -> Subject | None:
    """The subject of the verb at word `i`; None where it has none, so that it says nothing.

    `base`: the verb has no ending, so that it may stand behind another verb.
    """
    low = scene.stream.low
    source = _nearest(scene, i, at)
    head = i if scene.lexicon.english else before_adverbs(scene, i, at.floor)
    opens = head == at.floor or low[head - 1] == QUOTE or low[head - 1] in COMMAS
    right = right_of(scene, i + 1, at.last) if "i" in frames and opens else None
    if right is not None and _inverts(scene, head, right, source, at.last):
        return Subject(right, shared=False, inverted=True, begin=_begin(scene, head, at))
    if source is not None:
        return Subject(source, shared=False, inverted=False, begin=_begin(scene, source.first, at))
    if at.found and at.found[-1].source and (low[i - 1] in _LIST or low[i - 1] == "then" or i == at.floor or _goes_on(low, i)):
        later = _later(scene, at.found[-1], i - 1) if low[i - 1] in _LIST else None
        if later is not None:
            return Subject(later, shared=False, inverted=False, begin=later.first)
        return Subject(at.found[-1].source, shared=True, inverted=False, begin=_begin(scene, head, at))
    if i > at.first and (low[i - 1] in ("and", "but", "then") or (base and low[i + 1] == QUOTE)):
        source = subject_of(scene, at.first, i - 1)
        return Subject(source, shared=False, inverted=False, begin=source.first if source else i)
    if opens and "q" in frames and (i + 1 >= at.last or low[i + 1] in STOPS):
        return Subject(None, shared=False, inverted=False, begin=_begin(scene, head, at))  # "“…”, dijo."
    return None


def subject_of(scene: Scene, first: int, before: int) -> Words | None:
    """The subject of the main clause that begins a sentence, as far as names and pronouns tell."""
    low, cast, verbs = scene.stream.low, scene.cast, scene.lexicon.verbs
    start = _main_clause(low, first, before)
    for j in range(start, before):
        if low[j] in scene.lexicon.pronouns and low[j] not in ("it", "i"):
            return Words(j, j + 1)
        mention = cast.at.get(j)
        if mention is not None and mention.first == j and (mention.last >= before or low[mention.last] not in POSSESSIVES):
            return Words(mention.first, mention.last)
    end = start
    while end < before and not (low[end] in STOPS or low[end] in FINITE or low[end] in PREPOSITIONS or low[end] in verbs):
        if end > start and low[end].endswith("ed"):
            break
        end += 1
    return Words(start, end) if 0 < end - start <= LONGEST else None


def is_body(scene: Scene, source: Words) -> bool:
    """Whether a subject is the name of a body, by its looks."""
    last = scene.stream.word[source.last - 1]
    return last[0].isupper() and (source.last - source.first > 1 or scene.stream.low[source.first] in PLACES)


def _main_clause(low: list[str], first: int, before: int) -> int:
    """Behind the circumstances in front of a sentence."""
    start = first
    while start < before and (
        low[start] in PREPOSITIONS or low[start] in SUBORDINATE or low[start] in _RELATIVES or low[start].endswith("ing")
    ):
        comma = next((j + 1 for j in range(start, before) if low[j] == ","), None)
        if comma is None:
            break
        start = comma
    return start


def _nearest(scene: Scene, i: int, at: Reading) -> Words | None:
    """The subject to the left of a verb, beyond the attribution before it if that stands within the subject's clause."""
    low = scene.stream.low
    if at.found and _goes_on(low, i):
        return None
    source = left_of(scene, i, at.floor)
    if source is None and at.found and low[i - 1] in COMMAS:  # "Brink, who denied it, said"
        source = left_of(scene, i, at.first)
        return source if source and source.first <= at.found[-1].cue.first else None
    return source


def _begin(scene: Scene, i: int, at: Reading) -> int:
    return i if scene.lexicon.english else before_adverbs(scene, i, at.floor)


def _goes_on(low: list[str], i: int) -> bool:
    return low[max(0, i - 3) : i] == ["going", "on", "to"]


def _later(scene: Scene, before: Attribution, last: int) -> Words | None:
    """The subject behind the last comma between two cues: "Asked if he would, she shook her head and said"."""
    low = scene.stream.low
    for j in range(last - 1, before.cue.last, -1):
        if low[j] != ",":
            continue
        if low[j + 1] in scene.lexicon.pronouns:
            return Words(j + 1, j + 2)
        mention = scene.cast.at.get(j + 1)
        if mention is None or mention.first != j + 1 or mention.last >= last:
            continue
        if low[mention.last] not in STOPS and low[mention.last] not in POSSESSIVES:
            return Words(mention.first, mention.last)
    return None


def _inverts(scene: Scene, head: int, right: Words, source: Words | None, last: int) -> bool:
    """Whether the verb stands before its subject: behind a quotation, or where the sentence ends with that subject."""
    low = scene.stream.low
    before, then = low[head - 1], low[right.last] if right.last < last else "."
    ended = before == "," and then in (".", ",", ";") and not any(w in FINITE for w in low[right.last : last])
    if ended and heads(scene, right) is not None:
        return True
    if low[right.first] in TIMES or low[right.first] == "that":
        return False
    if before in ("\n", ".", "?", "!"):  # "Said Brink:"
        return source is None and then in (":", ",", QUOTE)
    if before == QUOTE or low[head - 2] == QUOTE:
        return source is None or before == QUOTE or low[right.first] not in SUBJECTS
    return source is None and (then in STOPS or then in PREPOSITIONS or then in ("who", "when", "as"))
