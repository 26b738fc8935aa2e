"""Notes in which a story speaks of itself: that it was corrected, or that it no longer stands.

Such a note stands as one: a paragraph, line or parenthesis near the head or the end of the text, or a mark at the headline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tasks.wordings import ANY, DONE_DE, MISSTATED, WORDINGS, WRONGLY
from tasks.words import WORD, normal_words

if TYPE_CHECKING:
    from collections.abc import Iterator

NoteKind = Literal["correction", "retraction"]

LONGEST = 600  # characters of a note that are kept
FIRST, LAST = 4, 8  # paragraphs of a body in which a note may stand: below it often stand links and a standing footer
REACH = 300  # characters of an announced note ("Editor's note: …") in which it must say what it is
ANNOUNCED = 60  # characters of a paragraph that may be but the label of the next
BRIEF = 80  # words: a body no longer than this may be all note


@dataclass(frozen=True, slots=True)
class Note:
    """What a version says of itself."""

    kind: NoteKind
    text: str  # verbatim, at most 600 characters


LABELS, HINTS, CORRECTS, RETRACTS, WIRE, HOUSE = (
    "|".join(line.strip() for line in "\n".join(column).splitlines() if line.strip())
    for column in zip(*WORDINGS.values(), strict=True)
)
SINCE = r"(?:,? ?[(\[]?[^:：\n]{0,30}\d[^:：\n]{0,20}?[)\]]?)?"  # the day of the note, between its label and the colon
STOP = r"\s?(?:[:：]|(?:(?<=(?-i:[A-ZÄÉÓÖÜ]{3}))|(?<=(?-i:[A-ZÄÉÓÖÜ]{3}) ))[-–—])"  # a dash only behind capitals
TAGS = r"(?:(?:UPDATE|WRAPUP|REFILE|RPT|REPEAT|EXCLUSIVE|URGENT)[ \d]*[-:–—] ?)*"
DONE = "correct(?:ed|ion)|korrigiert|korrektur|berichtigt|corrigée?|corregid[oa]|corrett[oa]|corrigid[oa]|gecorrigeerd|rettet"

# What may stand before a note: bullets, brackets, "Update:", "This article was updated on 3 June."
LEAD = re.compile(
    rf"[\s•*·\-–—_#>|(\[]*(?:(?:update|note|hinweis|aktualisierung|mise à jour|actualización){SINCE}\s?[:–—-]\s*)?"
    r"(?P<updated>(?:this|diese[rs]?|cet|est[ea]|dit) \w+ (?:has been|was|wurde|a été|ha sido|is) "
    rf"(?:updated|aktualisiert|überarbeitet|mise? à jour|actualizad[oa]|aangepast){ANY}{{0,60}}\. )?",
    re.IGNORECASE,
)
LABEL = re.compile(rf"(?-i:(?![a-zà-þ]))(?:{LABELS}){SINCE}{STOP}", re.IGNORECASE)
HINT = re.compile(rf"(?:{HINTS}){SINCE}\s?[:：–—-]", re.IGNORECASE)
STATED = {
    "retraction": re.compile(rf"\b(?:{RETRACTS})", re.IGNORECASE),
    "correction": re.compile(rf"\b(?:{CORRECTS})", re.IGNORECASE),
}
HINTED = re.compile(
    rf"\b(?:(?:was|were|been) (?:corrected|amended|clarified)|to correct|{MISSTATED}|{WRONGLY} (?:stated|said|reported)|{DONE_DE}"
    r"|corrigée?|rectifiée?|corregid[oa]|früheren (?:version|fassung)|earlier version of (?:this|the (?:story|article)))\b",
    re.IGNORECASE,
)
REGRETS = re.compile(
    r"(?:^|[.!?] )(?:we (?:regret|apologi[sz]e for)|the [\w ]{3,40} regrets) (?:the|this) error[.)\]]*$", re.IGNORECASE
)
STANDING = re.compile(
    r"\S@\S|https?:|\bwww\.|\b(?:polic(?:y|ies)|contact|send|e-?mail|write to|report (?:an?|any)|kontakt\w*|melden|signaler)\b",
    re.IGNORECASE,
)
IN_BRACKETS = re.compile(rf"[(\[]\s*(?:{WIRE})", re.IGNORECASE)
BARE_WIRE = re.compile(
    r"(?:Corrects|Correcting|Refiles to correct)\b[^.]{0,160}\b(?:para(?:graph)?s?|headline|spelling|to (?:say|show|read))\b"
)
BY_HOUSE = re.compile(HOUSE, re.IGNORECASE)
MARKS = {
    "retraction": re.compile(
        rf"{TAGS}(?:(?:WITHDRAWN|RETRACTION|ZURÜCKGEZOGEN)(?: ?[:–—-]|$)|(?:MANDATORY |BULLETIN )?KILL(?: KILL)*(?: ?:|-(?=\S)|$)"
        r"|RETRACTED\b(?! (?:stud|paper|research|claim))"
        r"|(?i:(?:advisory ?[-:–—] ?)?(?:story|article) (?:removed|withdrawn|retracted|killed|deleted)(?: ?[:–—-]|$)"
        r"|[(\[](?:retracted|withdrawn|zurückgezogen)[)\]]"
        r"|rückruf\b(?! (?:bei|von)\b).{0,40}\b(?:\w+-)?(?:meldung|bericht|beitrag)\b)"
        rf"|(?i:{RETRACTS}))"
    ),
    "correction": re.compile(
        rf"{TAGS}(?:CORRECTED\b|(?i:(?:{LABELS}){STOP} ?\w|[(\[](?:{DONE})[)\]]))|UPDATE ?\d* ?- ?(?:Corrects|Correcting)\b"
    ),
}
MARKED_BEHIND = re.compile(rf"[(\[](?:{DONE})[)\]]\s*$", re.IGNORECASE)
KINDS: tuple[NoteKind, NoteKind] = ("retraction", "correction")  # the weightier one first
JOINS = frozenset("and und et y e en og och by von de da van".split())


def notes(title: str | None, head: str | None, text: str, tail: str | None) -> dict[tuple[str, ...], Note]:
    """The notes of a version by their words, retractions first; a mark at the headline, by its kind, stands last."""
    found: dict[tuple[str, ...], Note] = {}
    if (announced := _by_house(text)) is not None:
        found["retraction", *normal_words(announced)] = Note("retraction", announced[:LONGEST].rstrip())
    for places in _places(head, text, tail):
        for place in places:
            if (kind := _kind(place)) is not None:
                found.setdefault((kind, *normal_words(place)), Note(kind, place[:LONGEST].rstrip()))
                break
    if title and (kind := _mark(title.strip())) is not None:
        found[kind, "headline"] = Note(kind, title.strip()[:LONGEST].rstrip())
    return dict(sorted(found.items(), key=lambda item: KINDS.index(item[1].kind)))


def _places(head: str | None, text: str, tail: str | None) -> Iterator[list[str]]:
    """Where a note may stand: the parentheses at the ends of each paragraph, then all of it, then its lines."""
    body = _edges(_paragraphs(text))
    for block in (*_paragraphs(head or ""), *body, *_paragraphs(tail or "")):
        lines = _edges([line.strip() for line in block.splitlines() if line.strip()])
        yield [*_parentheses(block), block, *(lines if len(lines) > 1 else ())]


def _paragraphs(text: str) -> list[str]:
    """Paragraphs; one that only announces what follows, perhaps with a date, together with the next."""
    blocks: list[str] = []
    for block in re.split(r"\n[^\S\n]*\n\s*", text.strip()):
        if blocks and _announces(blocks[-1]):
            blocks[-1] += f"\n\n{block}"
        elif block:
            blocks.append(block)
    return blocks


def _announces(block: str) -> bool:
    label = LABEL.match(block) if len(block) < ANNOUNCED else None
    rest = block[label.end() :] if label else ""
    return label is not None and (not rest or (any(map(str.isdigit, rest)) and _plain(rest) < 2))


def _edges(blocks: list[str]) -> list[str]:
    return blocks if len(blocks) <= FIRST + LAST else blocks[:FIRST] + blocks[-LAST:]


def _parentheses(block: str) -> Iterator[str]:
    """What stands in brackets at the beginning or the end of a paragraph and is not all of it."""
    for opens, closes in ("()", "[]"):
        if block.startswith(opens) and 0 < (end := block.find(closes, 0, 2 * LONGEST)) < len(block) - 1:
            yield block[: end + 1]
        start = block.rfind(opens, max(0, len(block) - 2 * LONGEST)) if block.rstrip(".").endswith(closes) else 0
        if start > 0:
            yield block[start:]


def _by_house(text: str) -> str | None:
    """The first paragraph of a brief text by which its house, named, takes a story back."""
    if len(text) > 20 * BRIEF or len(normal_words(text)) > BRIEF:
        return None
    return next((block for block in _paragraphs(text)[:1] if BY_HOUSE.match(block)), None)


def _kind(place: str) -> NoteKind | None:
    """What note it is, if any."""
    lead = LEAD.match(place)
    start = lead.end() if lead else 0
    label = LABEL.match(place, start)
    hint = HINT.match(place, start) or (lead and lead["updated"])
    end = start + REACH
    for kind in KINDS:
        stated = STATED[kind]
        if (stated.search(place, start, end) if label or hint else stated.match(place, start)) is not None:
            return kind
    wire = IN_BRACKETS.match(place) or BARE_WIRE.match(place)
    if wire or (hint and HINTED.search(place, start, end)) or (len(place) <= LONGEST and REGRETS.search(place)):
        return "correction"
    return "correction" if label and _is_told(place[label.end() : label.end() + REACH]) else None


def _is_told(rest: str) -> bool:
    """Whether something is said behind a label: names alone are credits, addresses and policies a standing footer."""
    telling = _plain(rest) >= 2 or any(map(str.isdigit, rest))
    return len(WORD.findall(rest)) >= 3 and telling and not STANDING.search(rest)


def _plain(text: str) -> int:
    """Words that are no part of a list of names."""
    return sum(not word[0].isupper() and not word.isdecimal() and word not in JOINS for word in WORD.findall(text))


def _mark(title: str) -> NoteKind | None:
    marked = next((kind for kind in KINDS if MARKS[kind].match(title)), None)
    return "correction" if marked is None and MARKED_BEHIND.search(title[-40:]) else marked
