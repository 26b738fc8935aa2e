"""Whether a name of the lexicon is a place's where it stands, and not a person's, a company's or a common word."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tasks.extract.first_names import gender_of
from tasks.extract.place_lexicon import meanings
from tasks.extract.place_words import (
    BASED,
    BEHIND_LANGUAGE,
    BESIDE,
    COMMON,
    DAYS,
    INTO,
    LANGUAGE_OF,
    LENT,
    LOCAL,
    NEVER,
    OF_PLACE,
    SIDES,
    TITLES,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.extract.place_page import Find, Page, Word
    from tasks.extract.records import Name

PERSON, AGAINST, NONE, SOME, SURE = range(5)
DOUBT = {NONE: 13.0, SOME: 10.3, SURE: 6.0}  # as the weights of meanings: logarithms of people, about
LARGE = 450_000.0  # weight of a town that a name of something else is taken to tell of
FEW = 4  # mentions of a country or region for one of a person of its name, up to which a mention may be the person's
PERSONAL = 0.7  # confidence from which what was found as a person's name is no place's elsewhere in the text
UNTYPED = 0.8  # more, for what was not found as a name where names were
NAMED = 4.5  # more, for a name that people bear or that is a common word


def likely(page: Page, found: Sequence[Find], names: Sequence[Name]) -> list[Find]:
    """The finds that may be places, each with the doubt about it; one place makes the others of its name likelier."""
    levels = [(find, _evidence(page, find)) for find in found]
    people = Counter(
        word.lower() for name in names if name.kind == "PERSON" and name.confidence >= PERSONAL for word in name.text.split()
    )
    people.update(find.key for find, level in levels if level == PERSON)
    times = Counter(find.key for find in found)
    best: dict[str, int] = {}
    for find, level in levels:
        best[find.key] = max(best.get(find.key, PERSON), level)
    kept = []
    for find, level in levels:
        key = find.key
        borne = people[key] * FEW >= times[key] if _strong(find) and gender_of(key) is None else people[key] > 0
        if level > AGAINST and (not borne or (level >= SOME and (best[key] == SURE or _strong(find)))):
            doubt = _doubt(find, level, best[key])
            kept.append(
                find._replace(doubt=doubt + UNTYPED if page.named and find.name is None and doubt > DOUBT[SURE] else doubt)
            )
    return kept


def _doubt(find: Find, level: int, best: int) -> float:
    if _strong(find) or level == SURE:
        return DOUBT[SURE]
    named = find.key in COMMON or (find.last - find.first == 1 and gender_of(find.key) is not None)
    if best == SURE and not named:
        level += 1
    return DOUBT[level] + (NAMED if named else 0.0)


def _strong(find: Find) -> bool:
    """Whether the name is a country's, a wide area's or a region's, which stand for nothing else."""
    if not find.known or find.known[0].kind in {"country", "area"}:
        return True
    return find.known[0].kind == "region" and find.known[0].level != "D"


def _evidence(page: Page, find: Find) -> int:
    """How a find stands in the text, from that it is a person's name to that it is a place."""
    before, after = page.before(find), page.after(find)
    if not find.known or find.part or find.behind or find.misprint or _joined(page, find):
        return SURE
    if find.name is not None and (find.name.kind == "PLACE" or not find.whole):
        return _named(page, find)
    if find.known[0].adjective:
        return AGAINST if _language(find, before, after) else SURE
    if _personal(page, find, after):
        return PERSON
    if find.region:
        return SURE
    if find.text.isupper() and (page.text[find.end : find.end + 1] == "$" or page.text[find.start - 1 : find.start] == "$"):
        return AGAINST
    if after is not None and after.capital and after.low in LENT:
        return AGAINST
    if find.known[0].kind == "city" and _torn(page, find, before, after):
        return AGAINST
    if _placed(page, find, before):
        return SURE
    return SOME if before is not None and before.low in BESIDE else NONE


def _named(page: Page, find: Find) -> int:
    """The evidence for a place that was found as one, or that stands within the name of something else."""
    name = find.name
    assert name is not None
    if find.whole:
        return SURE
    before, after = page.before(find), page.after(find)
    leads = find.start == name.start and after is not None
    if name.kind == "PERSON" and find.known[0].adjective:
        return SOME if leads else AGAINST
    if name.kind == "PERSON":  # "Wisconsin Governor Jim Doyle"
        return SOME if leads and after is not None and (after.low.rstrip(".") in TITLES or after.low in LOCAL) else PERSON
    if after is not None and after.low in LENT:
        return AGAINST
    if find.known[0].kind != "city" or find.known[0].adjective or (before is not None and before.low in {"of", "in"}):
        return SOME
    if find.text.lower() in COMMON:
        return AGAINST
    owns = page.text[find.end : find.end + 1] in {"'", "’"}  # "Derry's Altnagelvin Hospital"
    if owns or (leads and after is not None and after.low in LOCAL):
        return SOME
    return NONE if find.known[0].weight > LARGE else AGAINST


def _joined(page: Page, find: Find) -> bool:
    """Whether a hyphen tells that it is a place: "Rock Hill-based", "D-Columbus" of a member of Congress."""
    before, after = page.before(find), page.after(find)
    if after is not None and after.low in BASED and page.gap(find.last) == "-":
        return True
    return before is not None and before.text in {"D", "R", "I"} and page.gap(find.first) == "-"


def _placed(page: Page, find: Find, before: Word | None) -> bool:
    """Whether a word of place stands before: "in", "north of", "the city of", "downtown"."""
    if before is None:
        return False
    if before.low in INTO or (before.low in SIDES and not before.capital):
        return True
    return before.low == "of" and page.low(find.first - 2) in OF_PLACE


def _torn(page: Page, find: Find, before: Word | None, after: Word | None) -> bool:
    """Whether the name is only a part of a longer one that is no place of the lexicon."""
    if before is not None and before.capital and page.gap(find.first) == " " and not page.begins(find.first - 1):
        beside = before.low in SIDES or before.low in DAYS or bool(meanings(before.text, page.language))
        if not beside or before.low in NEVER - SIDES:
            return True
    if after is None or not after.capital or page.text[find.end : after.start] != " ":
        return False
    return after.low not in LOCAL and after.low not in DAYS and not meanings(after.text, page.language)


def _personal(page: Page, find: Find, after: Word | None) -> bool:
    """Whether the name is part of a person's: "Michael Jordan", "Paris Hilton", "Sen. Lincoln"."""
    gap = page.gap(find.first)
    if gap in {" ", ". "} and page.words[find.first - 1].capital:
        lead = page.words[find.first - 1]
        low = lead.low.rstrip(".")
        initial = len(low) == 1 and lead.text.endswith(".")
        if low in TITLES or (gap == " " and (initial or gender_of(low) is not None)):
            return True
    if after is not None and after.capital and find.last - find.first == 1 and gender_of(find.text):
        return after.low not in LENT and after.low not in LOCAL and after.low not in DAYS
    return False


def _language(find: Find, before: Word | None, after: Word | None) -> bool:
    """Whether a demonym is a language ("in French", "speaks English") or says of whom a people descends ("African American")."""
    if before is not None and before.low in LANGUAGE_OF:
        return after is None or after.low in BESIDE or after.low in INTO or after.low in BEHIND_LANGUAGE
    if find.text.lower() in {"american", "americans"} and before is not None:
        return before.low in {"native", "african"}
    return find.text == "African" and after is not None and after.low in {"american", "americans"}
