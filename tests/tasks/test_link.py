from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.link import Found, Linked, entity_id, link
from warehouse.models import KnownEntity

BRINK = ("person", "ada brink")


def person(country: str | None = None, organisation: str | None = None, key: str = "ada brink") -> Found:
    return Found("person", key, key.title(), country, organisation)


def ids(*found: Found) -> list[str]:
    return [row.entity_id for row in link(found, {})]


def test_the_first_of_a_name_is_new_and_the_second_is_the_same() -> None:
    first, second = link([person("KE"), person("KE")], {})
    assert first == Linked(entity_id(*BRINK, 0), True, "KE", None)
    assert second == Linked(first.entity_id, False, None, None)


def test_another_country_makes_another_entity_that_is_met_again() -> None:
    kenyan, danish, again, danish_again = ids(person("KE"), person("DK"), person("KE"), person("DK"))
    assert kenyan == again != danish == danish_again


def test_an_unknown_context_takes_the_first_that_is_told() -> None:
    bare, told, other = link([person(), person("KE", "Harbour Board"), person("DK")], {})
    assert (bare.country, bare.organisation) == (None, None)
    assert told == Linked(bare.entity_id, False, "KE", "Harbour Board")
    assert other.is_new


def test_country_and_organisation_may_be_told_one_after_the_other() -> None:
    rows = link([person("KE"), person(None, "Harbour Board"), person("KE", "Fish Council")], {})
    assert len({row.entity_id for row in rows}) == 1
    assert [(row.country, row.organisation) for row in rows] == [("KE", None), (None, "Harbour Board"), (None, None)]


@pytest.mark.parametrize(
    ("found", "meant"),
    [
        (person(), "p1"),
        (person("DK"), "p2"),
        (person(None, "Fish Council"), "p2"),
        (person("KE", "Fish Council"), "p1"),
        (person(None, "Choir"), "p1"),
        (person("SE"), entity_id(*BRINK, 2)),
    ],
)
def test_of_several_the_one_whose_context_speaks_for_it(found: Found, meant: str) -> None:
    known = {BRINK: [KnownEntity("p1", "KE", "Harbour Board"), KnownEntity("p2", "DK", "Fish Council")]}
    [row] = link([found], known)
    assert row.entity_id == meant


def test_an_organisation_that_differs_is_no_contradiction() -> None:
    assert len(set(ids(person("KE", "Harbour Board"), person("KE", "Fish Council")))) == 1


def test_surnames_alone_and_other_kinds_stay_apart() -> None:
    body = Found("organisation", "brink", "Brink", None, None)
    assert len(set(ids(person(), person(key="brink"), body))) == 3


def test_a_place_is_told_by_its_key_alone() -> None:
    rows = link([Found("place", "184745", "Nairobi", "KE", None), Found("place", "184745", "Nairobi", "TZ", None)], {})
    assert rows[0].entity_id == rows[1].entity_id == entity_id("place", "184745", 0)
    assert rows[0].entity_id[0] == "l"


def test_known_entities_are_not_changed() -> None:
    known = {BRINK: [KnownEntity("p1", None, None)]}
    link([person("KE"), person("DK")], known)
    assert known == {BRINK: [KnownEntity("p1", None, None)]}


entities = st.lists(
    st.builds(
        Found,
        st.sampled_from(["person", "organisation", "place"]),
        st.sampled_from(["brink", "ada brink", "17"]),
        st.just("Brink"),
        st.sampled_from([None, "KE", "DK"]),
        st.sampled_from([None, "Harbour Board", "Fish Council"]),
    ),
    max_size=12,
)


def stored(known: dict[tuple[str, str], list[KnownEntity]], found: list[Found], rows: list[Linked]) -> None:
    for entity, row in zip(found, rows, strict=True):
        namesakes = known.setdefault((entity.kind, entity.key), [])
        if row.is_new:
            namesakes.append(KnownEntity(row.entity_id, row.country, row.organisation))
        for n, old in enumerate(namesakes):
            if old.entity_id == row.entity_id:
                namesakes[n] = KnownEntity(old.entity_id, old.country or row.country, old.organisation or row.organisation)


@given(entities, st.integers(0, 12))
def test_batches_do_not_matter(found: list[Found], cut: int) -> None:
    known: dict[tuple[str, str], list[KnownEntity]] = {}
    parts: list[Linked] = []
    for part in (found[:cut], found[cut:]):
        rows = link(part, known)
        stored(known, part, rows)
        parts += rows
    assert parts == link(found, {})


@given(entities)
def test_one_id_has_one_kind_key_and_country(found: list[Found]) -> None:
    rows = link(found, {})
    seen: dict[str, tuple[str, str]] = {}
    countries: dict[str, set[str]] = {}
    for entity, row in zip(found, rows, strict=True):
        assert seen.setdefault(row.entity_id, (entity.kind, entity.key)) == (entity.kind, entity.key)
        if entity.kind != "place" and entity.country:
            countries.setdefault(row.entity_id, set()).add(entity.country)
    assert all(len(told) == 1 for told in countries.values())
    assert sum(row.is_new for row in rows) == len(seen)
