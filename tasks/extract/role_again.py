"""Roles that stand for a person named before: "The US top diplomat will …", "the Kenyan minister said"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.extract.role_phrase import rightward
from tasks.extract.role_words import is_head

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.extract.entity_words import Words
    from tasks.extract.records import Role
    from tasks.extract.role_phrase import Phrase

ALSO_CALLED = {  # last words of a role → those of the offices that it may be said of
    "diplomat": ("secretary of state", "foreign minister", "foreign secretary", "ambassador"),
    "premier": ("prime minister",),
    "leader": ("president", "prime minister", "chancellor", "premier"),
    "mediator": ("envoy",),
}
NEAR = 5  # words behind "the" among which the role's head must stand
BESIDE = frozenset((",", "–", "—", "--", "-", "(", "of", "for", "at", "and"))  # behind them a name may follow: an apposition


def again(words: Words, told: Sequence[Sequence[Role]], firsts: Sequence[int]) -> list[tuple[int, Phrase]]:
    """Roles with the number of the person they stand for: the only one named before who has that office and no other country.

    `told` are the roles of each person, `firsts` the word at which each is first named.
    """
    found = []
    last = len(words.low) - NEAR
    offices = [[(role.text.lower(), role.country) for role in roles] for roles in told]
    for i, low in enumerate(words.low[:last]):
        if low != "the" or not any(is_head(word) for word in words.word[i + 1 : i + 1 + NEAR]):
            continue
        role = rightward(words, i)
        if role is None or role.last in words.name or words.low[role.last] in BESIDE or not _free(words, role):
            continue
        countries = {words.country[k] for k in role.owners if k in words.country}
        heads = _heads(words, role)
        fitting = [
            n
            for n, own in enumerate(offices)
            if firsts[n] < i and any(text.endswith(heads) and (not countries or country in countries) for text, country in own)
        ]
        if len(fitting) == 1 and countries:
            found.append((fitting[0], role))
    return found


def _free(words: Words, role: Phrase) -> bool:
    """Whether no name of a person stands in the phrase or right before it."""
    inside = range(role.first - 2, role.last + 1)
    return all(words.kind(k) != "PERSON" for k in inside)


def _heads(words: Words, role: Phrase) -> tuple[str, ...]:
    """How the office of somebody who is called that may end."""
    noun = words.low[role.last - 1]
    own = [words.low[k] for k in range(role.first, role.last) if k not in words.country and k not in words.name]
    said = " ".join(w for w in own if w not in {"top", "chief", "senior", "us"})
    return (said, *ALSO_CALLED.get(noun, ())) if said else ALSO_CALLED.get(noun, (noun,))
