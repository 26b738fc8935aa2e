"""Where a text may name a place: the names of the lexicon among its capitalised words, and the names found to be places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tasks.extract.name_words import BREAKS
from tasks.extract.place_lexicon import is_special, meanings, misprinted, prefixed, region_meanings
from tasks.extract.place_page import GAPS, Find
from tasks.extract.place_words import DAYS, JOINERS, LOCAL, MISPRINTS, NEVER, NO_PLACES, SIDES, TITLES

if TYPE_CHECKING:
    from tasks.extract.place_page import Page
    from tasks.extract.place_tables import Known
    from tasks.extract.records import Name

LONGEST = 6  # words of a place's name
LOUD = 5  # letters: so short a word in capitals is an abbreviation, where its neighbours are not in capitals too
WHATEVER = 1e7  # weight of a name that is a place's whatever parts of it were found as names: "New York", a country
UNSURE = 0.6  # confidence below which a name that the lexicon does not have is not taken for a place's
PARTS = ("area", "country", "region", "city")  # of a longer name, the part that tells most of where it is stands last
INFLECTING = frozenset({"de", "fr", "es"})  # languages whose adjectives of countries have small letters
SHORTEST = 4  # letters of such an adjective
DATELINE = (", ", " (", " –", " —", " -")
BEHIND = re.compile(r" ?, | \(")  # between a town and its region
LIST = frozenset((", ", " "))


def finds(page: Page) -> list[Find]:
    """All names that may be a place's, in order and without overlap."""
    found: list[Find] = []
    behind, inflecting = 0, page.language in INFLECTING
    for number in [n for n, word in enumerate(page.words) if inflecting or word.capital]:
        if number < behind:
            continue
        find = _at(page, number) if page.words[number].capital else _small(page, number)
        if find:
            alone = find.known[0].adjective or find.known[0].kind in {"country", "area"}
            region, behind = ((), find.last) if alone else _region_behind(page, find.last)
            found.append(find._replace(region=region) if region else find)
            if region:
                start, end = page.words[find.last].start, page.words[behind - 1].end
                further, _ = _region_behind(page, behind)
                name = page.owner[find.last]
                found.append(Find(start, end, page.text[start:end], find.last, behind, region, further, name, behind=True))
    return _unlisted(page, _counties(page, found))


def _small(page: Page, at: int) -> Find | None:
    """An adjective of a country in small letters."""
    word = page.words[at]
    if len(word.text) < SHORTEST or not is_special(word.text, page.language):
        return None
    known = meanings(word.text, page.language)
    return Find(word.start, word.end, word.text, at, at + 1, known[:1]) if known and known[0].adjective else None


def _at(page: Page, first: int) -> Find | None:
    """The longest name that the lexicon knows from a capitalised word on."""
    word, name = page.words[first], page.owner[first]
    if name is not None and name.kind == "PERSON" and word.start > name.start and page.gap(first) != "-":
        return None
    if page.gap(first + 1) == "-" and (known := prefixed(word.low)):
        return Find(word.start, word.end, word.text, first, first + 1, known)
    for last in range(_run(page, first), first, -1):
        if page.words[last - 1].capital:
            printed = page.printed(first, last)
            if last - first > 1 and printed.lower() in NO_PLACES:
                return None
            if name is not None and not _may_cut(page, name, last) and not is_special(printed, page.language):
                continue
            known = meanings(printed, page.language)
            if known and (page.owner[last - 1] is name or known[0].weight >= WHATEVER):
                find = Find(word.start, page.words[last - 1].end, printed, first, last, known, name=name)
                if not _common(page, find):
                    return find
    behind = page.low(first - 1) in MISPRINTS and page.gap(first) == " "
    if behind and name is None and (known := misprinted(word.text, page.language)):
        return Find(word.start, word.end, word.text, first, first + 1, known, misprint=True)
    return None


def _may_cut(page: Page, name: Name, last: int) -> bool:
    """Whether a town may be named by the beginning of a name that ends before a word: not of a person's, if no title follows."""
    if page.owner[last - 1] is not name:
        return False
    if name.kind != "PERSON" or page.words[last - 1].end >= name.end:
        return True
    following = page.low(last).rstrip(".")
    return following in TITLES or following in LOCAL


def _run(page: Page, first: int) -> int:
    """The number of the word where the capitalised words from there end at most, exclusive."""
    words, end, most = page.words, first + 1, min(first + LONGEST, len(page.words))
    while end < most and page.gaps[end] in GAPS and (words[end].capital or words[end].low in JOINERS):
        end += 1
    return end


def _common(page: Page, find: Find) -> bool:
    """Whether a single word is none that a text means a place by: "South", "Over", or "SWAT", which is not the valley of Swat."""
    word = page.words[find.first]
    if find.last - find.first > 1:
        return False
    if word.low in NEVER and not (find.whole and find.name is not None and find.name.kind == "PLACE"):
        return True
    if word.low in BREAKS and not find.known[0].adjective:
        return True
    if not 1 < len(word.text) <= LOUD or not word.text.isupper() or "." in word.text:
        return False
    if any(known.level == "abbreviation" for known in find.known):
        return False
    if page.begins(find.first) and page.text[word.end : word.end + 2] in DATELINE:
        return False
    beside = [page.words[n].text for n in (find.first - 1, find.last) if 0 <= n < len(page.words)]
    return not any(other.isupper() and len(other) > 1 for other in beside)


def _region_behind(page: Page, number: int) -> tuple[tuple[Known, ...], int]:
    """The region printed behind a town whose name ends before a word, and the number of the word behind both."""
    if number < len(page.words):
        word, gap = page.words[number], page.gap(number)
        postal = gap == " " and len(word.text) == 2 and word.text.isupper()
        if word.capital and (postal or BEHIND.fullmatch(gap)):
            for last in range(_run(page, number), number, -1):
                known = region_meanings(page.printed(number, last), page.language)
                if known:
                    return known, last
    return (), number


def _counties(page: Page, found: list[Find]) -> list[Find]:
    """The finds with the counties of "Clarke, Madison and Oconee counties"."""
    listed: dict[int, Find] = {}
    if "counties" not in page.text.lower():
        return found
    for number in [n for n, word in enumerate(page.words) if word.low == "counties"]:
        at = number
        while at > 0 and page.gap(at) in LIST:
            at -= 1
            county = page.words[at]
            if county.low == "and":
                continue
            known = meanings(county.text + " County", page.language) if county.capital else ()
            if not known:
                break
            listed[at] = Find(county.start, county.end, county.text, at, at + 1, known)
    kept = [find for find in found if not any(at in listed for at in range(find.first, find.last))]
    return _in_order([*kept, *listed.values()]) if listed else found


def _unlisted(page: Page, found: list[Find]) -> list[Find]:
    """The finds with the names of places that the lexicon does not have, which take in what it has of them."""
    of_name: dict[Name, list[Find]] = {}
    for find in found:
        for name in {page.owner[number] for number in range(find.first, find.last)} - {None}:
            of_name.setdefault(name, []).append(find)  # type: ignore[arg-type]
    numbers: dict[Name, list[int]] = {}
    for number, name in enumerate(page.owner):
        if name is not None and name.kind == "PLACE" and name.confidence >= UNSURE and name.text.lower() not in NO_PLACES:
            numbers.setdefault(name, []).append(number)
    gone: set[Name] = set()
    added = []
    for name, within in numbers.items():
        parts = of_name.get(name, [])
        if not any(find.name is not name or find.whole or _trimmed(page, find) for find in parts):
            part = max(parts, key=lambda find: PARTS.index(find.known[0].kind), default=None)
            known, text = (part.known, part.text) if part else (misprinted(name.text, page.language), "")
            region, _ = _region_behind(page, within[-1] + 1)
            misprint = bool(known) and not text
            added.append(
                Find(name.start, name.end, name.text, within[0], within[-1] + 1, known, region, name, text, misprint=misprint)
            )
            gone.add(name)
    return _in_order([*(find for find in found if find.name not in gone), *added]) if added else found


def _trimmed(page: Page, find: Find) -> bool:
    """Whether the name that a find stands in is the place's after all, with a day behind it or a side of it before."""
    assert find.name is not None
    lead = [word.low for word in page.words[max(0, find.first - 2) : find.first] if word.start >= find.name.start]
    tail = [word.low for word in page.words[find.last : find.last + 3] if word.end <= find.name.end]
    return all(word in SIDES for word in lead) and all(word in DAYS for word in tail)


def _in_order(found: list[Find]) -> list[Find]:
    return sorted(found, key=lambda find: find.start)
