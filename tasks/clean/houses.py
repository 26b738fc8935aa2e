"""Agencies that no table knows, told by where their names stand: alone on a line, directly above a place."""

from __future__ import annotations

import re

from tasks.clean.agencies import HOUSE, SMALL, may_be_agency, may_be_house
from tasks.clean.newsroom import PLAIN
from tasks.clean.printed_date import MONTHS
from tasks.clean.printed_place import capitals, known_place

LONGEST = 40  # characters of the name
MOST_WORDS = 4
INITIALS = 6  # letters of the longest
REACH = 2_000  # characters in which a story names what the line above it is about

WORD = re.compile(r"[^\W\d_](?:[\w&'’-]*[^\W_])?")
ENGLISH = re.compile(r" (?:the|of|and|said|was|has) ")  # the words of other languages are not in our lists
DERIVED = re.compile(r"(?:..ing|[st]ion|ment|ness|ity|ism|ist|ship|[ae]nce|hood|logy|graphy|er|ed|ly)s?$", re.IGNORECASE)
ENDING = re.compile(r"(?:ies|es|s|y)$", re.IGNORECASE)
WORDS = PLAIN | HOUSE | SMALL | MONTHS


def agency_above(text: str, line: tuple[int, int], below: tuple[int, int], *, first: bool) -> bool:
    """Whether a short line directly above a place is the name of an agency, and no kicker or headline.

    `first`: nothing stands above it, so that a word above a town in small letters is the headline.
    """
    start, end = line
    if end - start > LONGEST or text[start].islower() or text[end - 1] in ".!?:;,":
        return False
    words = text[start:end].split()
    if len(words) > MOST_WORDS or not all(WORD.fullmatch(word) for word in words):
        return False
    name = text[start:end]
    telling = [word for word in words if word.casefold() not in WORDS]
    if not telling or known_place(name) is not None:
        return False
    behind = text[end : end + REACH]
    if may_be_house(name):
        return may_be_agency(name) or not (_spoken(name, behind) or all(_spoken(word.lower(), behind) for word in telling))
    if len(words) > 1 or not name[0].isupper() or not name.isalpha() or len(name) < 2:
        return False
    if any(_spoken(form, behind) for form in {name, name.lower(), name.capitalize(), name.upper()}):
        return False
    if name.isupper() and len(name) <= INITIALS:
        return True
    place = text[slice(*below)]
    if first and not (capitals(place) or "," in place or "(" in place):
        return False
    return ENGLISH.search(behind) is not None and DERIVED.search(name) is None


def _spoken(word: str, text: str) -> bool:
    """Whether a text uses the word, in the singular or plural; "told Nusa" is how an agency names itself."""
    stem = re.escape(ENDING.sub("", word) if len(word) > 4 else word)
    return re.search(rf"(?<![^\W\d_])(?<!told ){stem}(?:e?s|y|ies)?(?![^\W\d_])", text) is not None
