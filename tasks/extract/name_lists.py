"""Words and phrases by what they tell about names: first names, titles, bodies, nations and so on, and the gazetteer's places."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple, TypeAlias

from tasks.extract.first_names import FEMALE, MALE
from tasks.gazetteer import fold, is_region, locate, rows

CLASSES = (
    "surname first title org-suffix org-noun place-noun site-noun demonym time thing-noun role said did locative weak "
    "area site party org media team".split()
)
CASED = frozenset("area site party org media team".split())  # the names of their classes are known as they are written
BIT = {name: 1 << number for number, name in enumerate(CLASSES)}
MILLION, LARGE = 1_000_000, 100_000  # people
Phrase: TypeAlias = tuple[tuple[str, ...], int]  # the words behind the first one, and the bit of the class


class Lists(NamedTuple):
    """Bits of classes by word in small letters and by name as it is written; phrases by their first word, the longest first."""

    words: dict[str, int]
    names: dict[str, int]
    phrases: dict[str, list[Phrase]]


@cache
def lists() -> Lists:
    """The lists of names_words.txt with the first names of first_names.py."""
    found = Lists(dict.fromkeys(sorted(MALE | FEMALE), BIT["first"]), {}, {})
    kind = ""
    for line in (files("tasks.extract") / "data" / "names_words.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            kind = line[1:-1]
        elif line and not line.startswith("#"):
            for entry in line.split(";"):
                first, *rest = _words(entry)
                if rest:
                    found.phrases.setdefault(first, []).append((tuple(rest), BIT[kind]))
                else:
                    table = found.names if kind in CASED else found.words
                    table[first] = table.get(first, 0) | BIT[kind]
    for options in found.phrases.values():
        options.sort(key=lambda option: -len(option[0]))
    return found


def _words(entry: str) -> list[str]:
    """An entry as the tokens of a text: a comma and a possessive stand apart."""
    return re.sub(r"'s(?!\w)", " 's", entry).replace(",", " ,").split()


@lru_cache(maxsize=1 << 16)
def town(name: str) -> int:
    """What the gazetteer has by that name.

    0 nothing, 1 a town, 2 a large one, 3 one of millions, 4 a country, 5 a region, 6 a county.
    """
    if is_region(name):
        found = locate(name)
        if found is None or found.lat is None:
            return 5 if found and found.admin1 else 4
    places = rows(fold(name))
    towns = [row for row in places if row.kind in "CT"]
    if towns:
        people = max(towns, key=lambda row: row.weight).population
        return 3 if people >= MILLION else 2 if people >= LARGE else 1
    kinds = {row.kind for row in places}
    return 5 if "R" in kinds else 6 if "D" in kinds else 0


@lru_cache(maxsize=4096)
def classes_of(bits: int) -> tuple[str, ...]:
    """The classes whose bits are set."""
    return tuple(name for name, bit in BIT.items() if bits & bit)
