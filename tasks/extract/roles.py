"""Roles: what a text says that a person is, before the name, behind it, and with "is" or "as"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tasks.extract.cue_verbs import ENGLISH
from tasks.extract.entity_words import LINE
from tasks.extract.role_phrase import Phrase, extent, grown, leftward, rightward
from tasks.extract.role_words import (
    APPOINT,
    ARTICLES,
    BE,
    DETERMINERS,
    HONORIFICS,
    LEADS,
    POLITICAL,
    RANKS,
    SERVE,
    STOPPERS,
    is_head,
)
from tasks.extract.word_classes import FINITE, PERFECT, POSSESSIVES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tasks.extract.entity_words import Words

REACH = 12  # words looked at from a name for what its bearer is
OPENERS = frozenset((",", "–", "—", "--", "-", "("))
CLOSERS = frozenset((",", ".", ";", ":", ")", "–", "—", "--", "(", "”", '"', LINE, "?", "!", "»", "«"))
ENDS = frozenset((LINE, ".", "?", "!", ";", ":", "”", "“", '"', "»", "«", ","))
_AFFILIATED = frozenset("of from at with de von".split())
_WITHIN = (
    frozenset("of for at in from with to on and de del des du von".split()) | ARTICLES | DETERMINERS | POSSESSIVES
)  # between head and end
_BEHIND = frozenset("of for at in from with to de del des du von himself herself there here".split())  # a role ends before
_GENERALS = frozenset("secretary attorney director inspector solicitor consul surgeon governor auditor".split())
_CALLED = frozenset("named called".split())
_AGE = re.compile(r"\d{1,3}")
_ONCE = frozenset("then now formerly once himself herself previously damals zuletzt".split())
_DOWN = frozenset("down over back".split())


def roles(words: Words, first: int, last: int) -> list[Phrase]:
    """The roles that stand around the name on words `first` up to, not including, `last`; they do not overlap."""
    apart: list[Phrase] = []
    for role in _all(words, first, last):
        if role is not None and all(role.last <= other.first or other.last <= role.first for other in apart):
            apart.append(role)
    return sorted(apart)


def _all(words: Words, first: int, last: int) -> Iterator[Phrase | None]:
    begin = _untitled(words, first)
    role = (
        _titling(words, begin, first, last)
        or _called(words, begin)
        or _apposed_before(words, begin, last)
        or _rank(words, begin, first)
    )
    if role is not None and not role.owners:
        role = role._replace(owners=_of_name(words, last))
    yield role
    yield _apposed(words, last)
    yield _is(words, last)
    yield _is_before(words, begin, last)
    yield _as(words, first, last)


def _titling(words: Words, begin: int, first: int, last: int) -> Phrase | None:
    """The role right before a name and its titles; none in "a major Brink foe" and "the conservative Sen. Brink"."""
    role = leftward(words, begin)
    if role is None or (begin < first and words.low[begin - 1] in POLITICAL):
        return None
    behind = words.low[last]
    adjective = (
        words.low[role.first - 1] in ("a", "an") and behind.isalpha() and words.word[last].islower() and behind not in STOPPERS
    )
    return None if adjective else role


def _untitled(words: Words, begin: int) -> int:
    """The first of the titles and ranks before a name that are no role, or not all of one."""
    low = words.low
    while low[begin - 1] in HONORIFICS or (low[begin - 1] in RANKS and words.upper(begin - 1)):
        if low[begin - 1] == "general" and low[begin - 2] in _GENERALS:
            break
        begin -= 1
    return begin


def _called(words: Words, name: int) -> Phrase | None:
    """As in "a farmer named Ada Brink", "by the name of Ada Brink"."""
    low = words.low
    end = name - 1 if low[name - 1] in _CALLED else name - 4 if low[name - 4 : name] == ["by", "the", "name", "of"] else None
    role = leftward(words, end) if end is not None else None
    return role if role is not None and low[role.first - 1] in ("a", "an") else None


def _rank(words: Words, begin: int, first: int) -> Phrase | None:
    """A rank as a role: "Rear Adm."; the words from `begin` to `first` are titles."""
    ranks = [i for i in range(begin, first) if words.low[i] in RANKS]
    return grown(words, ranks[0], ranks[-1] + 1) if ranks else None


def _apposed_before(words: Words, name: int, last: int) -> Phrase | None:
    """As in "the mayor of the island, Ada Brink, said": a role with an article or owner, and the name between commas."""
    if words.low[name - 1] != "," or words.low[_past_affiliation(words, last)[0]] not in CLOSERS:
        return None
    return _ending_at(words, name - 1)


def _is_before(words: Words, name: int, last: int) -> Phrase | None:
    """As in "the finance chief is Ada Brink"."""
    if words.low[name - 1] not in BE or words.low[last] in POSSESSIVES:
        return None
    return _ending_at(words, name - 1)


def _ending_at(words: Words, end: int) -> Phrase | None:
    """The role in a phrase with an article or owner that ends before word `end`."""
    low = words.low
    head, k = None, end
    while end - k < REACH:
        k -= 1
        if k in words.name:
            if words.kind(k) == "PERSON":
                break
            k = words.first_of(k)
        elif low[k] in ENDS or (low[k] in STOPPERS and low[k] not in _WITHIN):
            break
        elif k not in words.demonyms and is_head(words.word[k]) and (k == end - 1 or low[k + 1] in _BEHIND):
            head = k
    if head is None:
        return None
    last, owners = extent(words, head + 1)
    role = grown(words, head, min(last, end), owners)
    before = low[role.first - 1]
    owned = before in DETERMINERS or before in ARTICLES or before in POSSESSIVES or bool(role.owners)
    return role if owned or (before in ENDS and before != ",") else None


def _of_name(words: Words, last: int) -> tuple[int, ...]:
    """Whose role it is, told behind the name: "judge Ada Brink of the High Court"."""
    if words.low[last] != "of":
        return ()
    for i in range(last + 1, last + 5):
        if i in words.name:
            return (i,)
        if not words.word[i][0].isalnum():
            break
    return ()


def _apposed(words: Words, last: int) -> Phrase | None:
    """As in "Ada Brink, 45, the ministry's spokeswoman": a role behind a comma, a dash or a bracket."""
    at, owners = _past_affiliation(words, last)
    at = _past_bracket(words, at)
    if words.low[at] not in OPENERS:
        return None
    at += 1
    at += words.low[at] in ("aged", "age")
    if _AGE.fullmatch(words.low[at]) and words.low[at + 1] in OPENERS:
        at += 2
    if words.low[at] == "who":
        return _who(words, at + 1)
    while words.low[at] in _ONCE:
        at += 1
    if words.low[at] == "as":
        at += 1
    role = rightward(words, at, bare=True)
    if role is None or not _closed(words, role.last):
        return None
    return role._replace(owners=role.owners or owners)


def _closed(words: Words, at: int) -> bool:
    """Whether an apposition may end before word `at`: not where a verb makes it a subject: "for Brink, the mayor said"."""
    low = words.low[at]
    return low in CLOSERS or not (low in FINITE or low in PERFECT or low in ENGLISH)


def _past_affiliation(words: Words, last: int) -> tuple[int, tuple[int, ...]]:
    """Behind "of the Fish Council" after a name, and its word."""
    if words.low[last] not in _AFFILIATED:
        return last, ()
    i = last + 1
    while i < last + 4 and i not in words.name:
        if not words.word[i][0].isalnum():
            return last, ()
        i += 1
    return (words.past(i), (i,)) if i in words.name else (last, ())


def _past_bracket(words: Words, at: int) -> int:
    """Behind a bracket that opens at word `at` and holds no role: "(45)", "(not Brinck)"."""
    if words.low[at] != "(":
        return at
    for i in range(at + 1, at + 6):
        if words.low[i] == ")":
            return i + 1
        if is_head(words.word[i]):
            break
    return at


def _who(words: Words, at: int) -> Phrase | None:
    """As in "who heads the Fish Council", verb and body, or "who is the mayor"."""
    if words.low[at] in LEADS:
        for i in range(at + 1, at + 5):
            if words.kind(i) == "ORGANIZATION":
                return Phrase(at, words.past(i), (i,))
            if not words.word[i][0].isalnum():
                break
    return rightward(words, at + 1) if words.low[at] in BE else None


def _is(words: Words, last: int) -> Phrase | None:
    """As in "Ada Brink is the chief executive", "was elected president"."""
    low = words.low
    last, owners = _past_affiliation(words, last)
    if low[last] not in BE and not (low[last] == "has" and low[last + 1] == "been"):
        return None
    at = last + 1 + (low[last + 1] == "been")
    appointed = low[at] in APPOINT
    role = rightward(words, at + appointed + (appointed and low[at + 1] == "as"), bare=True)
    if role is None:
        return None
    role = role._replace(owners=role.owners or owners)
    return (
        role
        if low[at] in APPOINT or low[role.last] in CLOSERS | {"and", "who", "at", "of", "for", "from", "in", "with"}
        else None
    )


def _as(words: Words, first: int, last: int) -> Phrase | None:
    """As in "named Ada Brink as its head", "named Ada Brink president", "Ada Brink resigned as chairwoman"."""
    low = words.low
    if low[last] in SERVE and low[last + 1] == "as":
        return rightward(words, last + 2, bare=True)
    if low[last + 1] in _DOWN and low[last + 2] == "as":
        return rightward(words, last + 3, bare=True)
    before = low[max(first - 6, 0) : first]
    if low[last] in CLOSERS or APPOINT.isdisjoint(before):
        return None
    appointed = max(i for i, word in enumerate(before) if word in APPOINT)
    if not ENDS.isdisjoint(before[appointed:]):
        return None
    return rightward(words, last + (low[last] == "as"), bare=True)
