"""Kinds of names made consistent: the same words of a text name the same kind of thing, unless the words around them say no."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.extract.records import Name, NameKind

CLEARLY = 2.0  # times: a majority of that size tells the kind of a single word
_WHERE = frozenset("in at near from to into outside around across throughout en à aus nach".split())


def consistent(text: str, names: Sequence[Name]) -> list[Name]:
    """The names, some of another kind: that of most names with the same words, or of the full name whose surname it is."""
    votes: dict[str, dict[NameKind, float]] = defaultdict(dict)
    for name in names:
        kinds = votes[name.text.casefold()]
        kinds[name.kind] = kinds.get(name.kind, 0.0) + name.confidence
    full = {words: max(kinds, key=kinds.__getitem__) for words, kinds in votes.items() if " " in words}
    within: dict[str, set[NameKind]] = defaultdict(set)
    for words, kind in full.items():
        for word in words.split():
            within[word].add(kind)
    told = {words: full.get(words) or _told(kinds, within.get(words)) for words, kinds in votes.items()}
    return [_retold(text, name, told[name.text.casefold()]) for name in names]


def _told(kinds: dict[NameKind, float], within: set[NameKind] | None) -> NameKind | None:
    """The kind that a single word has, by the kinds it is found with and those of the longer names it stands in; None if open."""
    if within == {"PERSON"} and "PLACE" not in kinds:
        return "PERSON"
    ranked = sorted(kinds.items(), key=lambda item: -item[1])
    if len(ranked) == 1 or ranked[0][1] >= CLEARLY * ranked[1][1]:
        return ranked[0][0]
    return None


def _retold(text: str, name: Name, kind: NameKind | None) -> Name:
    if kind is None or kind == name.kind:
        return name
    before = text[max(0, name.start - 12) : name.start].split()
    somewhere = bool(before) and before[-1].lower() in _WHERE
    if (name.kind == "PLACE" and somewhere) or (kind == "PLACE" and not somewhere):
        return name
    return name._replace(kind=kind)
