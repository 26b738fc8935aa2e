"""Where a name begins and ends: titles, nations and degrees off, "Inc." on, two names apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tasks.extract.name_lists import BIT, town
from tasks.extract.name_shapes import LEX, QUOTES
from tasks.extract.name_tagger import Tagged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tasks.extract.name_reading import Reading

SURE = 0.4  # what the recogniser is less sure of is no name
LEGAL = frozenset(
    "inc inc. llc l.l.c. ltd ltd. corp corp. lp l.p. llp plc gmbh co co. s.a. n.v. b.v. s.a.b. s.p.a. c.v. ag".split()
)
DEGREES = frozenset("qc kc mp mps mep mpp mla mlas cbe obe mbe phd ph.d. md m.d. esq esq. jd dds usn usmc rn sc frs".split())
SITES = frozenset(  # buildings and roads that are places even where they have a staff
    """
    hospital courthouse stadium arena airport bridge cathedral museum park prison jail penitentiary cemetery tower palace hotel
    gym dam street road avenue square plaza highway boulevard lane tunnel pier barracks raceway speedway coliseum
    """.split()
)
ALWAYS_PLACE = frozenset("U.S. US U.S.A. USA U.K. UK".split())
LABELS = frozenset({"D-", "R-", "I-"})  # of parties, before the state of a member
OFFICE = frozenset(  # what ministers and secretaries are of
    """
    state defense defence homeland security health finance justice education energy labor labour commerce transportation
    transport treasury agriculture interior foreign european home affairs trade culture environment human services veterans
    housing urban development tourism sport sports mines fisheries and &
    """.split()
)
REIGN = frozenset("administration administrations government presidency cabinet".split())
AGAINST = re.compile(r"(?:anti|pro|non|pre|post|ex|mid|un|sub|trans|inter|neo|ultra|semi|pan|all)-")
ANDS = frozenset("and y und et".split())
POSSESSIVES = frozenset({"'s", "’s"})
_BODY = BIT["org-noun"] | BIT["org-suffix"]
_WHERE = BIT["place-noun"] | BIT["site-noun"]
_BEFORE_PERSON = BIT["title"] | BIT["role"] | BIT["demonym"] | _BODY
_HOLDER = BIT["title"] | BIT["role"]
_AS_BODY = BIT["org"] | BIT["party"] | BIT["media"]
_LARGE = frozenset(LEX[name] for name in "country region city".split())
_PLACE = _LARGE | {LEX["town"]}
_BODIES = frozenset({LEX["org"], LEX["media"]})


def edged(made: Reading, found: list[Tagged]) -> list[Tagged]:
    """The names that are sure enough, with their edges put right, in order and apart."""
    kept = _joined(made, [name for name in found if name.sure > SURE])
    return [name for whole in kept for part in _parts(made, whole) for name in _trimmed(made, part)]


def _joined(made: Reading, found: list[Tagged]) -> list[Tagged]:
    """Names over a comma: "Acme" and ", Inc.", "Grey" and ", Brink & Co."."""
    joined: list[Tagged] = []
    for name in found:
        first, last, kind, sure = name
        if joined and first < joined[-1].last:
            continue
        if kind != "L":
            last = _with_legal_form(made, last)
            if "&" in made.word[first:last]:
                first = _with_partners(made, first)
        if (first, last) != (name.first, name.last):
            kind = "O"
            while joined and joined[-1].last > first:
                first = min(first, joined.pop().first)
        joined.append(Tagged(first, last, kind, sure))
    return joined


def _with_legal_form(made: Reading, last: int) -> int:
    """The end of a name with the legal form behind it."""
    while made.word[last] == "," and made.info[last + 1].cap and made.info[last + 1].key in LEGAL:
        last += 2
        while made.info[last].key in LEGAL or (made.word[last] == "de" and made.info[last + 1].key in LEGAL):
            last += 1
    return last


def _with_partners(made: Reading, first: int) -> int:
    """The beginning of a firm with the partners before a comma."""
    while made.word[first - 1] == "," and made.info[first - 2].cap:
        first -= 2
        while made.info[first - 1].cap:
            first -= 1
    return first


def _parts(made: Reading, name: Tagged) -> Iterator[Tagged]:
    """A name cut where two stand in it: "Kenya's Treasury", "Brink of Oslo", "Brink and Grey"."""
    first, last, kind, sure = name
    word, info = made.word, made.info
    for i in range(first + 1, last - 1):
        if word[i] in POSSESSIVES and kind != "P":
            place = _is_place(made, first, i)
            if place or any(w.lex in _BODIES for w in info[first:i]):
                yield Tagged(first, i, "L" if place else "O", sure)
                yield from _parts(made, Tagged(i + 1, last, kind, sure))
                return
        if (
            word[i] == "of"
            and kind != "L"
            and info[i + 1].lex in _PLACE
            and not _has(made, first, i, _BODY | _WHERE | BIT["thing-noun"])
        ):
            yield Tagged(first, i, kind, sure)
            yield from _parts(made, Tagged(i + 1, last, "L", sure))
            return
    middle = first + 1
    if last - first == 3 and word[middle] in ANDS and not made.phrase[middle] and not _has(made, first, last, _BODY | _WHERE):
        yield Tagged(first, middle, kind, sure)
        yield Tagged(middle + 1, last, kind, sure)
    else:
        yield name


def _has(made: Reading, first: int, last: int, bits: int) -> bool:
    return any(word.bits & bits for word in made.info[first:last])


def _is_place(made: Reading, first: int, last: int) -> bool:
    """Whether words are a country, a region or a town of some size."""
    if last - first == 1:
        return made.info[first].lex in _LARGE
    return town(" ".join(made.word[first:last])) > 1


def _trimmed(made: Reading, name: Tagged) -> Iterator[Tagged]:
    """A name without what only stands before or behind it; nothing where nothing is left."""
    first, last, kind, sure = name
    if last - first == 1 and AGAINST.match(made.word[first]):
        return
    if made.word[first - 1] == "of" and made.info[first - 2].bits & _HOLDER:
        first, kind = _without_office(made, first, last, kind)
    first = _front(made, first, last, kind)
    last = _back(made, first, last)
    if kind == "P":
        last = _with_nickname(made, last)
    info = made.info[last - 1]
    nation = info.bits & BIT["demonym"] and info.key.endswith("s")
    if last - first > 1 and kind != "P" and nation and made.info[first].lex in _PLACE:
        yield Tagged(first, last - 1, "L", sure)
    elif last - first == 2 and kind != "L" and info.key in REIGN and made.info[first].bits & BIT["surname"]:
        yield Tagged(first, last - 1, "P", sure)
    else:
        yield Tagged(first, last, _kind(made, first, last, kind), sure)


def _without_office(made: Reading, first: int, last: int, kind: str) -> tuple[int, str]:
    """A name behind an office: "Secretary of | State Ada Brink"."""
    begin = first
    while begin < last and made.info[begin].key in OFFICE:
        begin += 1
    return (begin, "P") if first < begin < last - 1 else (first, kind)


def _front(made: Reading, first: int, last: int, kind: str) -> int:
    """The beginning of a name without titles and a verb that begins the sentence."""
    info = made.info[first]
    if last - first > 1 and first in made.begins and kind != "O" and info.key.endswith(("ing", "ed")):
        first += not info.bits & (BIT["surname"] | BIT["first"]) and not town(made.word[first])
    if kind == "P":
        while last - first > 1 and made.info[first].bits & _BEFORE_PERSON and not made.info[first].bits & BIT["first"]:
            first += 1
    return first


def _back(made: Reading, first: int, last: int) -> int:
    """The end of a name without degrees and common words."""
    while last - first > 1:
        word, info = made.word[last - 1], made.info[last - 1]
        if not (info.key in DEGREES or word == "," or (info.bits & BIT["weak"] and not made.phrase[last - 1])):
            break
        last -= 1
    return last


def _with_nickname(made: Reading, last: int) -> int:
    """The end of a person's name with a nickname in it: 'Ada "Ace" Brink'."""
    word, info = made.word, made.info
    if word[last] in QUOTES and info[last + 1].cap and word[last + 2] in QUOTES and info[last + 3].cap:
        last += 3
        while info[last].cap and not info[last].bits & BIT["weak"]:
            last += 1
    return last


def _kind(made: Reading, first: int, last: int, kind: str) -> str:
    """The kind of a name, where its words leave no choice."""
    word, info = made.word[first], made.info[first]
    if last - first > 1:
        return "L" if kind == "O" and made.info[last - 1].key in SITES else kind
    if word in ALWAYS_PLACE or made.word[first - 1] in LABELS:
        return "L"
    known = info.bits & _AS_BODY and not info.bits & BIT["area"]
    return "O" if kind == "L" and known and word.isupper() else kind
