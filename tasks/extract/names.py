"""The people, organisations and places that a text names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.extract.name_context import read
from tasks.extract.name_edges import edged
from tasks.extract.name_rules import LANGUAGES, by_rule
from tasks.extract.name_tagger import tagger
from tasks.extract.name_votes import voted
from tasks.extract.records import Name

if TYPE_CHECKING:
    from tasks.extract.records import NameKind

KINDS: dict[str, NameKind] = {"P": "PERSON", "O": "ORGANIZATION", "L": "PLACE"}
ENGLISH = frozenset("the of and in to for that with was is on as by he she it at from".split())
ENOUGH = 0.12  # of an English text's words, at least these are among them


def names(text: str, language: str | None = "en") -> list[Name]:
    """The names of a text in order and apart, without titles, "the" and possessives; demonyms are no names.

    `language` is ISO 639-1, None unknown: then only what looks like English is read. English goes by trained weights, a few
    other languages by rules, and in the rest no name is found.
    """
    if language in LANGUAGES:
        made, found = by_rule(text, language)
    elif language == "en" or (language is None and _is_english(text)):
        made = read(text)
        found = voted(made, edged(made, tagger()(made)))
    else:
        return []
    spans = [(name, made.start[name.first], made.end[name.last - 1]) for name in found]
    return [Name(KINDS[name.kind], start, end, text[start:end], round(name.sure, 3)) for name, start, end in spans]


def _is_english(text: str) -> bool:
    words = text[:4000].lower().split()
    return sum(word in ENGLISH for word in words) > ENOUGH * len(words)
