"""What a name may mean: countries, their peoples, regions, towns and wide areas that go by it."""

from __future__ import annotations

from functools import cache, lru_cache

from tasks.extract.first_names import gender_of
from tasks.extract.place_tables import REGION, SHORT, TOWN, Known, countries, qualifiers, special
from tasks.extract.place_words import COUNTY_WORD, GENERIC_BEHIND, LEGAL_FORM, POSTAL, PREFIXES
from tasks.gazetteer import Row, fold, large_towns, region_lines, rows

COUNTY = 0.05  # of its people, for "Kent"; one that is printed with its "County" has no rival
CAPITAL = 4.0  # times as many people; texts name other towns more than datelines do
ALIAS = 0.3  # of a town's weight under a name that is not its own: "Bombay"
RIVAL_ALIAS = 0.002  # where the name is another town's own: "Berea" is Aleppo in old books
RIVAL_ALIAS_ABROAD = 0.1  # and in texts that are not English, which have names of their own for towns: "Londres"
LONG = 6  # letters of a country's name that is known with a letter wrong, of a town's one more; shorter ones are too like others


@lru_cache(maxsize=65_536)
def meanings(printed: str, language: str) -> tuple[Known, ...]:
    """All that a name as printed may mean, the likeliest first."""
    key = fold(printed)
    found = _abbreviated(printed, special(language).get(key, ()))
    if not key or key in POSTAL:
        return found
    if any(known.adjective for known in found) and not any(known.kind == "city" for known in found):
        return found
    table = _of_table(key, language)
    if not found and not table:
        return _formal(key, language) if " " in key else ()
    taken = {(known.country, known.admin1) for known in found if known.kind == "region"}
    towns = {(known.country, known.admin1): known.weight for known in reversed(table) if known.kind == "city"}
    kept = (known for known in table if known.level != "R" or not _known_besides(known, taken, towns))
    return tuple(sorted((*found, *kept), key=lambda known: -known.weight))


@lru_cache(maxsize=16_384)
def is_special(printed: str, language: str) -> bool:
    """Whether a name is a country's, a region's, an area's or a people's."""
    return fold(printed) in special(language)


def region_meanings(printed: str, language: str) -> tuple[Known, ...]:
    """The countries and regions that papers print behind a town by that name: "Calif.", "TX", "Bavaria"."""
    if len(printed) < SHORT and printed.isalpha() and not printed.isupper():
        return ()
    named = qualifiers().get(fold(printed), ())
    return named or tuple(
        known for known in meanings(printed, language) if known.kind in {"country", "region"} and not known.adjective
    )


def prefixed(word: str) -> tuple[Known, ...]:
    """The country of the first part of "Franco-German"."""
    code = PREFIXES.get(word)
    return (countries()[code]._replace(adjective=True),) if code else ()


@lru_cache(maxsize=4096)
def misprinted(printed: str, language: str) -> tuple[Known, ...]:
    """What a single word means that is a letter off a country's name or a very large town's; nothing where it may be two."""
    word = fold(printed)
    if len(word) < LONG or " " in word or gender_of(word):
        return ()
    near = [name for length in (-1, 0, 1) for name in _famous().get((word[0], len(word) + length), ()) if _off_by_one(word, name)]
    return meanings(near[0].title(), language)[:1] if len(near) == 1 else ()


def _abbreviated(printed: str, found: tuple[Known, ...]) -> tuple[Known, ...]:
    """Of what a name means, what may be printed so: "US" is no "us"."""
    if not found:
        return ()
    capitals = all(c.isupper() for c in printed if c.isalpha())
    return tuple(known for known in found if capitals or known.level != "abbreviation")


def _formal(key: str, language: str) -> tuple[Known, ...]:
    """The country of "Republic of Armenia", the region of "Benue State"."""
    if " of " in key and (form := LEGAL_FORM.fullmatch(key)):
        return tuple(known for known in special(language).get(form[1], ()) if known.kind == "country" and not known.adjective)
    if form := GENERIC_BEHIND.fullmatch(key):
        named = (*special(language).get(form[1], ()), *_of_table(form[1], language))
        return tuple(known for known in named if known.kind == "region" and not known.adjective)
    return ()


def _known_besides(
    known: Known, taken: set[tuple[str | None, str | None]], towns: dict[tuple[str | None, str | None], float]
) -> bool:
    """Whether a region of the gazetteer is one of ours already, or lies about a larger town of its name, which is meant then."""
    if (known.country, known.admin1) in taken or (known.country, None) in taken:
        return True
    return known.name not in _printed() and towns.get((known.country, known.admin1), 0.0) > known.weight


@cache
def _printed() -> frozenset[str]:
    return frozenset(name for _, _, names in region_lines() for name in names)


def _of_table(key: str, language: str) -> list[Known]:
    """Towns and regions of the gazetteer by that name."""
    table = [row for row in rows(key) if not (row.kind == "D" and key.endswith(" city"))]
    if not table:
        return []
    own = any(row.kind != "D" and fold(row.name) == key for row in table)
    alias = ALIAS if not own else RIVAL_ALIAS if language == "en" else RIVAL_ALIAS_ABROAD
    return [_of_row(row, key, alias) for row in table]


def _of_row(row: Row, key: str, alias: float) -> Known:
    name = fold(row.name)
    if row.kind == "R":
        weight = row.population * REGION
    elif row.kind == "D":
        weight = row.population * (1 if COUNTY_WORD.search(key) else COUNTY)
    else:
        own = name in {key, key + " city"} or name.startswith((key + " am ", key + " an der "))  # "New York City" is New York
        weight = row.population * TOWN * (CAPITAL if row.kind == "C" and name == key else 1) * (1 if own else alias)
    kind = "region" if row.kind in "RD" else "city"
    return Known(kind, row.name, row.country, row.admin1 or None, row.lat, row.lon, row.id, weight, level=row.kind)


@cache
def _famous() -> dict[tuple[str, int], tuple[str, ...]]:
    """The English names of countries and the names of very large towns, by their first letter and length."""
    named = {name for name, known in special("en").items() if known[0].kind == "country" and not known[0].adjective}
    large = {name for name in map(fold, large_towns()) if len(name) > LONG}
    found: dict[tuple[str, int], tuple[str, ...]] = {}
    for name in sorted(name for name in named | large if len(name) >= LONG and " " not in name):
        found[name[0], len(name)] = (*found.get((name[0], len(name)), ()), name)
    return found


def _off_by_one(one: str, other: str) -> bool:
    """Whether a letter was left out, added, changed or set before the one in front of it."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    at = next((n for n in range(len(short)) if short[n] != long[n]), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at + 1 : at + 2] + short[at : at + 1]
    return short[at + 1 :] == long[at + 1 :] or swapped + short[at + 2 :] == long[at:]
