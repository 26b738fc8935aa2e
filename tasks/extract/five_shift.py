"""Records moved along a text: the five questions are read off the headline and the body as one text."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, TypeVar

from tasks.extract.records import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tasks.extract.dates import DateMention
    from tasks.extract.quotes import Quote
    from tasks.extract.records import Entity, Event, Name, PlaceMention

Record = TypeVar("Record", "PlaceMention", "DateMention", "Quote", "Event")


def moved(records: Iterable[Record], by: int, end: int) -> list[Record]:
    """The records that begin before `end`, each of their characters `by` further on."""
    return [replace(r, **{f: at + by for f in _places(r) if (at := getattr(r, f)) is not None}) for r in records if r.start < end]


def moved_names(names: Iterable[Name], by: int, end: int) -> list[Name]:
    """The names that begin before `end`, moved."""
    return [n._replace(start=n.start + by, end=n.end + by) for n in names if n.start < end]


def moved_entities(entities: Iterable[Entity], title: str, by: int, end: int) -> list[Entity]:
    """The entities with their mentions moved, and those in the headline; those after `end` are left out."""
    found = []
    for e in entities:
        above = _in_title(title, (e.name, *e.aliases))
        below = [Mention(m.start + by, m.end + by, m.text) for m in e.mentions if m.start < end]
        if above or below:
            found.append(replace(e, mentions=(*above, *below), roles=()))
    return found


def _in_title(title: str, forms: Iterable[str]) -> list[Mention]:
    """Where the headline prints one of an entity's forms."""
    for form in sorted(forms, key=len, reverse=True):
        at = title.find(form)
        before, behind = title[at - 1 : at] if at > 0 else "", title[at + len(form) : at + len(form) + 1]
        if form and at >= 0 and not before.isalnum() and not behind.isalnum():
            return [Mention(at, at + len(form), form)]
    return []


def _places(record: PlaceMention | DateMention | Quote | Event) -> list[str]:
    """The fields of a record that are places in the text."""
    names = (f.name for f in fields(record))
    return [n for n in names if n in {"start", "end"} or n.endswith(("_start", "_end"))]
