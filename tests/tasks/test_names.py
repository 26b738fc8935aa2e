from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.clean.names import NAMES, agency_of, names


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("By Orla Fenwick", ("Orla Fenwick",)),
        ("By Orla Fenwick and Tam Osei, Political Editor", ("Orla Fenwick", "Tam Osei")),
        ("BY ORLA O'FENWICK", ("Orla O'Fenwick",)),
        ("Orla Fenwick Senior Health Reporter", ("Orla Fenwick",)),
        ("Orla Fenwick For The Harbour Post", ("Orla Fenwick",)),
        ("Von Jutta Brandauer und Emil van der Loo", ("Jutta Brandauer", "Emil van der Loo")),
        ("Ein Kommentar von Jutta Brandauer, Lindenau", ("Jutta Brandauer",)),
        ("Par Lucie Maréval (avec AFP)", ("Lucie Maréval",)),
        ("Por Iñaki Larrondo y Marta Peñalver", ("Iñaki Larrondo", "Marta Peñalver")),
        ("Di Carla Vestri", ("Carla Vestri",)),
        ("Text: Nils Hedlund; Foto: Britta Ask", ("Nils Hedlund",)),
        ("Reporting by Orla Fenwick in Port Amsel; Editing by Tam Osei", ("Orla Fenwick",)),
        ("o.fenwick@harbourpost.example (Orla Fenwick)", ("Orla Fenwick",)),
        ("Orla Fenwick, https://social.example/orla, @orlaf", ("Orla Fenwick",)),
        ("Fenwick, Orla", ("Orla Fenwick",)),
        ("Dr. Tam Osei", ("Tam Osei",)),
        ("Orla Fenwick &amp; Tam Osei", ("Orla Fenwick", "Tam Osei")),
        ("Tam Osei\nTam Osei", ("Tam Osei",)),
        ("문가람 기자", ("문가람",)),
        ("山川 灯", ("山川 灯",)),
        ("Лидия Ветрова", ("Лидия Ветрова",)),
        ("Tim Osei", ("Tim Osei",)),
        ("Ma Lin and Per Ask", ("Ma Lin", "Per Ask")),
    ],
)
def test_names_are_found_in_order_and_clean(byline: str, expected: tuple[str, ...]) -> None:
    assert names(byline) == expected


@pytest.mark.parametrize(
    "byline",
    [
        "", "By", "By Staff Writer", "Our Foreign Correspondent", "Newsroom", "Redaktion", "dpa/AFP", "The Associated Press",
        "AFP, LINDENAU", "srf/hosb", "jdoe42", "in collaboration", "https://social.example/orla", "Redaktion Online",
        "European Harbour Agency", "www.harbourpost.example", "By 12 people", "updated by night desk",
    ],
)  # fmt: skip
def test_offices_agencies_and_addresses_are_no_names(byline: str) -> None:
    assert names(byline) == ()


def test_the_paper_is_no_author() -> None:
    paper = ("The Harbour Post", "harbourpost.example")
    assert names("Harbour Post", paper) == ()
    assert names("Orla Fenwick, Harbour Post", paper) == ("Orla Fenwick",)
    assert names("Tam Osei, RKB Lindenau", ("RKB",)) == ("Tam Osei",)


@pytest.mark.parametrize(
    ("byline", "agency"),
    [
        ("By Orla Fenwick, AP", "AP"),
        ("Par Lucie Maréval avec AFP", "AFP"),
        ("dpa/AFP", "dpa"),
        ("DPA", "dpa"),
        ("Reuters Staff", "Reuters"),
        ("Agence France-Presse", "AFP"),
        ("By Orla Fenwick", None),
        ("Ann Tass", None),
        ("", None),
    ],
)
def test_agencies_are_told_by_name(byline: str, agency: str | None) -> None:
    assert agency_of(byline) == agency


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_clean_names_or_none(text: str) -> None:
    found = names(text)
    assert len(found) <= NAMES
    assert len(set(found)) == len(found)
    for name in found:
        assert name == " ".join(name.split())
        assert not any(c.isdigit() for c in name)
        assert len(name) >= 2
    agency_of(text)


def test_a_long_byline_is_read_in_no_time() -> None:
    for hostile in ("(" * 100_000, "a@" * 50_000, "by " * 50_000, "A b, " * 50_000, "." * 100_000, "é " * 50_000):
        names(hostile)
        agency_of(hostile)
