"""Whether a place stands for its government: "Beijing rejected", "relations between Washington and Moscow"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.extract.place_usage_words import (
    ACTS,
    ADVERBS,
    AUXILIARIES,
    BASE,
    BEHIND,
    BETWEEN,
    BOUND,
    CAPITALS_OF_PARTS,
    CLAUSE,
    COPULAS,
    GOVERNED,
    LITERAL,
    OWNED,
    READY,
    TOLD,
)
from tasks.extract.place_words import DAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.extract.place_page import Find, Page
    from tasks.extract.place_tables import Known
    from tasks.extract.records import Usage

ASIDE = 12  # words of an aside between a subject and its verb: "Yerevan, in turn, made clear"


def usages(page: Page, chosen: Sequence[tuple[Find, Known]]) -> list[Usage]:
    """How each place stands in the text; the finds in order."""
    found: list[Usage] = []
    begins = False
    for number, (find, known) in enumerate(chosen):
        listed = number > 0 and _joined(page, chosen[number - 1][0], find)
        begins = begins if listed else _begins(page, find.first)
        lent = find.name is not None and find.name.kind == "ORGANIZATION" and not find.whole  # "University of Georgia"
        if known.adjective or lent:
            found.append("adjective")
        else:
            governs = known.kind == "country" or known.level == "C" or known.name in CAPITALS_OF_PARTS
            found.append(
                "metonym" if governs and (_object(page, find) or (begins and _subject(page, find, find.last))) else "mentioned"
            )
    _shared(page, chosen, found)
    return found


def _shared(page: Page, chosen: Sequence[tuple[Find, Known]], found: list[Usage]) -> None:
    """Of places joined by "and", a comma or "or", what one stands for the others do."""
    pairs = [(n, n + 1) for n in range(len(chosen) - 1) if _joined(page, chosen[n][0], chosen[n + 1][0])]
    for one, other in [*pairs, *reversed(pairs)]:
        if {found[one], found[other]} == {"metonym", "mentioned"} and chosen[one][1].kind == chosen[other][1].kind:
            found[one] = found[other] = "metonym"


def _joined(page: Page, one: Find, other: Find) -> bool:
    gap = page.text[one.end : other.start]
    return gap in {" and ", " or ", ", ", " und ", " et ", " y "} and not one.region


def _subject(page: Page, find: Find, at: int) -> bool:
    """Whether a name that begins a clause does what governments do."""
    at = _verb(page, at)
    if at < 0:
        return False
    verb, behind = page.low(at), page.low(at + 1)
    if verb in LITERAL:
        return False
    if verb in COPULAS:
        while behind in ADVERBS:
            at += 1
            behind = page.low(at + 1)
        return behind in READY
    if verb in AUXILIARIES:
        while behind in ADVERBS or behind in {"not", "be", "been", "have"}:
            at += 1
            behind = page.low(at + 1)
        return behind not in LITERAL and (verb not in {"has", "had", "have"} or behind in ACTS or behind.endswith("ed"))
    if verb in BASE:
        return page.low(find.first - 1) == "and"
    return verb in ACTS or (verb.endswith("ed") and verb not in LITERAL)


def _begins(page: Page, first: int) -> bool:
    """Whether a clause begins with a word, or the one before it is joined to one that does."""
    first -= page.low(first - 1) == "the" and page.gap(first) == " "
    if page.begins(first) or page.low(first - 1) in CLAUSE:
        return True
    return page.gap(first) in {", ", "; ", " – ", " — "}


def _verb(page: Page, at: int) -> int:
    """The number of the verb of a subject that ends before a word; -1 where none follows."""
    words = page.words
    if at < len(words) and page.gap(at) == ", ":  # an aside
        if words[at].capital:
            return -1
        at = next((n for n in range(at + 1, min(at + ASIDE, len(words))) if page.gap(n) == ", "), -1)
        if at < 0:
            return -1
    while (
        0 <= at < len(words)
        and page.gap(at) == " "
        and (words[at].low in ADVERBS or words[at].low in DAYS or words[at].low == "on")
    ):
        at += 1
    return at if 0 <= at < len(words) and page.gap(at) in {" ", ", ", ' "', " “"} and not words[at].capital else -1


def _object(page: Page, find: Find) -> bool:
    """Whether the name is told, asked or blamed, or what stands before or behind it belongs to a government."""
    first = find.first - (page.low(find.first - 1) == "the")
    if page.gap(find.first) != " ":
        return False
    owned = page.text[find.end : find.end + 2] in {"'s", "’s"}
    if owned:
        return page.low(find.last) in OWNED
    one, two, three = (page.low(first - n) for n in (1, 2, 3))
    if page.after(find) is not None and page.gap(find.last) == " " and page.low(find.last) not in BEHIND:
        return False  # "asked the Rome police"
    if (one in TOLD and not page.begins(first - 1)) or (two, one) in BOUND:
        return True
    if one in {"of", "from", "by", "for", "with", "against", "on"} and (two, one) in GOVERNED:
        return True
    if one == "between" or (one == "and" and three == "between"):
        back = first - (2 if one == "between" else 4)
        return page.low(back) in BETWEEN
    return False
