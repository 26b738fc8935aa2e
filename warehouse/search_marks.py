"""Where a text has what was searched for: characters to highlight, and the passage that shows most of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from warehouse.search_query import wanted
from warehouse.search_words import FOLDS, WORD, stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.search_query import Node, Wanted

WIDTH = 240  # characters of a snippet, about
LEAD = 40  # of them before the first match
MOST = 1_000  # matches of one text that are told


class Mark(NamedTuple):
    """A match: its characters, and which of the searched words it is."""

    start_char: int
    end_char: int
    which: int


class Snippet(NamedTuple):
    """A passage of a text, by its characters."""

    start_char: int
    end_char: int


def marks(text: str, node: Node, language: str | None, fields: tuple[str, ...] = ("all",)) -> list[Mark]:
    """Where the searched words stand in a text (or title, if it is among the fields), in their order, none within another."""
    places = [(m.start(), m.end(), m.group()) for m in WORD.finditer(text)]
    terms = [FOLDS[word] for _, _, word in places]
    forms = stems(language)
    known = [forms[word] for _, _, word in places] if forms is not None else None
    found = sorted(
        (
            Mark(places[i][0], places[i + n - 1][1], which)
            for which, leaf in enumerate(dict.fromkeys(wanted(node)))
            if leaf.field in fields
            for i, n in _matches(leaf, terms, known)
        ),
        key=lambda mark: (mark.start_char, -mark.end_char),
    )
    kept: list[Mark] = []
    for mark in found:
        if not kept or mark.start_char >= kept[-1].end_char:
            kept.append(mark)
    return kept[:MOST]


def snippet(text: str, found: Sequence[Mark], width: int = WIDTH) -> Snippet:
    """The passage with most of the different searched words, then with most matches, then the first; else the beginning."""
    best, first, score = 0, 0, (0, 0)
    for last, mark in enumerate(found):
        while mark.end_char - found[first].start_char > width - LEAD and first < last:
            first += 1
        inside = found[first : last + 1]
        if (now := (len({m.which for m in inside}), len(inside))) > score:
            best, score = found[first].start_char, now
    start = _word_start(text, max(0, best - LEAD)) if found else 0
    paragraph = text.rfind("\n\n", start, best)
    start = paragraph + 2 if paragraph >= 0 else start
    return Snippet(start, _word_end(text, start, start + width))


def _matches(leaf: Wanted, terms: Sequence[str], known: Sequence[str] | None) -> list[tuple[int, int]]:
    """Where a leaf matches: the number of its first word in the text, and of how many it is."""
    asked, size = leaf.folded, len(leaf.words)
    if size == 1:
        of = leaf.stems
        alike = (i for i, term in enumerate(terms) if term == asked[0] or (leaf.prefix and term.startswith(asked[0])))
        other = (i for i, stem in enumerate(known or ()) if stem in of)
        return [(i, 1) for i in sorted({*alike, *other})]
    *head, tail = asked
    return [
        (i, size)
        for i in range(len(terms) - size + 1)
        if terms[i] == asked[0]
        and list(terms[i : i + size - 1]) == head
        and (terms[i + size - 1].startswith(tail) if leaf.prefix else terms[i + size - 1] == tail)
    ]


def _word_start(text: str, at: int) -> int:
    """The beginning of the word at a place, or the place itself where words have no blanks between them."""
    if at == 0:
        return 0
    gap = next((i for i in range(at, min(at + LEAD, len(text))) if text[i].isspace()), None)
    return at if gap is None else gap + 1


def _word_end(text: str, start: int, at: int) -> int:
    """The end of the last word before a place."""
    if at >= len(text):
        return len(text.rstrip())
    return next((i for i in range(at, max(at - LEAD, start), -1) if text[i].isspace()), at)
