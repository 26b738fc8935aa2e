from __future__ import annotations

import time
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.gazetteer import fold, large_towns, locate, rows

COUNTRIES = [
    ("Washington", "US"),
    ("WASHINGTON, D.C.", "US"),
    ("HARLOWVILLE, W.Va.", "US"),
    ("SEOUL/WASHINGTON", "KR"),
    ("TIJUANA & SAN DIEGO", "MX"),
    ("PARIS", "FR"),
    ("Paris, Texas", "US"),
    ("LONDON, Ky.", "US"),
    ("London, Ont.", "CA"),
    ("Londres", "GB"),
    ("Moskau", "RU"),
    ("Genf", "CH"),
    ("Mailand", "IT"),
    ("Nueva York", "US"),
    ("Frankfurt/Main", "DE"),
    ("Halle (Saale)", "DE"),
    ("New Delhi [India]", "IN"),
    ("UNITED NATIONS", "US"),
    ("HARLOW PRISON, West Bank", "PS"),
    ("BELFAST, Northern Ireland", "GB"),
    ("Tbilisi, Georgia", "GE"),
    ("ATLANTA, Georgia", "US"),
    ("Georgia", "GE"),
    ("Deutschland", "DE"),
    ("South Korea", "KR"),
    ("UK", "GB"),
    ("Bosnia and Herzegovina", "BA"),
    ("St. Petersburg", "RU"),
    ("ST. PAUL", "US"),
    ("Victoria, B.C.", "CA"),
    ("東京", "JP"),
    ("北京", "CN"),
    ("МОСКВА", "RU"),
    ("القاهرة", "EG"),
    ("서울", "KR"),
]


@pytest.mark.parametrize(("place", "country"), COUNTRIES)
def test_a_place_has_its_country(place: str, country: str) -> None:
    found = locate(place)
    assert found is not None
    assert found.country == country
    assert 0 < found.confidence <= 1


@pytest.mark.parametrize("place", ["", " ", "Harlowville", "Xyzzy, Qwert", "x" * 10_000, ",", "/", "()"])
def test_an_unknown_place_is_unknown(place: str) -> None:
    assert locate(place) is None


def test_a_town_has_its_coordinates() -> None:
    found = locate("PARIS")
    assert found is not None
    assert (found.name, found.geonames_id, found.admin1) == ("Paris", 2988507, "11")
    assert found.lat == pytest.approx(48.85, abs=0.02)
    assert found.lon == pytest.approx(2.35, abs=0.02)


def test_a_small_town_has_only_its_state() -> None:
    found = locate("HARLOWVILLE, W.Va.")
    assert found is not None
    assert (found.country, found.admin1, found.lat, found.geonames_id) == ("US", "WV", None, None)


def test_a_country_has_no_coordinates_unless_it_is_a_town() -> None:
    germany, singapore = locate("Germany"), locate("Singapore")
    assert germany is not None
    assert singapore is not None
    assert (germany.country, germany.lat) == ("DE", None)
    assert singapore.country == "SG"
    assert singapore.lat == pytest.approx(1.29, abs=0.02)


def test_the_sources_country_tells_namesakes_apart() -> None:
    chosen = [(place, hint, locate(place, hint)) for place in ("Birmingham", "Paris", "Cambridge") for hint in ("US", None)]
    assert [found.country for *_, found in chosen if found] == ["US", "GB", "FR", "FR", "US", "GB"]


def test_names_fold_alike() -> None:
    assert fold("SÃO PAULO") == fold("Sao Paulo")
    assert fold("St. Paul") == fold("Saint-Paul")
    assert fold("O’Smach") == fold("O'smach")
    assert fold("Łódź") == "lodz"


def test_the_rows_of_a_name_are_towns_and_regions() -> None:
    kinds = {(row.kind, row.country) for row in rows("limburg")}
    assert {("R", "NL"), ("T", "DE")} <= kinds
    assert ("D", "US") in {(row.kind, row.country) for row in rows("harlan county")}
    [capital] = [row for row in rows("reykjavik") if row.kind == "C"]
    assert capital.weight == 10 * capital.population
    assert rows("harlowville") == []
    assert rows("") == []


def test_villages_and_regions_stand_in_no_dateline() -> None:
    assert {row.kind for row in rows("absarokee")} == {"V"}
    assert locate("Absarokee") is None


def test_the_largest_towns_are_some_hundreds() -> None:
    towns = large_towns()
    assert {"Lagos", "Mumbai", "London"} <= set(towns)
    assert 300 < len(towns) < 1500


@given(st.text(max_size=150))
def test_any_string_may_be_asked_for(text: str) -> None:
    found = locate(text)
    assert found is None or len(found.country) == 2


def test_the_tables_are_small_and_the_search_is_fast() -> None:
    tables = [table for table in (files("tasks") / "data").iterdir() if table.name.endswith(".xz")]
    assert 0 < sum(len(table.read_bytes()) for table in tables) < 2_100_000
    locate("Oslo")
    started = time.process_time()
    for number in range(500):
        locate(f"Harlow {number}")
    assert time.process_time() - started < 0.5
