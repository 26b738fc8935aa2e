"""Linking: whom a name means across all articles. Conservative: a contradicting country makes another entity of that name."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from warehouse.models import KnownEntity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LETTERS = {"person": "p", "organisation": "o", "place": "l"}


class Found(NamedTuple):
    """An entity of an article."""

    kind: str  # person, organisation, place
    key: str  # what the same one has in every text
    name: str
    country: str | None  # ISO 3166-1 alpha-2
    organisation: str | None


class Linked(NamedTuple):
    """Which entity one that was found is; country and organisation where they are new to it, to be kept with it."""

    entity_id: str
    is_new: bool
    country: str | None
    organisation: str | None


def link(found: Sequence[Found], known: Mapping[tuple[str, str], Sequence[KnownEntity]]) -> list[Linked]:
    """The entity of each that was found, in order; `known` are those of the same kind and key, in the order of their coming.

    One by one or all at once, the same come out.
    """
    seen = {key: list(entities) for key, entities in known.items()}
    return [_link(entity, seen.setdefault((entity.kind, entity.key), [])) for entity in found]


def entity_id(kind: str, key: str, namesake: int) -> str:
    """The id of the first (0), second, … entity of a kind and key: a letter and 16 hexadecimal digits."""
    return LETTERS[kind] + blake2b(f"{kind}\0{key}\0{namesake}".encode(), digest_size=8).hexdigest()


def _link(entity: Found, namesakes: list[KnownEntity]) -> Linked:
    """The namesake that is meant, or a new one; `namesakes` is kept up to date."""
    at = _meant(entity, namesakes)
    if at is None:
        made = KnownEntity(entity_id(entity.kind, entity.key, len(namesakes)), entity.country, entity.organisation)
        namesakes.append(made)
        return Linked(made.entity_id, True, made.country, made.organisation)  # noqa: FBT003
    old = namesakes[at]
    country = None if old.country else entity.country
    organisation = None if old.organisation else entity.organisation
    namesakes[at] = KnownEntity(old.entity_id, old.country or country, old.organisation or organisation)
    return Linked(old.entity_id, False, country, organisation)  # noqa: FBT003


def _meant(entity: Found, namesakes: Sequence[KnownEntity]) -> int | None:
    """The place of the namesake whose context speaks most for it; of several alike the first. None where all contradict."""
    fitting = [n for n, other in enumerate(namesakes) if not _contradicts(entity, other)]
    return max(fitting, key=lambda n: (_support(entity, namesakes[n]), -n), default=None)


def _contradicts(entity: Found, other: KnownEntity) -> bool:
    """Whether both have a country, and not the same; a place's id or country is part of its key."""
    return entity.kind != "place" and None not in {entity.country, other.country} and entity.country != other.country


def _support(entity: Found, other: KnownEntity) -> int:
    same_country = entity.country is not None and entity.country == other.country
    same_body = entity.organisation is not None and entity.organisation == other.organisation
    return same_country + 2 * same_body
