"""Where a place lies that a dateline names: its country, and its coordinates where it is a town we know.

The tables are cut from GeoNames (https://www.geonames.org, CC BY 4.0) by seeds/reference/places.py; states and their
abbreviations are ours. They are kept as the bytes they are read from, with an index of every few dozen names: 8 MB.

Each place has a kind: C a capital, T a town that may stand in a dateline, V a smaller one, R a first-level region, D a county
or the like. The point of a region is the middle of its people.
"""

from __future__ import annotations

import lzma
import re
import unicodedata
from array import array
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate
from typing import NamedTuple

CAPITAL = 10  # a capital is printed alone in datelines far more often than a town of its size: as one ten times as large
HOME = 10  # so is a town of the source's own country; high enough for county towns, too low to take Paris from France
FOREIGN = (
    0.02  # a town whose own name it is comes before a larger one that goes by it abroad, unless that is fifty times as large
)
OWN_NAME = "-"  # in regions.tsv, instead of a region's code: the names are those of the country itself
LONGEST = 120  # characters; a longer string is no place
NO_STATE = 0.9  # confidence in a country that only the printed state or country tells
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i", "’": "'"})
BRACKETS = str.maketrans({"(": ", ", "[": ", ", ")": "", "]": ""})
SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
JOINT = re.compile(r" ?/ ?| & | and | und | et | y | e |; ?| - | – ")
WORD = re.compile(r"[^\W_]+")
BLOCK = 1024  # bytes of the table of names that are searched at once
UN_SEAT = ("new york", "US")  # agencies print UNITED NATIONS as the place of its headquarters
SEATS = {"united nations": UN_SEAT, "u n": UN_SEAT, "un": UN_SEAT, "capitol hill": ("washington", "US")}


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer. Degrees are WGS 84; a country, a state or an unknown small town has none."""

    name: str
    country: str  # ISO 3166-1 alpha-2
    lat: float | None
    lon: float | None
    geonames_id: int | None
    confidence: float  # 0-1: that this one is meant, and not a namesake
    admin1: str | None = None  # GeoNames' code of the first-level region; the postal code of a US state
    population: int | None = None  # to two digits


class Region(NamedTuple):
    """A state, a part of a country or a country, as a paper prints it behind a town."""

    name: str
    country: str
    admin1: str | None
    geonames_id: int | None


@lru_cache(maxsize=4096)
def locate(place: str, country_hint: str | None = None) -> Place | None:
    """The place that a dateline names ("PARIS", "Paris, Texas", "SEOUL/WASHINGTON"); None if it is not known.

    `country_hint` (ISO 3166-1 alpha-2) is the country of the source and weighs among namesakes. Of several places the first
    counts. A small town with its state gets the country of the state and no coordinates.
    """
    if len(place) > LONGEST or not place.strip():
        return None
    whole = place.strip(" ,;:").translate(BRACKETS)
    if whole.isalnum():  # most that is asked for: a word
        return _as_country(country, whole) if len(whole) > 1 and (country := _country(whole)) else _alone(whole, country_hint)
    if len(whole) > 1 and (country := _country(whole)):
        return _as_country(country, whole)
    first = JOINT.split(whole, maxsplit=1)[0]
    town, *rest = [part.strip() for part in first.split(",") if part.strip()] or [""]
    regions = next((found for part in rest if (found := _regions_named(part))), [])
    if regions:
        return _within(town, regions)
    return _alone(first if "(" in place and _search(fold(first)) else town, country_hint)  # "Halle (Saale)" is a town's name


def fold(name: str) -> str:
    """The form under which names are compared: lower case, no accents, words apart, "St." as "saint"."""
    plain = name.lower()
    if plain.isascii() and plain.isalnum():
        return SHORT.get(plain, plain)
    return _folded(plain)


@lru_cache(maxsize=4096)
def _folded(plain: str) -> str:
    """The same for what is more than a plain word, in small letters."""
    if not plain.isascii():
        plain = plain.translate(LETTERS)
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return " ".join([SHORT.get(word, word) for word in WORD.findall(plain.replace("'", ""))])


def is_region(name: str) -> bool:
    """Whether `name` is a state or country as papers print them behind a town ("W.Va.", "South Korea")."""
    return bool(_regions_named(name))


def is_abbreviation(word: str) -> bool:
    """Whether the full stop at the end of `word` belongs to it: "Calif.", "St."."""
    return word.casefold() in _abbreviations()


def _within(town: str, regions: list[Region]) -> Place | None:
    """The town of that name in the first region that has one; else the first region's country alone."""
    towns = _named(town)
    for region in regions:
        found = [row for row in towns if row.country == region.country and region.admin1 in {None, row.admin1}]
        if found:
            return max(found, key=lambda row: row.weight).place(0.97)
    likeliest = regions[0]
    return Place(town, likeliest.country, None, None, None, NO_STATE / len(regions), likeliest.admin1)


def _alone(town: str, hint: str | None) -> Place | None:
    """The likeliest place of that name, weighed by people, capitals and the source's country."""
    key = fold(town)
    if key in SEATS:
        name, country = SEATS[key]
        seat = max((row for row in _named(name) if row.country == country), key=lambda row: row.weight)
        return replace(seat.place(0.8), name=town)
    towns = [row for row in _rows(key) if row.kind in "CT"]
    if towns:
        weights = [row.weight * (HOME if row.country == hint and fold(row.name) == key else 1) for row in towns]
        best = max(weights)
        row = towns[weights.index(best)]
        share = best / sum(weights)
        return row.place(round(share * (0.98 if fold(row.name) == key else 0.93), 2))
    for region in _regions_named(town):
        return Place(region.name, region.country, None, None, region.geonames_id, 0.95, region.admin1)
    return None


def _as_country(country: Region, printed: str) -> Place | None:
    """A country's name; a state that is its own capital has the capital's coordinates."""
    own = [row for row in _named(printed) if row.country == country.country and row.capital]
    if own and fold(own[0].name) == fold(printed):
        return own[0].place(0.98)
    return Place(country.name, country.country, None, None, country.geonames_id, 0.97)


class Row(NamedTuple):
    """A town or region of the table under one of its names. Degrees are WGS 84."""

    id: int
    name: str
    country: str
    admin1: str
    lat: float
    lon: float
    population: int  # to two digits
    kind: str  # C, T, V, R or D
    weight: float  # people, more for a capital, fewer under a name that is not its own

    @property
    def capital(self) -> bool:
        """Whether it is its country's."""
        return self.kind == "C"

    def place(self, confidence: float) -> Place:
        """The row as a place."""
        return Place(self.name, self.country, self.lat, self.lon, self.id, confidence, self.admin1 or None, self.population)


def _named(name: str) -> list[Row]:
    """The towns that a dateline may mean by that name, each with its weight for it."""
    return [row for row in _rows(fold(name)) if row.kind in "CT"]


def rows(key: str) -> list[Row]:
    """Every town and region that goes by a folded name, each with its weight for it; the likeliest towns first."""
    return list(_rows(key))


@lru_cache(maxsize=4096)
def _rows(key: str) -> tuple[Row, ...]:
    found = map(_row, _search(key))
    return tuple(row if fold(row.name) == key else row._replace(weight=max(row.population, 1) * FOREIGN) for row in found)


def _search(key: str) -> list[int]:
    """The rows' numbers that names.tsv gives for a folded name: the index tells the block that may hold its line."""
    table, names, starts = _names()
    name = key.encode(errors="replace")
    block = bisect_right(names, name) - 1
    if not name or block < 0:
        return []
    line = table.find(b"\n" + name + b"\t", starts[block] - 1, starts[block + 1])
    if line < 0:
        return []
    numbers = line + len(name) + 2
    return [int(number) for number in table[numbers : table.index(b"\n", numbers)].split(b",")]


def large_towns() -> list[str]:
    """The names of the towns of a million people, which there are some hundreds of."""
    table, _ = _places()
    return [match.decode() for match in re.findall(rb"^\d+\t([^\t]+)\t(?:[^\t]*\t){4}\d{7,}\t[CT]$", table, re.MULTILINE)]


def _row(number: int) -> Row:
    table, starts = _places()
    columns = table[starts[number] : starts[number + 1] - 1].decode().split("\t")
    people, kind = int(columns[6]), columns[7]
    weight = max(people, 1) * (CAPITAL if kind == "C" else 1)
    return Row(int(columns[0]), columns[1], columns[2], columns[3], float(columns[4]), float(columns[5]), people, kind, weight)


def _regions_named(name: str) -> list[Region]:
    """The state and the country of that name ("Georgia" is both). Short ones in capitals only: "Pa." and "PA", never "pa"."""
    name = name.strip()
    if len(name) <= 3 and name.isalpha() and not name.isupper():
        return []
    key = fold(name)
    return [found for found in (_regions().get(key), _countries().get(key)) if found is not None]


def _country(name: str) -> Region | None:
    return _countries().get(fold(name))


@cache
def _names() -> tuple[bytes, list[bytes], array[int]]:
    """The table of names, the first name of each block of it, and where the blocks begin; last, where the table ends."""
    table = b"\n" + _read("names.tsv.xz")
    starts = array("I", dict.fromkeys(table.rfind(b"\n", 0, end) + 1 for end in range(BLOCK, len(table), BLOCK)))
    starts.insert(0, 1)
    return table, [table[start : table.index(b"\t", start)] for start in starts], array("I", [*starts, len(table)])


@cache
def _places() -> tuple[bytes, array[int]]:
    table = _read("places.tsv.xz")
    return table, array("I", accumulate((len(line) + 1 for line in table.split(b"\n")), initial=0))


@cache
def _countries() -> dict[str, Region]:
    lines = country_lines()
    own = {code: Region(name, code, None, int(number)) for code, number, name, _ in lines}
    named = {name.partition(":")[2]: own[columns[0]] for columns in lines for name in columns[3].split("|")}
    return named | {fold(name): own[code] for code, admin1, names in region_lines() if admin1 == OWN_NAME for name in names}


def country_lines() -> list[list[str]]:
    """Code, GeoNames id, English name and "language:name" joined by "|", for each country."""
    return [line.split("\t") for line in _read("countries.tsv.xz").decode().splitlines()]


@cache
def _regions() -> dict[str, Region]:
    parts = [part for part in region_lines() if part[1] != OWN_NAME]
    return {fold(name): Region(names[0], code, admin1 or None, None) for code, admin1, names in parts for name in names}


@cache
def _abbreviations() -> frozenset[str]:
    printed = (name.casefold() for _, _, names in region_lines() for name in names)
    return frozenset({name for name in printed if name.endswith(".")} | {short + "." for short in SHORT})


@cache
def region_lines() -> list[tuple[str, str, list[str]]]:
    """Country, GeoNames' code of the region (or none, or OWN_NAME) and the names that papers print, of each line."""
    text = (files("tasks") / "data" / "regions.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return [(country, admin1, names.split("|")) for country, admin1, names in rows]


def _read(name: str) -> bytes:
    return lzma.decompress((files("tasks") / "data" / name).read_bytes())
