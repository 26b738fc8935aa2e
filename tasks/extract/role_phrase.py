"""Phrases that say what somebody is: where they begin and end, and the words in them that tell whose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tasks.extract.entity_words import LINE
from tasks.extract.role_words import (
    ARTICLES,
    BASES,
    BEFORE_TITLES,
    BODIES,
    CONJUNCTIONS,
    DETERMINERS,
    DROPPED,
    HONORIFICS,
    LINKS,
    MODIFIERS,
    STOPPERS,
    is_head,
)
from tasks.extract.word_classes import MODALS, POSSESSIVES, PRONOUNS

if TYPE_CHECKING:
    from tasks.extract.entity_words import Words

LONGEST = 9  # words of a phrase
PREPOSITIONS = frozenset("of for at in from with to on de du des del della von der im am bei zu zum".split())
_BROAD = frozenset("of for de du des del della".split())  # what stands behind them is part of the role
_BELONGING = _BROAD | {"from", "von", "der", "des"}
_NARROW = frozenset("in on".split())  # behind them only what has no article: "expert in sea law"
_OF_AGE = re.compile(r"\d+(?:-\w+)*$|\w+-year-old$")
_ENDED = frozenset("bed breed creed feed need reed seed speed steed weed family assembly supply".split())


class Phrase(NamedTuple):
    """Words `first` up to, not including, `last` say what somebody is; `owners` tell whose that is."""

    first: int
    last: int
    owners: tuple[int, ...]


def leftward(words: Words, end: int) -> Phrase | None:
    """The role whose last word stands right before word `end`."""
    head, last, owners = _head_before(words, end)
    return None if head is None else grown(words, head, last, owners)


def _head_before(words: Words, end: int) -> tuple[int | None, int, tuple[int, ...]]:
    """The word that says what somebody is, where the role ends, and whose it is: "director of harbour affairs"."""
    if end - 1 not in words.name and (not words.word[end - 1][0].isalnum() or words.low[end - 1] in ARTICLES):
        return None, end, ()
    if _heads(words, end - 1):
        return (None, end, ()) if _acts(words, end - 1) else (end - 1, end, ())
    for k in range(end - 2, end - LONGEST, -1):
        low = words.low[k]
        if low in LINKS or (low in PREPOSITIONS and k + 1 in words.name):
            if _heads(words, k - 1):
                owner = next((i for i in range(k + 1, end) if i in words.name or i in words.country), None)
                return (k - 1, end, ()) if owner is None or low == "de" else (k - 1, k, (owner,))
        elif words.romance and _heads(words, k):
            return k, end, tuple(i for i in range(k + 1, end) if i in words.country)  # "le président français"
        elif not _inside(words, k):
            break
    return None, end, ()


def _acts(words: Words, i: int) -> bool:
    """Whether word `i` is a verb behind another: "did not impress Brink"."""
    before = words.low[i - 1]
    return words.word[i].islower() and (before in ("to", "not") or before in PRONOUNS or before in MODALS)


def grown(words: Words, head: int, last: int, owners: tuple[int, ...] = ()) -> Phrase:
    """The role with head at word `head`, with what stands before that: "former deputy transport"."""
    first = j = head
    body = False  # a body's or town's name stands in the phrase: what is before it is no part of the role
    while head - j < LONGEST:
        i = j - 1
        if _is_mark(words, i):
            owners += (i - 1,)
            break
        if i in words.name:
            if words.kind(i) == "PERSON":
                break
            j = words.first_of(i)
            owners += (i,)
            body = body or i not in words.states
        elif i in words.country:
            j = i
            owners += (i,)
        elif _modifies(words, i, head):
            j = i
        else:
            break
        if not body:
            first = j
    if not owners and words.low[first - 1] == "its":
        owners = (first - 1,)
    while first < head and (words.low[first] in DROPPED or _OF_AGE.match(words.low[first])):
        first += 1
    return Phrase(first, last, owners)


def rightward(words: Words, at: int, *, bare: bool = False) -> Phrase | None:
    """The role that begins at word `at`: "the ministry's chief negotiator for fish". `bare`: without article or owner."""
    low = words.low
    owners: tuple[int, ...] = ()
    own = low[at] in DETERMINERS or low[at] in ARTICLES
    if own:
        owners = (at,) if low[at] == "its" else ()
        at += 1
    mark = _possessive(words, at)
    if mark is not None:
        owners, at, own = (mark - 1,), mark + 1, True
    if not (own or bare):
        return None
    head, first, within = _noun_phrase(words, at)
    if head is None or words.kind(head + 1) == "PERSON":
        return None
    while first < head and (low[first] in DROPPED or _OF_AGE.match(low[first])):
        first += 1
    last, behind = extent(words, head + 1)
    return Phrase(first, last, owners + within + behind)


def _possessive(words: Words, at: int) -> int | None:
    """The mark of the owner that begins at word `at`: the 's of "the town council's"."""
    for i in range(at, at + LONGEST):
        if i in words.name and words.past(i) > i + 1:
            continue
        if _is_mark(words, i):
            return i if i > at else None
        if words.low[i] in STOPPERS or not words.word[i][0].isalnum():
            return None
    return None


def _is_mark(words: Words, i: int) -> bool:
    """Whether word `i` is the mark of a possessive."""
    return words.low[i] in ("'s", "’s") or (words.low[i] in ("'", "’") and words.low[i - 1].endswith("s"))


def _noun_phrase(words: Words, at: int) -> tuple[int | None, int, tuple[int, ...]]:
    """Head and first word of the role in the phrase that begins at word `at`, and its owners."""
    low = words.low
    head, first, i = None, at, at
    owners: tuple[int, ...] = ()
    while i - at < LONGEST:
        if i in words.name:
            if words.kind(i) == "PERSON":
                break
            owners += (i,)
            if i not in words.states:
                first = words.past(i)
            i = words.past(i)
            continue
        if i in words.demonyms:
            owners += (i,)
        elif low[i] in ("and", "&") and head == i - 1:
            if not _goes_on(words, i + 1):
                break
        elif not _inside(words, i):
            break
        elif _heads(words, i):
            head = i
        i += 1
    if head is None or head < first:
        return None, first, owners
    after = low[head + 1]
    if head + 1 < i and not (after.endswith(("ed", "ing")) or after[0].isdigit()):
        return None, first, owners
    return head, first, owners


def _goes_on(words: Words, at: int) -> bool:
    """Whether a second role follows "and": "founder and chief executive"."""
    for i in range(at, at + 4):
        if i in words.name or not _inside(words, i):
            return False
        if _heads(words, i):
            return words.kind(i + 1) != "PERSON"
    return False


def extent(words: Words, at: int) -> tuple[int, tuple[int, ...]]:
    """Where the role ends whose head stands before word `at`: behind "of the flood committee", before a name, which owns it."""
    low = words.low
    last, i = at, at
    while low[i] in PREPOSITIONS and i - at < LONGEST:
        link = low[i]
        begin = i + 1
        has_article = low[begin] in ARTICLES or low[begin] in DETERMINERS
        begin += has_article
        end = begin
        while end - begin < 7 and end not in words.name and _inside(words, end) and not words.word[end].isdigit():
            end += 1
        if end in words.name:
            return last, _owning(words, end, link)
        if end == begin:
            return last, ()
        called = end == begin + 1 and low[begin] in BODIES  # "of the ministry"
        if (link in _BROAD and not called) or (link in _NARROW and not has_article):
            last = end
        elif called or has_article:
            return last, (end - 1,)
        i = end
    return last, ((last - 1,) if last > at else ())


def _owning(words: Words, i: int, link: str) -> tuple[int, ...]:
    """The owners that a name behind a preposition tells: a body, or a place of which somebody is something, not where."""
    after = words.past(i)
    if words.low[after] in POSSESSIVES and words.kind(after + 1) == "ORGANIZATION":
        return (after + 1, i)
    return (i,) if words.kind(i) != "PLACE" or link in _BELONGING else ()


def _heads(words: Words, i: int) -> bool:
    return i not in words.name and i not in words.demonyms and is_head(words.word[i])


def _modifies(words: Words, i: int, head: int) -> bool:
    """Whether word `i` may stand in a role before its head."""
    low = words.low[i]
    if low in ("and", "&"):
        return (
            i + 1 < head
            and words.upper(i - 1)
            and words.upper(i + 1)
            and not _heads(words, i - 1)
            and i - 1 not in words.name
            and words.low[i - 1] not in STOPPERS
        )
    if words.upper(head) and not words.upper(i) and low not in MODIFIERS and low not in BEFORE_TITLES:
        return False
    return _inside(words, i)


def _inside(words: Words, i: int) -> bool:
    """Whether word `i` is no mark, verb or the like, at which a phrase ends."""
    low = words.low[i]
    if low in MODIFIERS:
        return i - 1 not in words.name
    if low in BASES and not _acts(words, i):
        return True
    if not low[0].isalnum() or low in STOPPERS or low in ARTICLES or low in HONORIFICS or low in CONJUNCTIONS or low == LINE:
        return False
    return not low.endswith(("ly", "ed")) or low in _ENDED
