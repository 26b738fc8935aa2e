"""Bylines to names: who wrote a piece, without By, offices, agencies, addresses and the paper itself."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from tasks.clean.agencies import agency, agency_at
from tasks.clean.likeness import bare_name
from tasks.clean.newsroom import BODIES, HONOURS, INTRODUCTIONS, JOINS, OFFICES, OPEN, PARTICLES, RANKS, TAILS

if TYPE_CHECKING:
    from collections.abc import Collection

NAMES = 30  # nobody signs with more; a longer list is something else
LENGTH = 2_000  # characters of one byline
CODE = 5  # letters up to which an agency's name counts only as a part of its own: "PA" may be anything in running words

_INTRODUCTION = re.compile(
    rf"^(?:(?i:{'|'.join(re.escape(i) for i in sorted(INTRODUCTIONS, key=len, reverse=True) if i not in OPEN)})"
    rf"|{'|'.join(sorted(OPEN))})(?:\s?:\s?|\s)(?=\S)"
)
_JOIN = re.compile(rf"\s(?:{'|'.join(JOINS)})\s|\s?[,;|/&•·–—\n、，；+:]\s?|\s-\s")
_TAIL = re.compile(rf"\s(?:{'|'.join(map(re.escape, sorted(TAILS, key=len, reverse=True)))}|For)(?:\s.*|$)")
_NOISE = re.compile(
    r"<[^<>]{0,300}>|https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}|(?<!\w)@\w+"
    r"|\([^()]{0,100}\)|\[[^\[\]]{0,100}\]"
)
# RSS 2.0: an address, and the name in brackets.
_MAILED = re.compile(r"^\s*[\w.+-]{1,64}@[\w.-]{1,100}\s{1,5}\(([^()]{1,100})\)\s*$")
_CREDIT = re.compile(
    r"(?i:edit(?:ing|ed) by"
    r"|(?:additional )?(?:photo(?:s|graphs?|graphy)?|fotos?|bild(?:er)?|images?|video|illustrations?|graphics?|cover)\b"
    r"|translat|übersetz|traduc|traduit|tradotto|vertaling|red\.|updated|published|aktualisiert|stand:)"
)
_HONOUR = re.compile(rf"^(?:(?:{'|'.join(HONOURS)})(?:\.\s?|\s))+(?=\S)", re.IGNORECASE)
_REPORTER = re.compile(r"\s?(?:기자|특파원|인턴기자|記者|記者団|特派員)$")


def names(value: str, outlets: Collection[str] = ()) -> tuple[str, ...]:
    """The persons whom a byline names, in order, each once: `By A B and C D, Political Editor` → (A B, C D).

    `outlets` are names of the paper and its site, which are no authors. Never more than NAMES; empty where nobody is named.
    """
    papers = {bare_name(outlet) for outlet in outlets}
    text = _NOISE.sub("\n", _MAILED.sub(r"\1", unescape(value[:LENGTH])))
    lines = (" ".join(line.split()) for line in re.split(r"[\n\r;|]", text))
    text = "\n".join(line for line in lines if line and not _CREDIT.match(line))
    parts = [part for part in map(_person, _JOIN.split(_opened(text))) if part and not _of_paper(part, papers)]
    if len(parts) == 2 and all(" " not in part and part[0].isupper() for part in parts) and _JOIN_COMMA.search(text):
        parts = [f"{parts[1]} {parts[0]}"]  # "Surname, Forename"
    if any(" " in part for part in parts):  # beside full names, a single word is a town or a section
        parts = [part for part in parts if " " in part or _unspaced(part)]
    elif agency_of(text):
        parts = [part for part in parts if _unspaced(part)]
    return tuple(dict.fromkeys(parts[:NAMES]))


_JOIN_COMMA = re.compile(r"^[^\s,]+, [^\s,]+$")


def _unspaced(part: str) -> bool:
    """A name in a script that sets no blanks between a name's parts."""
    return not part.isascii() and not part[0].isupper()


def _of_paper(part: str, papers: set[str]) -> bool:
    """Whether a part is the paper, or one of its editions ("MDR Thüringen")."""
    bare = bare_name(part)
    if bare in papers or (len(bare) >= (8 if " " in part else 5) and any(paper.startswith(bare) for paper in papers)):
        return True
    return " " in part and len(first := bare_name(part.split(maxsplit=1)[0])) > 2 and first in papers


def agency_of(value: str) -> str | None:
    """The agency that a byline or credit names first, by the short name it goes by; None where it names none."""
    text = " ".join(unescape(value[:LENGTH]).split())
    for part in (part.strip(" .()[]") for part in _PART.split(text)):
        known = agency(part) or (agency(part.lower()) if part.isupper() and len(part) <= CODE else None)
        if known is not None:
            return known
    for word in re.finditer(r"(?<!\w)\w", text):
        if (end := agency_at(text, word.start())) is not None and end - word.start() > CODE:
            return agency(text[word.start() : end])
    return None


_PART = re.compile(r"\s?[,;()|&+/·•–—:\n]\s?|\s-\s|\s(?:and|und|et|y|e|og|och|en|mit|with|avec|con|from|by|von|par|por)\s")


def _opened(text: str) -> str:
    """Without what introduces the names; it may be said twice ("Text: Von")."""
    for _ in range(2):
        text = _INTRODUCTION.sub("", text)
    return _DI.sub("", text)


_DI = re.compile(r"^Di (?=[^\W\d_]+ [^\W\d_]+)")  # "Di Anna Rossi" is by her, "Di Rossi" is a surname


def _person(part: str) -> str | None:
    """A part of a byline as a name, or None if it is none."""
    part = _REPORTER.sub("", _TAIL.sub("", _opened(part.strip()))).strip(" .,:;'\"“”„*_-")
    part = _HONOUR.sub("", part)
    words = _without_office(part.split())
    if not words or len(words) > 6 or len(part) > 80 or agency_of(part):
        return None
    name = " ".join(words)
    letters = [c for c in name if c.isalpha()]
    if len(letters) < 2 or any(c.isdigit() for c in name) or any(c in name for c in "@#/\\_{}<>=!?"):
        return None
    if "." in name and re.search(r"\.[a-z]{2,5}$", name):  # a site
        return None
    if name.casefold() in INTRODUCTIONS:
        return None
    if not name.isupper() and any(word.isupper() and len(word) > 1 and agency(word) for word in words):
        return None
    plain = [word for word in words if word.casefold() not in PARTICLES]
    if not plain or any(word[0].islower() for word in plain):  # a phrase or a user's name
        return None
    if len(words) == 1 and len(name) <= 4 and name.isupper():  # initials, an abbreviation
        return None
    return _cased(words)


def _without_office(words: list[str]) -> list[str]:
    """`Jane Doe Senior Reporter` → Jane Doe; nothing where an office is all there is."""
    folded = [word.casefold().strip(".,") for word in words]
    if not BODIES.isdisjoint(folded):
        return []
    office = [word in OFFICES for word in folded]
    if not any(office):
        return words
    rest = words[2:]
    known = all(word.casefold() in OFFICES or word.casefold() in RANKS for word in rest)
    return words[:2] if rest and known and not any(office[:2]) and words[0].casefold() not in RANKS else []


def _cased(words: list[str]) -> str:
    """Names shouted in capitals are set as names; initials and short words stay."""
    if len(words) > 1 and all(word.isupper() for word in words) and sum(len(word) > 2 for word in words) >= len(words) / 2:
        return " ".join(re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize() if len(m[0]) > 1 else m[0], word) for word in words)
    return " ".join(words)
