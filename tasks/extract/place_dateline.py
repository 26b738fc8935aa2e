"""The places of a dateline, with their characters in the head of the text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tasks.extract.records import PlaceMention
from tasks.gazetteer import is_region, locate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.extract.records import PlaceKind
    from tasks.types import HeadField

_JOINT = re.compile(r"\s*(?:/|;|\band\b|\bund\b|\bet\b| - | – )\s*", re.IGNORECASE)


def datelines(
    fields: Sequence[HeadField], printed: str | None, country: str | None, home: str | None
) -> tuple[PlaceMention, ...]:
    """Each place that the head's fields name. `country` is that of the dateline as a whole, `printed`; `home` the source's."""
    found = []
    for field in fields:
        if field.name != "place" or field.part != "head":
            continue
        for start, end in parts(field.text):
            words = field.text[start:end]
            if place := _located(words, country if words == printed else home):
                found.append(replace(place, start=field.start + start, end=field.start + end))
    return tuple(found)


def parts(text: str) -> list[tuple[int, int]]:
    """Where each place of "SEOUL/WASHINGTON" stands; "Trinidad and Tobago" is one."""
    cuts = [m.span() for m in _JOINT.finditer(text) if not is_region(_around(text, *m.span()))]
    starts, ends = [0, *(b for _, b in cuts)], [*(a for a, _ in cuts), len(text)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]


def _around(text: str, start: int, end: int) -> str:
    """What stands around a joint, from comma to comma."""
    behind = text.find(",", end)
    return text[text.rfind(",", 0, start) + 1 : behind if behind >= 0 else len(text)].strip()


def _located(text: str, hint: str | None) -> PlaceMention | None:
    place = locate(text, hint)
    if place is None:
        return None
    kind: PlaceKind = "city" if place.lat is not None or place.geonames_id is None else "region"
    return PlaceMention(
        0, 0, text, place.name, place.country, place.admin1, place.lat, place.lon, place.geonames_id, kind, "mentioned",
        place.confidence,
    )  # fmt: skip
