"""Linking: whom the names of a batch's articles mean, across all articles; then their facts as rows."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from tasks.land_facts import entity_hash, found, land_facts
from tasks.link import link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.extract.facts import Facts
    from warehouse.models import Landing
    from warehouse.store import Store


def link_facts(read: Sequence[tuple[str, int, Facts]], store: Store, landing: Landing) -> None:
    """Add the facts of versions of articles (id, version, facts) to a batch's landing."""
    named = [found(facts) for _, _, facts in read]
    keys = {(f.kind, f.key): entity_hash(f.kind, f.key) for listed in named for f in listed}
    known = store.known_entities((*key, number) for key, number in keys.items()) if keys else {}
    linked = iter(link([f for listed in named for f in listed], known))
    for article_id, version, facts in read:
        land_facts(article_id, version, facts, list(islice(linked, len(facts.entities))), landing)
