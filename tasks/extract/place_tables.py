"""The names of countries, regions, wide areas and peoples, in English and in the language of a text.

They come from the gazetteer and from tables of ours beside it (tasks/data): areas, demonyms and the adjectives of areas.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from tasks.extract.place_words import ENDINGS, NICKNAMES, POSTAL
from tasks.gazetteer import OWN_NAME, Row, country_lines, fold, region_lines, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNTRY = 3e8  # people: what a country weighs against towns of its name
AREA = 3e7
NAMED_REGION = 2e6  # a region of which the people are not known
REGION = 0.3  # of its people: a name that a region shares with its own capital mostly means the town
TOWN = 3.0
SHORT = 4  # letters: an abbreviation of up to that length is printed in capitals alone
LANGUAGES = frozenset("en de fr es pt it nl pl ru ja zh".split())  # others are read as English


class Known(NamedTuple):
    """Something that a name may mean. Degrees are WGS 84."""

    kind: str  # country, region, city, area
    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    id: int | None
    weight: float  # people, about
    adjective: bool = False
    level: str = ""  # the gazetteer's kind; "abbreviation" for what is printed in capitals alone


@cache
def special(language: str) -> dict[str, tuple[Known, ...]]:
    """What each folded name means of countries, regions, areas and peoples, in English and the language."""
    found: dict[str, list[Known]] = {}
    for name, known in (*_countries_named(language), *_areas(), *_regions(), *_nicknames(), *_peoples(language)):
        key = fold(name)
        others = found.setdefault(key, [])
        if len(key) <= SHORT and name.isupper():
            known = known._replace(level="abbreviation")  # noqa: PLW2901  the same meaning under a short name
        if not any(_same(known, other) for other in others):
            others.append(known)
    return {name: tuple(known) for name, known in found.items()}


def _same(known: Known, other: Known) -> bool:
    """Whether two meanings of a name are one; of those without a region the first is kept, which has a point."""
    if known.name == other.name and known.kind == other.kind:
        return True
    return known.kind != "city" and known.admin1 is None and known.country is not None and known.country == other.country


@cache
def qualifiers() -> dict[str, tuple[Known, ...]]:
    """The states and countries that papers print behind a town, by folded name."""
    found: dict[str, list[Known]] = {}
    for code, admin1, names in region_lines():
        known = countries()[code] if admin1 == OWN_NAME else _region(code, admin1, names[0])
        for name in names:
            found.setdefault(fold(name), []).append(known)
    return {name: tuple(known) for name, known in found.items()}


@cache
def countries() -> dict[str, Known]:
    """Countries by code; a state that is its own capital lies where the capital does."""
    found = {}
    for code, number, name, _ in country_lines():
        seat = next((row for row in rows(fold(name)) if row.country == code and row.kind == "C"), None)
        lat, lon = (seat.lat, seat.lon) if seat else (None, None)
        found[code] = Known("country", name, code, None, lat, lon, int(number), COUNTRY)
    return found


def _countries_named(language: str) -> Iterator[tuple[str, Known]]:
    for code, _, english, names in country_lines():
        yield english, countries()[code]
        for pair in names.split("|"):
            spoken, _, name = pair.partition(":")
            if spoken in {"en", language}:
                yield name, countries()[code]


def _areas() -> Iterator[tuple[str, Known]]:
    for code, admin1, lat, lon, printed in _lines("areas.tsv"):
        north, east = (float(lat), float(lon)) if lat else (None, None)
        for place in printed.split(";"):
            names = place.split("|")
            kind, weight = ("region", NAMED_REGION) if code else ("area", AREA)
            for name in names:
                yield name, Known(kind, names[0], code or None, admin1 or None, north, east, None, weight)


def _regions() -> Iterator[tuple[str, Known]]:
    for code, admin1, names in region_lines():
        for name in names:
            if admin1 == OWN_NAME:
                yield name, countries()[code]
            elif fold(name) not in POSTAL:
                yield name, _region(code, admin1, name)


def _nicknames() -> Iterator[tuple[str, Known]]:
    for nickname, (name, code, admin1) in NICKNAMES.items():
        town = next(row for row in rows(fold(name)) if row.country == code and row.admin1 == admin1 and row.kind in "CT")
        yield nickname, Known("city", town.name, code, admin1, town.lat, town.lon, town.id, town.population * TOWN)


def _peoples(language: str) -> Iterator[tuple[str, Known]]:
    for code, admin1, spoken, forms in _lines("demonyms.tsv"):
        if spoken in {"en", language}:
            known = _region(code, admin1, "") if admin1 else countries()[code]
            for form in _inflected(forms, spoken):
                yield form, known._replace(adjective=True)
    for area, forms in _lines("adjectives.tsv"):
        for form in _inflected(forms, "en"):
            yield form, Known("area", area, None, None, None, None, None, AREA, adjective=True)


def _inflected(forms: str, language: str) -> Iterator[str]:
    for form in forms.split("|"):
        stem, mark = (form[:-1], form[-1]) if form[-1] in "+~*%" else (form, "")
        for ending in ENDINGS[language, mark]:
            yield stem + ending


@cache
def _region(code: str, admin1: str, name: str) -> Known:
    """A first-level region; one without a code has its point under its name, if the gazetteer knows it."""
    if admin1:
        row = _first_level().get((code, admin1))
    else:
        row = next((row for row in rows(fold(name)) if row.country == code and row.kind == "R"), None)
    if row is None:
        return Known("region", name, code, admin1 or None, None, None, None, NAMED_REGION)
    return Known("region", row.name, code, row.admin1, row.lat, row.lon, row.id, row.population * REGION, level="R")


@cache
def _first_level() -> dict[tuple[str, str], Row]:
    named = (row for _, _, names in region_lines() for name in names for row in rows(fold(name)))
    return {(row.country, row.admin1): row for row in named if row.kind == "R"}


@cache
def _lines(name: str) -> list[list[str]]:
    text = (files("tasks") / "data" / name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
