"""What a text says, as records. Each points at its characters: `text == body[start:end]`; offsets are Unicode code points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003  the records are read at run time
from typing import Literal, NamedTuple

NameKind = Literal["PERSON", "ORGANIZATION", "PLACE"]
PlaceKind = Literal["country", "region", "city", "area", "facility"]
Usage = Literal["mentioned", "metonym", "adjective"]
"""How a place stands in the text: as itself, for its government ("Beijing rejected"), or as an adjective ("Chinese")."""

Status = Literal["happened", "planned", "denied", "cancelled", "reported"]


class Name(NamedTuple):
    """A proper name: no title, no "the" in front, no possessive behind."""

    kind: NameKind
    start: int
    end: int
    text: str
    confidence: float  # 0-1


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place that the text names. Degrees are WGS 84; an area (a continent, a sea, a union of states) has no country."""

    start: int
    end: int
    text: str
    name: str  # as the gazetteer has it
    country: str | None  # ISO 3166-1 alpha-2
    admin1: str | None  # GeoNames' code of the first-level region
    lat: float | None
    lon: float | None
    geonames_id: int | None
    kind: PlaceKind
    usage: Usage
    confidence: float  # 0-1: that this one is meant, and not a namesake


class Mention(NamedTuple):
    """Where an entity is named."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Role:
    """What a person is, as printed ("US Secretary of State"), and of which country or organisation."""

    start: int
    end: int
    text: str
    country: str | None  # ISO 3166-1 alpha-2
    organisation: str | None


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that a text names, once for all its mentions."""

    kind: NameKind
    name: str  # the fullest form printed
    key: str  # what the same one has in every text: the folded name, a place's GeoNames id or name and country
    aliases: tuple[str, ...]  # the other forms printed
    mentions: tuple[Mention, ...]
    roles: tuple[Role, ...] = ()  # people only
    country: str | None = None  # that it belongs to, where the text tells
    of: str | None = None  # the organisation that it belongs to, where the text tells


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom, where and when. `text` are the words of the action; NULL is what the sentence does not tell."""

    start: int
    end: int
    text: str
    sentence_start: int
    sentence_end: int
    code: str  # CAMEO root, two digits
    plover: str  # class of PLOVER
    action: str  # what was done, readable: "meet", "shoot down"
    actor: str | None  # in full where the text names it in full
    actor_text: str | None
    actor_start: int | None
    actor_end: int | None
    target: str | None
    target_text: str | None
    target_start: int | None
    target_end: int | None
    place: str | None
    place_start: int | None
    place_end: int | None
    value: str | None  # TIMEX value of the date
    from_date: date | None
    to_date: date | None
    status: Status
    confidence: float


class Keyword(NamedTuple):
    """A telling word or phrase, where it first stands, and its weight (0-1, 1 the heaviest of the text)."""

    start: int
    end: int
    text: str
    term: str  # its base form, under which texts share it
    score: float


class Answer(NamedTuple):
    """An answer to one of the questions, verbatim; its characters stand in the headline or in the text."""

    start: int
    end: int
    text: str
    score: float
    part: Literal["title", "text"] = "text"


@dataclass(frozen=True, slots=True)
class FiveW:
    """Who did what, when, where, why and how: the best answers first."""

    who: tuple[Answer, ...] = ()
    what: tuple[Answer, ...] = ()
    when: tuple[Answer, ...] = ()
    where: tuple[Answer, ...] = ()
    why: tuple[Answer, ...] = ()
    how: tuple[Answer, ...] = ()
