"""Syndication: who had a text first, and in what words the copy says so."""

from __future__ import annotations

import pytest

from tasks.syndication import Edges, Party, credit, credits_of, delay, had_first
from warehouse.models import UNKNOWN

HOUR = 3_600
NOON = 20_000 * 86_400 + 12 * HOUR


def party(outlet: str, agency: str | None = None, published: int = UNKNOWN, *, had_at: int = NOON, seq: int = 0) -> Party:
    return Party(f"id-{outlet}-{seq}", 1, outlet, agency, had_at if published == UNKNOWN else published, published, seq)


def edges(
    agency: str | None = None, authors: tuple[str, ...] = (), head: str = "", tail: str = "", opening: str = "", closing: str = ""
) -> Edges:
    return Edges(agency, authors, head, tail, opening, closing)


HERALD = party("The Lagoon Herald")
WIRE = party("The Associated Press")
MERIDIAN = party("Meridian News Agency")
RELAY = party("The Lagoon Herald", "AP")


@pytest.mark.parametrize(
    ("copy", "origin", "words"),
    [
        (edges(agency="AP"), WIRE, "AP"),
        (edges(agency="Associated Press"), RELAY, "Associated Press"),
        (edges(agency="Meridian News Agency"), MERIDIAN, "Meridian News Agency"),
        (edges(agency="Reuters"), WIRE, None),
        (edges(authors=("Ines Okoro, Associated Press",)), WIRE, "Ines Okoro, Associated Press"),
        (edges(authors=("Ines Okoro of The Lagoon Herald",)), HERALD, "Ines Okoro of The Lagoon Herald"),
        (edges(authors=("Ines Okoro",)), HERALD, None),
        (edges(opening="OSLO (AP) — The bridge fell. Nobody was hurt."), WIRE, "OSLO (AP) — The bridge fell."),
        (edges(closing="Nobody was hurt. This was first published by The Lagoon Herald."), HERALD, "This was first published by The Lagoon Herald."),
        (edges(closing="Nobody was hurt.\n\nVia Lagoon Herald"), HERALD, "Via Lagoon Herald"),
        (edges(closing="Copyright 2026 LAGOON HERALD. All rights reserved."), HERALD, "Copyright 2026 LAGOON HERALD."),
        (edges(tail="Source: Meridian News Agency"), MERIDIAN, "Source: Meridian News Agency"),
        (edges(closing="Quelle: Meridian News Agency"), MERIDIAN, "Quelle: Meridian News Agency"),
        (edges(closing="He told the Lagoon Herald that he would resign."), HERALD, None),
        (edges(closing="Heralds of the lagoon were published by him."), HERALD, None),
        (edges(), HERALD, None),
    ],
)  # fmt: skip
def test_credits(copy: Edges, origin: Party, words: str | None) -> None:
    assert credit(credits_of(copy), origin) == words


def test_an_endless_line_is_cut() -> None:
    found = credit(credits_of(edges(tail="Source: The Lagoon Herald " + "word " * 500)), HERALD)
    assert found is not None
    assert len(found) == 200


@pytest.mark.parametrize(
    ("one", "other", "first"),
    [
        (party("A", published=NOON), party("B", published=NOON + HOUR, seq=-1), True),
        (party("A", published=NOON + HOUR), party("B", published=NOON, seq=1), False),
        (party("A", had_at=NOON + 12 * HOUR - 1, seq=1), party("B", published=NOON, seq=2), False),  # some time that day
        (party("A", had_at=NOON - 12 * HOUR, seq=2), party("B", published=NOON, seq=1), True),  # the day before
        (party("A", seq=1), party("B", published=NOON, seq=2), True),
        (party("A", seq=2), party("B", seq=1), False),
        # The agency that the other credits had it first, though our clocks saw it later.
        (party("Reuters", published=NOON + HOUR, seq=2), party("B", "Reuters", published=NOON, seq=1), True),
        (party("B", "Reuters", published=NOON, seq=1), party("Reuters", "Reuters", published=NOON + HOUR, seq=2), False),
    ],
)
def test_who_had_it_first(*, one: Party, other: Party, first: bool) -> None:
    assert had_first(one, other) is first
    assert had_first(other, one) is not first


def test_delays_are_known_where_both_publications_are() -> None:
    early, late = party("A", published=NOON), party("B", published=NOON + 90)
    assert (delay(early, late), delay(late, early), delay(party("C"), late)) == (90, -90, None)
