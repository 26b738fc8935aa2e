"""Whose a role is: the country and the organisation that the words in and around it tell."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from tasks.extract.body_words import STATE_ORGANS, VAGUE
from tasks.extract.records import Role
from tasks.extract.role_words import BODY_WORDS, FIRMS, KIN, OFFICES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.extract.entity_bodies import Body
    from tasks.extract.entity_words import Words
    from tasks.extract.role_phrase import Phrase

_STOPS = frozenset(".?!\n")
NEAR = 60  # words before a role in which "its" looks for a body
TRIED = 60  # names of bodies before a role that are looked at


def owned(
    words: Words,
    spoken: Sequence[Sequence[Phrase]],
    named: Sequence[Sequence[int]],
    bodies: Sequence[Body],
    titles: Sequence[str],
) -> list[list[Role]]:
    """The roles of each person, with country and organisation.

    `named` are the numbers of each person's names, `titles` the full names of the bodies.
    """
    countries = set(words.country.values())
    sole = countries.pop() if len(countries) == 1 else None
    places = sorted((words.spans[n][0], place) for place, body in enumerate(bodies) for n in body.names)
    scene = _Scene(words, bodies, places, {n: place for place, body in enumerate(bodies) for n in body.names}, {}, sole)
    found: list[list[Role]] = []
    for _ in range(2):  # the second time "Brink's adviser" belongs to the country of Brink's office
        found = [[_role(scene, phrase, titles) for phrase in phrases] for phrases in spoken]
        for numbers, roles in zip(named, found, strict=True):
            country = next((role.country for role in roles if role.country), None)
            if country:
                scene.country_of.update(dict.fromkeys(numbers, country))
    return found


class _Scene(NamedTuple):
    """Where owners are looked for."""

    words: Words
    bodies: Sequence[Body]
    named: Sequence[tuple[int, int]]  # first word and body of each of their names, in order
    body_of: dict[int, int]  # number of a name → place of its body
    country_of: dict[int, str]  # number of a person's name → the country of that person's office
    sole: str | None  # the only country that the text names


def _role(scene: _Scene, phrase: Phrase, titles: Sequence[str]) -> Role:
    words = scene.words
    country, body = _owner(scene, phrase)
    start, end = words.start[phrase.first], words.end[phrase.last - 1]
    return Role(start, end, words.text[start:end], country, None if body is None else titles[body])


def _owner(scene: _Scene, role: Phrase) -> tuple[str | None, int | None]:
    """Country and place of the body that a role belongs to."""
    words = scene.words
    country: str | None = None
    body: int | None = None
    for i in role.owners:
        number = words.name.get(i)
        if number in scene.body_of:
            body = scene.body_of[number] if body is None else body
        elif number in scene.country_of:
            kin = not KIN.isdisjoint(words.low[role.first : role.last])
            country = country or (None if kin else scene.country_of[number])
        elif i in words.country:
            country = country or words.country[i]
        elif words.low[i] == "its" and _of_state(words, role):
            country = country or _last_country(words, i)
        elif number is None and body is None:
            body = _called(scene, i, role.first)
    if country is None and body is not None:
        country = scene.bodies[body].country
    if country is None and body is None and _of_state(words, role):
        country = scene.sole
    return country, body


def _of_state(words: Words, role: Phrase) -> bool:
    return not OFFICES.isdisjoint(words.low[role.first : role.last])


def _last_country(words: Words, before: int) -> str | None:
    """The country of the place that is named last before a word, and near."""
    near = (i for i in range(before - 1, max(before - NEAR, 0), -1) if words.kind(i) == "PLACE" and i in words.country)
    return next((words.country[i] for i in near), None)


def _called(scene: _Scene, i: int, before: int) -> int | None:
    """The body that "the ministry", "the company" or "its" at word `i` means: the first of the last sentence that names one."""
    words, noun = scene.words, scene.words.low[i]
    best, at = None, before
    last = bisect_left(scene.named, (before, 0))
    for first, place in reversed(scene.named[max(0, last - TRIED) : last]):
        if best is not None and not _together(words, first, at):
            break
        if noun == "its" and before - first > NEAR:
            break
        if _fits(noun, scene.bodies[place]):
            best, at = place, first
    return best


def _together(words: Words, first: int, last: int) -> bool:
    """Whether two words stand in one sentence."""
    return last - first < NEAR and _STOPS.isdisjoint(words.low[first:last])


def _fits(noun: str, body: Body) -> bool:
    title = body.title.words
    if noun in BODY_WORDS and not BODY_WORDS[noun].isdisjoint(title):
        return True
    return noun == "its" or (noun in FIRMS and not VAGUE.issuperset(title) and STATE_ORGANS.isdisjoint(title))
