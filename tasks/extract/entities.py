"""Entities: the names of a text resolved to whom or what they mean; people with their roles."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from tasks.extract.entity_bodies import Body, bodies
from tasks.extract.entity_forms import person
from tasks.extract.entity_kinds import consistent
from tasks.extract.entity_people import Person, people
from tasks.extract.entity_words import Words, read
from tasks.extract.records import Entity, Mention, PlaceMention
from tasks.extract.role_again import again
from tasks.extract.role_owner import owned
from tasks.extract.roles import roles
from tasks.gazetteer import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tasks.extract.records import Name
    from tasks.extract.role_phrase import Phrase


def entities(text: str, names: Sequence[Name], places: Sequence[PlaceMention], *, language: str | None = "en") -> list[Entity]:
    """What the names and places of a text mean, in the order in which each stands first; no kind and key comes twice.

    `names` are sorted and do not overlap. An adjective ("Chinese") is no mention of its place.
    """
    language = language or "en"
    names = consistent(text, names)
    words = read(text, names, places, language)
    organisations = bodies(words, _of_kind(names, "ORGANIZATION"))
    made = [_body(words, body) for body in organisations]
    made += _people(words, people(words, _of_kind(names, "PERSON")), organisations, [entity.name for entity in made])
    made += _places(names, places)
    return sorted(_merged(made), key=lambda entity: entity.mentions[0].start)


def _of_kind(names: Sequence[Name], kind: str) -> list[int]:
    return [n for n, name in enumerate(names) if name.kind == kind]


def _body(words: Words, body: Body) -> Entity:
    mentions = _mentions(words, body.names)
    name = _fullest(_printed(words, body.names), len)
    return Entity("ORGANIZATION", name, body.title.key(body.country), _others(mentions, name), mentions, country=body.country)


def _people(words: Words, found: Sequence[Person], organisations: Sequence[Body], titles: Sequence[str]) -> list[Entity]:
    """People with their roles, and the country and organisation of the first of those that has one."""
    spoken = [[role for n in somebody.names for role in roles(words, *words.spans[n])] for somebody in found]
    spoken = [_once(words, own) for own in spoken]
    named = [somebody.names for somebody in found]
    told = owned(words, spoken, named, organisations, titles)
    if more := again(words, told, [words.spans[numbers[0]][0] for numbers in named]):
        for n, role in more:
            spoken[n].append(role)
        told = owned(words, [_once(words, own) for own in spoken], named, organisations, titles)
    made = []
    for somebody, own in zip(found, told, strict=True):
        mentions = _mentions(words, somebody.names)
        name = _fullest(_printed(words, somebody.names), lambda text: len(person(text).parts))
        country = next((role.country for role in own if role.country), None)
        of = next((role.organisation for role in own if role.organisation), None)
        key = person(name).key or fold(name)
        made.append(Entity("PERSON", name, key, _others(mentions, name), mentions, tuple(own), country, of))
    return made


def _once(words: Words, spoken: Iterable[Phrase]) -> list[Phrase]:
    """Roles without those that say the same again."""
    first: dict[str, Phrase] = {}
    for role in spoken:
        first.setdefault(" ".join(words.low[role.first : role.last]), role)
    return list(first.values())


def _places(names: Sequence[Name], places: Sequence[PlaceMention]) -> list[Entity]:
    """A place for each that is named, and for each name of one that is not known."""
    unknown = {name.start: name for name in names if name.kind == "PLACE"}
    others = [name for name in names if name.kind != "PLACE"]
    found: dict[str, list[PlaceMention | Name]] = defaultdict(list)
    country: dict[str, str | None] = {}
    known: dict[str, str] = {}
    for place in places:
        if place.usage == "adjective" or _overlaps(place, others):
            continue
        key = str(place.geonames_id) if place.geonames_id is not None else f"{fold(place.name)}|{place.country or ''}"
        country[key] = place.country
        known[place.text] = key
        found[key].append(place)
        unknown.pop(place.start, None)
    for other in unknown.values():
        found[known.get(other.text, fold(other.text) + "|")].append(other)
    made = []
    for key, spans in found.items():
        mentions = tuple(sorted(Mention(span.start, span.end, span.text) for span in spans))
        name = _fullest(mentions, len)
        made.append(Entity("PLACE", name, key, _others(mentions, name), mentions, country=country.get(key)))
    return made


def _overlaps(place: PlaceMention, others: Sequence[Name]) -> bool:
    """Whether a place stands in another name; `others` are sorted and do not overlap."""
    before = bisect_left(others, place.end, key=lambda name: name.start) - 1
    return before >= 0 and others[before].end > place.start


def _mentions(words: Words, numbers: Iterable[int]) -> tuple[Mention, ...]:
    return tuple(Mention(name.start, name.end, name.text) for name in (words.names[n] for n in numbers))


def _printed(words: Words, numbers: Sequence[int]) -> tuple[Mention, ...]:
    """The mentions outside headlines, where there are any."""
    return _mentions(words, [n for n in numbers if n not in words.headlines] or numbers)


def _fullest(mentions: Sequence[Mention], size: Callable[[str], int]) -> str:
    """The form that says most; of several the one not in capitals, printed most often, longest, first."""
    times = Counter(mention.text for mention in mentions)
    return max(times, key=lambda text: (size(text), not (text.isupper() and " " in text), times[text], len(text)))


def _others(mentions: Sequence[Mention], name: str) -> tuple[str, ...]:
    return tuple(text for text in dict.fromkeys(mention.text for mention in mentions) if text != name)


def _merged(made: Iterable[Entity]) -> list[Entity]:
    """Entities of one kind and key as one."""
    found: dict[tuple[str, str], Entity] = {}
    for entity in made:
        one = found.get((entity.kind, entity.key))
        found[entity.kind, entity.key] = entity if one is None else _joined(one, entity)
    return list(found.values())


def _joined(one: Entity, other: Entity) -> Entity:
    mentions = tuple(sorted(one.mentions + other.mentions))
    return Entity(
        one.kind,
        one.name,
        one.key,
        _others(mentions, one.name),
        mentions,
        one.roles + other.roles,
        one.country or other.country,
        one.of or other.of,
    )
