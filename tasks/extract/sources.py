"""Sources: the words that say who speaks, behind a cue; whether they are a person, and what to call them if not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tasks.extract.name_words import TITLES
from tasks.extract.word_classes import (
    COMMAS,
    FINITE,
    OFFICES,
    OWNERS,
    POSSESSIVES,
    PRONOUNS,
    SELVES,
    STOPS,
    TIMES,
    adverb,
)

if TYPE_CHECKING:
    from tasks.extract.cast import Cast
    from tasks.extract.cues import Lexicon
    from tasks.extract.quote_words import Stream

LONGEST = 12  # words of a speaker who is no person
_ALSO_OWN = frozenset("one two three some many several other another both all no any each".split())
CONJUNCTIONS = frozenset("and & und et y".split())


class Words(NamedTuple):
    """Words of the stream, from `first` up to, not including, `last`."""

    first: int
    last: int


class Scene(NamedTuple):
    """What is read: a text's words, its people and its language."""

    stream: Stream
    cast: Cast
    lexicon: Lexicon


def right_of(scene: Scene, first: int, ceiling: int) -> Words | None:
    """The subject that begins at word `first`, behind a verb or "according to", with its apposition."""
    stream = scene.stream
    low = stream.low
    if not scene.lexicon.english:
        first = _past_adjuncts(scene, first, ceiling)
    if first < ceiling and low[first] in scene.lexicon.pronouns:
        return Words(first, first + 1)
    i = _right_end(scene, first, ceiling)
    if i == first:
        return None
    if heads(scene, Words(first, i)) is None:
        i = _with_apposition(scene, i, ceiling)
    while i > first and (low[i - 1] in scene.lexicon.breaks or low[i - 1] in TIMES):
        i -= 1
    alone = i == first + 1 and (low[first] in OWNERS or low[first] in _ALSO_OWN)
    return None if i == first or alone or not (low[first][0].isalnum() or low[first] == "@") else Words(first, i)


def _past_adjuncts(scene: Scene, first: int, ceiling: int) -> int:
    """Behind what stands between verb and subject in other languages than English: "a déclaré jeudi à la presse la ministre"."""
    low, lexicon = scene.stream.low, scene.lexicon
    i = first
    while i + 2 < min(ceiling, first + 8):
        if low[i] in lexicon.prepositions:
            i += 2 + (low[i + 1] in lexicon.articles)
        elif low[i] in lexicon.past_subject and low[i] not in lexicon.articles:
            i += 1
        else:
            break
    return i


def _with_apposition(scene: Scene, i: int, ceiling: int) -> int:
    """Where a subject without a name ends: behind the name that a comma parts from it, if one does: "its head, Ada Brink"."""
    low = scene.stream.low
    for j in range(i, min(i + 8, ceiling - 1)):
        if low[j] == ",":
            after = scene.cast.at.get(j + 1)
            return after.last if after is not None and after.first == j + 1 else i
        if low[j] in STOPS or low[j] in scene.lexicon.verbs:
            break
    return i


def _right_end(scene: Scene, first: int, ceiling: int) -> int:
    """Where a subject that begins at word `first` ends: behind its name, or where another phrase begins."""
    low, past = scene.stream.low, scene.lexicon.past_subject
    i = first
    while i < ceiling and low[i] not in STOPS and (low[i] not in past or _goes_on(scene, first, i, ceiling)):
        mention = scene.cast.at.get(i)
        if mention is None or mention.first != i:
            if i > first and (low[i] == "(" or low[i] in PRONOUNS or (low[i] in FINITE and low[i] not in POSSESSIVES)):
                break
            i += 1
            continue
        i = mention.last
        if i >= ceiling or low[i] in past or low[i] in STOPS or low[i] in scene.lexicon.prepositions or low[i] == "(":
            break
        if low[i] not in POSSESSIVES and adverb(low[i]):
            break
    return i


def _goes_on(scene: Scene, first: int, i: int, ceiling: int) -> bool:
    """Whether a word that ends a subject is part of this one: its first word, or "and" between two of its titles."""
    stream = scene.stream
    if i == first:
        return stream.low[i] not in scene.lexicon.prepositions
    between = (
        stream.low[i] in CONJUNCTIONS and i + 1 < ceiling and stream.word[i - 1][0].isupper() and stream.word[i + 1][0].isupper()
    )
    return between and i - 1 not in scene.cast.at


def heads(scene: Scene, words: Words) -> int | None:
    """The person that a phrase is about: "Ada Brink, a farmer" and "farmer Ada Brink" are, "Brink's lawyer" is not."""
    low = scene.stream.low
    for mention in scene.cast.within(words.first, words.last):
        begun = mention.first
        while begun > words.first and low[begun - 1] not in COMMAS:
            begun -= 1
        if _leads(scene, mention.last, words.last) and not _governed(scene, begun, mention.first):
            return mention.person
    return None


def _leads(scene: Scene, i: int, last: int) -> bool:
    """Whether what stands behind a name leaves it the head of its phrase."""
    if i >= last:
        return True
    w = scene.stream.low[i]
    return (
        w in COMMAS or w in scene.lexicon.prepositions or w in SELVES or w in ("(", ":", "who") or w in CONJUNCTIONS or adverb(w)
    )


def _governed(scene: Scene, begun: int, name: int) -> bool:
    """Whether a preposition stands between the beginning of a phrase and the name in it; that of an office does not count."""
    low, prepositions = scene.stream.low, scene.lexicon.prepositions
    for i in range(begun, name):
        if low[i] in prepositions:
            office = low[i + 1] in OFFICES or (i > begun and i + 1 < name and low[i - 1] in TITLES)
            if low[i] not in ("of", "for") or not office:
                return True
    return False


def plain(scene: Scene, words: Words) -> str:
    """A phrase as a speaker's name: the article before a name, and what stands behind a comma, left out."""
    stream = scene.stream
    first, last = words
    for i in range(first + 1, last):
        if stream.low[i] in COMMAS or stream.low[i] in ("(", "who", "which"):
            last = i
            break
    last = min(last, first + LONGEST)
    if (
        scene.lexicon.plain
        and first + 1 < last
        and stream.low[first] in scene.lexicon.articles
        and stream.word[first + 1][0].isupper()
    ):
        first += 1
    name = " ".join(stream.span(first, last).split())
    return name[0].lower() + name[1:] if stream.low[first] in OWNERS else name
