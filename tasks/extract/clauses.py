"""Clauses before and around an attribution: which of them are what is said, which are circumstances of saying it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.extract.quote_words import LINE, QUOTE
from tasks.extract.sources import Scene, Words
from tasks.extract.word_classes import (
    BEFORE_QUOTE,
    CLAUSE_LEADS,
    COMMAS,
    DASHES,
    FINITE,
    LEADS,
    OWNERS,
    PAST,
    POSSESSIVES,
    PREPOSITIONS,
    STOPS,
    SUBORDINATE,
    adverb,
)

if TYPE_CHECKING:
    from tasks.extract.attribution import Reading
    from tasks.extract.cue_verbs import Verb

SHORT = 9  # words of a circumstance in front that belongs to the statement behind the attribution
DATELINE = 20  # words
TITLE = 9  # words of a title
_ADDING = frozenset(("say", "add", "tell"))


def clause_start(scene: Scene, at: Reading, i: int, *, whole: bool = True) -> int:
    """Where the clause begins that ends before word `i`: with the sentence, or behind the attribution before it.

    `whole`: attributions within what is said do not end it.
    """
    low = scene.stream.low
    start = _outermost(at) if whole else at.floor
    if start == at.first:
        start = _past_dateline(scene, start, i)
    else:
        while start < i and low[start] in STOPS and low[start] != QUOTE:
            start += 1
    for j in range(i - 2, start - 1, -1):
        set_off = low[j] in BEFORE_QUOTE or low[j] == QUOTE  # a quotation right behind another one
        if low[j] == ";" or (set_off and low[j + 1] == QUOTE and (low[j] == QUOTE or low[i - 1] == QUOTE)):
            start = j + 1
            break
    while start < i and low[start] in CLAUSE_LEADS:
        start += 1
    return start


def before(scene: Scene, begin: int, at: Reading, *, whole: bool) -> Words | None:
    """The clause that ends before the attribution at word `begin`, if a comma or quotation parts them."""
    low = scene.stream.low
    if begin <= at.floor or not (low[begin - 1] in COMMAS or low[begin - 1] in (QUOTE, "?", "!")):
        return None
    end = begin if low[begin - 1] == QUOTE else begin - 1
    start = clause_start(scene, at, end, whole=whole)
    return Words(start, end) if start < end else None


def around(
    scene: Scene, rest: Words, front: Words | None, after: Words | None, verb: Verb, *, inverted: bool
) -> tuple[Words, ...]:
    """What is said of the clauses in front of an attribution and behind it; `rest` are the verb and what follows it."""
    low = scene.stream.low
    if front is None or not _is_said(scene, front, rest, after, verb, inverted=inverted):
        return (after,) if after else ()
    if after is None:
        more = _in_reported_tense(scene, rest) if not inverted and low[front.last - 1] != QUOTE else None
        return (front, more) if more else (front,)
    parted = low[after.first - 1] == ","
    if low[front.last - 1] == QUOTE:
        return (front, after) if low[after.first] == QUOTE or low[after.first - 1] == "that" else (front,)
    words = low[front.first : front.last]
    plain = QUOTE not in words and low[after.first] != QUOTE
    if parted and plain and len(words) <= SHORT and words[0] in PREPOSITIONS and not _has_finite(words):
        return (Words(front.first, after.last),)  # "At first, she said, it was easy" is one
    return (front, after) if parted else (front,)


def to_comma(scene: Scene, content: Words) -> Words:
    """A content in a clause that stands before its main clause: up to the comma between them."""
    low = scene.stream.low
    for i in range(content.first + 2, content.last):
        if low[i] == "," and low[i + 1] not in ("and", "or", "which", "who", QUOTE):
            return Words(content.first, i)
    return content


def to_verb(scene: Scene, content: Words) -> Words:
    """A content in a clause set in between subject and verb: up to the comma before that verb."""
    low = scene.stream.low
    for i in range(content.first + 2, content.last - 1):
        if low[i] == "," and (low[i + 1] in FINITE or low[i + 1] in scene.lexicon.speech or adverb(low[i + 1])):
            return Words(content.first, i)
    return content


def is_title(scene: Scene, i: int) -> bool:
    """Whether a quotation is the name of a work or a programme: capitals, no stop of its own, and no comma before it."""
    stream = scene.stream
    words = stream.inner(i).rstrip(",. ").split()
    if not words or len(words) > TITLE or i == 0 or not words[0][0].isupper():
        return False
    if any(w[0].islower() and len(w) > 4 for w in words):
        return False
    previous = stream.low[i - 1]
    if previous in PREPOSITIONS or previous in POSSESSIVES or previous in OWNERS:
        return True
    return len(words) > 1 and previous.isalpha() and previous not in scene.lexicon.verbs


def _past_dateline(scene: Scene, first: int, last: int) -> int:
    """Behind "KITWE (Copperbelt News Service) — " at the beginning of a paragraph."""
    stream = scene.stream
    if stream.low[first - 1] == LINE and stream.word[first].isupper() and len(stream.word[first]) > 2:
        for i in range(first + 1, min(first + DATELINE, last - 1)):
            if stream.low[i] in DASHES:
                return i + 1
    return first


def _outermost(at: Reading) -> int:
    """Where a clause may begin: at the sentence, or behind the last attribution that is not itself in what is said.

    "Kenya has promised aid, the ministry said": what Kenya promises reaches up to the ministry, which says all of it.
    """
    start = at.floor
    for made in reversed(at.found):
        if made.shared or not made.contents or made.contents[0].first < made.cue.last or made.contents[-1].last < at.last:
            return start
        start = made.cue.first
    return at.first


def _is_said(scene: Scene, front: Words, rest: Words, after: Words | None, verb: Verb, *, inverted: bool) -> bool:
    """Whether the clause in front of an attribution is what is said, not a circumstance of saying it."""
    low = scene.stream.low
    words = low[front.first : front.last]
    if words[-1] == QUOTE:
        return "q" in verb.frames and not is_title(scene, front.last - 1)
    if verb.frames.isdisjoint("ctq") or (words[0].endswith("ing") and not _has_finite(words)):
        return False
    if after is None:
        if low[rest.last - 1] == ":":
            return False  # it is said in the next line
        if not inverted and not _closing(low[rest.first + 1 : rest.last], verb):
            return False
        if words[0] in SUBORDINATE and "c" not in verb.frames:
            return False
        plain = words[0] not in PREPOSITIONS and verb.lemma in _ADDING
        return len(words) >= 3 and (inverted or plain or _has_finite(words))
    if low[after.first - 1] != ",":
        return False
    if low[after.first] != QUOTE:
        return len(words) > 1 or not adverb(words[0])
    if scene.stream.inner(after.first)[:1].islower() and words[0] != "asked" and (len(words) > 2 or words[0] not in LEADS):
        return True  # the quotation goes on with the sentence
    return _has_finite(words) and words[0] not in SUBORDINATE and words[0] not in PREPOSITIONS


def _closing(words: list[str], verb: Verb) -> bool:
    """Whether words behind a verb of saying only tell when, where and to whom."""
    if words and words[0] in OWNERS and "r" not in verb.frames:
        return False
    for w in words:
        if w in FINITE:
            return False
        if w in STOPS:
            break
    return True


def _has_finite(words: list[str]) -> bool:
    return any(w in FINITE or (len(w) > 4 and w.endswith("ed")) for w in words)


def _in_reported_tense(scene: Scene, rest: Words) -> Words | None:
    """What is said behind "…, she said, and …" in the tense of reported speech."""
    low = scene.stream.low
    for k in range(rest.first + 1, min(rest.first + 10, rest.last - 3)):
        if low[k] == "," and low[k + 1] in ("and", "but"):
            finite = next((w for w in low[k + 2 : k + 9] if w in FINITE), "")
            spoken = any(w in scene.lexicon.speech for w in low[k + 2 : k + 7])
            return Words(k + 2, rest.last) if finite in PAST and not spoken else None
        if low[k] in STOPS or low[k] in FINITE:
            break
    return None
