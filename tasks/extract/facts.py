"""All that a text says: names, places, entities, dates, quotations, events, keywords, and the five questions.

names → places → entities → dates → quotes → events → keywords → five_w; each takes what those before it found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.extract.dates import dates
from tasks.extract.engines import BUILTIN, engine
from tasks.extract.entities import entities
from tasks.extract.events import events
from tasks.extract.five_w import five_w
from tasks.extract.keywords import keywords
from tasks.extract.place_dateline import datelines
from tasks.extract.places import places
from tasks.extract.quotes import quotes
from tasks.extract.records import FiveW

if TYPE_CHECKING:
    from datetime import datetime

    from tasks.extract.dates import DateMention
    from tasks.extract.quotes import Quote
    from tasks.extract.records import Entity, Event, Keyword, Name, PlaceMention
    from tasks.types import HeadField

VERSION = "facts-1"  # another one whenever what is found may differ
DAYS = frozenset({"second", "minute", "day"})  # precisions of a publication from which dates can be reckoned
UNANSWERED = FiveW()
SURE = 0.8  # confidence from which a name tells the reader of quotations who speaks; below it knows better itself
LONGEST = 100_000  # characters that are read; a text of a million would take seconds


@dataclass(frozen=True, slots=True)
class Body:
    """A text to be read, and what is known of it."""

    text: str
    title: str | None = None
    language: str | None = None  # ISO 639-1
    published: datetime | None = None  # what its dates are reckoned from; without it they stay relative
    home: str | None = None  # ISO 3166-1 alpha-2 code of the country it is published in
    dateline_place: str | None = None
    dateline_country: str | None = None
    fields: tuple[HeadField, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text says. Every fact points at its characters in it; those of `datelines` are in the text's head."""

    extractor: str
    read: int = 0  # characters
    names: tuple[Name, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    datelines: tuple[PlaceMention, ...] = ()
    entities: tuple[Entity, ...] = ()
    dates: tuple[DateMention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    events: tuple[Event, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    five_w: FiveW = UNANSWERED
    error: str | None = None  # why there are none


def facts(body: Body, spec: str = BUILTIN) -> Facts:
    """What a text says. `spec` is the engine that finds the names: builtin, spacy:MODEL or module:factory."""
    text, language, at = _within_limit(body.text), body.language, body.published
    names = engine(spec)(text, language)
    where = places(
        text, names, language=language, home=body.home, dateline=body.dateline_place, dateline_country=body.dateline_country
    )
    who = entities(text, names, where, language=language)
    sure = {(n.start, n.end) for n in names if n.confidence >= SURE}
    people = [(m.start, m.end, e.name) for e in who if e.kind == "PERSON" for m in e.mentions if (m.start, m.end) in sure]
    when = dates(text, at, language)
    said = quotes(text, language, people=sorted(people))
    headline = engine(spec)(body.title, language) if body.title else []
    done = events(text, language=language, names=names, entities=who, places=where, dates=when, at=at)
    short = five_w(
        text, body.title, language=language, at=at, names=names, entities=who, places=where, dates=when, events=done, quotes=said,
        title_names=headline, title_places=places(body.title, headline, language=language, home=body.home) if body.title else (),
    )  # fmt: skip
    return Facts(
        extractor=extractor(spec),
        read=len(text),
        names=tuple(names),
        places=tuple(where),
        datelines=datelines(body.fields, body.dateline_place, body.dateline_country, body.home),
        entities=tuple(who),
        dates=tuple(when),
        quotes=tuple(said),
        events=tuple(done),
        keywords=tuple(keywords(text, body.title, language=language, names=names)),
        five_w=short,
    )


def failed(why: str, spec: str = BUILTIN) -> Facts:
    """No facts, because reading them failed: the text lands all the same."""
    return Facts(extractor(spec), error=why)


def extractor(spec: str) -> str:
    """What reads the facts, and its version."""
    return VERSION if spec == BUILTIN else f"{VERSION} {spec}"


def _within_limit(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    end = text.rfind("\n", 0, LONGEST)
    return text[: end if end > 0 else LONGEST]
