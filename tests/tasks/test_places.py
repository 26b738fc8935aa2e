from __future__ import annotations

import time
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extract.place_dateline import datelines
from tasks.extract.places import places
from tasks.extract.records import Name, NameKind, PlaceMention
from tasks.types import HeadField

if TYPE_CHECKING:
    from collections.abc import Sequence


def named(text: str, **kinds: NameKind) -> list[Name]:
    """Names of a text by kind; "_" in a key stands for a space."""
    found = [(text.index(name.replace("_", " ")), name.replace("_", " "), kind) for name, kind in kinds.items()]
    return [Name(kind, at, at + len(name), name, 0.95) for at, name, kind in sorted(found)]


def read(
    text: str, names: Sequence[Name] = (), home: str | None = None, dateline_country: str | None = None
) -> list[PlaceMention]:
    return places(text, names, home=home, dateline_country=dateline_country)


def countries(
    text: str, names: Sequence[Name] = (), home: str | None = None, dateline_country: str | None = None
) -> list[tuple[str, str | None]]:
    return [(place.text, place.country) for place in read(text, names, home, dateline_country)]


def regions(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(place.text, place.country, place.admin1) for place in read(text)]


def lies(place: PlaceMention, lat: float, lon: float) -> bool:
    return place.lat is not None and place.lon is not None and abs(place.lat - lat) < 0.2 and abs(place.lon - lon) < 0.2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She flew from Oslo to Paris.", [("Oslo", "NO"), ("Paris", "FR")]),
        ("The mill at Paris, Texas, closed.", [("Paris", "US"), ("Texas", "US")]),
        ("LONDON, Ont. – The bridge in London reopened.", [("LONDON", "CA"), ("Ont.", "CA"), ("London", "CA")]),
        ("The U.S. and the U.K. met the UAE in the DRC.", [("U.S.", "US"), ("U.K.", "GB"), ("UAE", "AE"), ("DRC", "CD")]),
        ("Let us go, it said.", []),
        ("It cost US$4 million.", []),
        ("Guinea, Guinea-Bissau and Papua New Guinea voted.", [("Guinea", "GN"), ("Guinea-Bissau", "GW"), ("Papua New Guinea", "PG")]),
        ("Troops of the Republic of Congo left Goma.", [("Republic of Congo", "CG"), ("Goma", "CD")]),
        ("The Democratic Republic of the Congo protested.", [("Democratic Republic of the Congo", "CD")]),
        ("North Korea fired a missile past South Korea.", [("North Korea", "KP"), ("South Korea", "KR")]),
        ("Northern Ireland and Ireland share a border.", [("Northern Ireland", "GB"), ("Ireland", "IE")]),
        ("New England froze and South Africa baked.", [("New England", "US"), ("South Africa", "ZA")]),
        ("Leaders of Southern Africa and the Middle East met.", [("Southern Africa", None), ("Middle East", None)]),
        ("The European Union and Nigeria signed.", [("European Union", None), ("Nigeria", "NG")]),
        ("The Republic of Armenia opened an office in Benue State.", [("Republic of Armenia", "AM"), ("Benue State", "NG")]),
        ("Floods reached Darfur and the West Bank.", [("Darfur", "SD"), ("West Bank", "PS")]),
    ],
)  # fmt: skip
def test_a_place_has_its_country(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert countries(text) == expected


def test_the_text_tells_namesakes_apart() -> None:
    assert countries("The president left Tbilisi for Batumi, and Georgia mourned.")[-1] == ("Georgia", "GE")
    assert countries("Polls closed in Atlanta, Macon and Savannah; Georgia had queues.")[-1] == ("Georgia", "US")
    assert regions("Seattle, Tacoma and Spokane lost power. Crews came from all over Washington.")[-1] == (
        "Washington",
        "US",
        "WA",
    )
    assert regions("Beijing replied to the note. The embassy in Washington was silent.")[-1] == ("Washington", "US", "DC")
    assert regions("Deputies in Toledo, Ohio, and in Lima searched a barn. The Lima sheriff helped.")[-1] == ("Lima", "US", "OH")
    assert countries("The ministers of Peru and Chile flew to Lima.")[-1] == ("Lima", "PE")


def test_counties_lie_in_the_state_that_the_text_is_about() -> None:
    ohio = regions("A barn burned in Athens County, Ohio. Crews from Meigs County helped.")
    assert ("Meigs County", "US", "OH") in ohio
    listed = regions("Atlanta sent pumps to Clarke, Madison and Oconee counties in Georgia.")
    assert [name for name in listed if name[0] in {"Clarke", "Madison", "Oconee"}] == [
        ("Clarke", "US", "GA"),
        ("Madison", "US", "GA"),
        ("Oconee", "US", "GA"),
    ]


def test_the_source_and_the_dateline_weigh() -> None:
    text = "The council of Hamilton met. A bus in Hamilton broke down."
    assert {country for _, country in countries(text, home="NZ")} == {"NZ"}
    assert {country for _, country in countries(text, dateline_country="CA")} == {"CA"}
    [victoria] = places("The ferry to Victoria was late.", [], dateline="Vancouver", dateline_country="CA")
    assert (victoria.country, victoria.admin1) == ("CA", "02")


def test_one_name_is_one_place_throughout_but_for_what_is_printed_behind_it() -> None:
    found = regions("Springfield, Illinois, voted first. In Springfield it rained. Springfield, Missouri, voted last.")
    assert [admin1 for name, _, admin1 in found if name == "Springfield"] == ["IL", "IL", "MO"]


@pytest.mark.parametrize(
    "text",
    [
        "Michael Jordan scored. Jordan was tired.",
        "Sen. Lincoln objected, and Lincoln sat down.",
        "Mr. Chad Hollis, a plumber, said Chad was late.",
        "Nancy Hilton sang.",
        "The SWAT team came, and over tea they talked.",
        "She speaks Russian and was taught in French.",
        "The Boston Globe and the Dallas Cowboys merged.",
        "It rained in March. Over the hill, South of here.",
    ],
)
def test_what_is_no_place_is_left(text: str) -> None:
    assert read(text) == []


def test_found_names_rule() -> None:
    text = "Denver Holt sued Houston. The University of Georgia hired Austin Vale in Athens, Georgia."
    names = named(
        text, Denver_Holt="PERSON", Houston="PERSON", University_of_Georgia="ORGANIZATION", Austin_Vale="PERSON", Athens="PLACE"
    )
    found = countries(text, names)
    assert ("Athens", "US") in found
    assert not {"Denver", "Houston", "Austin"} & {name for name, _ in found}
    assert [place.usage for place in read(text, names) if place.text == "Georgia"] == ["adjective", "mentioned"]
    hotel = "Paris Hilton sang."
    assert read(hotel, named(hotel, Paris_Hilton="PERSON")) == []
    small = "Sedalia was tired."
    assert countries(small) == []
    assert countries(small, named(small, Sedalia="PLACE")) == [("Sedalia", "US")]


def test_a_place_that_no_table_has_takes_its_country_from_the_text() -> None:
    text = "Harlowville, W.Va., was quiet. Police in Nairobi sealed the Wexcombe Hospital."
    [town, _, nairobi, clinic] = read(text, named(text, Harlowville="PLACE", Wexcombe_Hospital="PLACE"))
    assert (town.country, town.admin1, town.lat, town.geonames_id, town.kind) == ("US", "WV", None, None, "city")
    assert (clinic.country, clinic.lat, clinic.kind, clinic.name) == ("KE", None, "facility", "Wexcombe Hospital")
    assert nairobi.confidence > clinic.confidence
    near = "Flights from Ankara City Airport were late."
    [airport] = read(near, named(near, Ankara_City_Airport="PLACE"))
    assert (airport.country, airport.kind) == ("TR", "facility")
    assert lies(airport, 39.93, 32.86)


def test_demonyms_are_adjectives() -> None:
    found = read("A British envoy met Filipinos, two Swedes, Texans and South Korean, Franco-German and European officials.")
    assert [(place.text, place.country, place.admin1) for place in found] == [
        ("British", "GB", None),
        ("Filipinos", "PH", None),
        ("Swedes", "SE", None),
        ("Texans", "US", "TX"),
        ("South Korean", "KR", None),
        ("Franco", "FR", None),
        ("German", "DE", None),
        ("European", None, None),
    ]
    assert {place.usage for place in found} == {"adjective"}


def test_hyphens_bind() -> None:
    found = countries("The US-led force, a Pune-based firm and Moscow-backed rebels; Ann Dole, D-Tulsa.")
    assert found == [("US", "US"), ("Pune", "IN"), ("Moscow", "RU"), ("Tulsa", "US")]


@pytest.mark.parametrize(
    ("text", "metonyms"),
    [
        ("Beijing rejected the claim on Monday.", ["Beijing"]),
        ("Madrid has not commented.", ["Madrid"]),
        ("Lisbon, in turn, said it would wait.", ["Lisbon"]),
        ("Ankara and Athens later shared the data.", ["Ankara", "Athens"]),
        ("The minister accused Tehran of lying and thanked Oslo.", ["Tehran", "Oslo"]),
        ("Relations between Seoul and Tokyo are better.", ["Seoul", "Tokyo"]),
        ("He spoke of Moscow's ambassador and of an envoy from Kyiv.", ["Moscow"]),
        ("Canada recalled its envoy.", ["Canada"]),
        ("They met in Beijing and travelled to Tokyo.", []),
        ("The train between Paris and Brussels was late.", []),
        ("Officials in Vienna said it would rain.", []),
        ("Rome is a city of fountains.", []),
        ("He asked the Lima police for help.", []),
        ("Oslo hosted the games.", []),
    ],
)
def test_what_stands_for_a_government(text: str, metonyms: list[str]) -> None:
    assert [place.text for place in read(text) if place.usage == "metonym"] == metonyms


def test_a_letter_wrong_is_known_with_less_confidence() -> None:
    [wrong] = read("She flew to Zimbabew.")
    [right] = read("She flew to Zimbabwe.")
    assert (wrong.name, wrong.country) == ("Zimbabwe", "ZW")
    assert wrong.confidence < right.confidence
    assert read("She wrote to Georgina and to Bremer.") == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Die deutsche Ministerin sprach in München und Genf über Russland.", ["DE", "DE", "CH", "RU"]),
        ("fr", "Le président français a quitté Londres pour les États-Unis.", ["FR", "GB", "US"]),
        ("es", "El ministro español viajó a Alemania; Moscú protestó.", ["ES", "DE", "RU"]),
        ("pt", "O ministro viajou do Brasil para a Alemanha.", ["BR", "DE"]),
        ("it", "Il ministro è andato da Milano in Germania.", ["IT", "DE"]),
        ("sw", "Nairobi, Kenya", ["KE", "KE"]),
    ],
)
def test_other_languages_have_their_names(language: str, text: str, expected: list[str]) -> None:
    assert [place.country for place in places(text, [], language=language)] == expected


def test_a_place_is_given_in_full() -> None:
    [lagos] = read("The port of Lagos reopened.")
    assert (lagos.name, lagos.kind, lagos.usage, lagos.geonames_id) == ("Lagos", "city", "mentioned", 2332459)
    assert lies(lagos, 6.45, 3.4)
    [germany, area] = read("Germany and Scandinavia agreed.")
    assert (germany.kind, germany.lat, area.kind, area.country) == ("country", None, "area", None)
    [bavaria] = read("Snow fell in Bavaria.")
    assert (bavaria.kind, bavaria.admin1) == ("region", "02")


def test_confidence_is_lower_among_namesakes() -> None:
    [alone] = read("They met in Reykjavik.")
    [shared] = read("They met in Springfield.")
    assert alone.confidence > 0.9 > shared.confidence


WORDS = "Paris London Texas Ohio, Georgia Jordan Washington said in of and the Chinese US U.S. Orange County counties New York D-".split()


@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)))
@settings(max_examples=150, deadline=None)
def test_every_place_is_its_characters_in_order(text: str) -> None:
    found = places(text, [], home="US")
    assert all(text[place.start : place.end] == place.text for place in found)
    assert all(0 <= place.confidence <= 1 for place in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30), st.data())
@settings(max_examples=80, deadline=None)
def test_names_of_any_extent_are_borne(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    starts = [0]
    for word in words[:-1]:
        starts.append(starts[-1] + len(word) + 1)
    cuts = sorted(set(data.draw(st.lists(st.integers(0, len(words)), min_size=2, max_size=8))))
    names = []
    for first, last in list(pairwise(cuts))[::2]:
        start, end = starts[first], starts[last - 1] + len(words[last - 1])
        kind: NameKind = data.draw(st.sampled_from(("PERSON", "ORGANIZATION", "PLACE")))
        names.append(Name(kind, start, end, text[start:end], data.draw(st.floats(0, 1))))
    found = places(text, names)
    assert all(text[place.start : place.end] == place.text for place in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_long_lists_of_towns_take_time_in_proportion() -> None:
    def seconds(text: str) -> float:
        started = time.process_time()
        places(text, [])
        return time.process_time() - started

    seconds("Oslo")
    names = ["Oslo", "Lima", "Bergen", "Springfield", "Jackson", "Paris"]
    text = "".join(f"In {names[n % 6]} and {names[n % 5]}ville, Beijing, in turn, {n} counties. " for n in range(600))
    assert seconds(text * 4) < 12 * max(seconds(text), 0.02)


def test_the_tables_are_small() -> None:
    data = files("tasks") / "data"
    assert sum(len(table.read_bytes()) for table in data.iterdir() if table.name.endswith((".xz", ".tsv"))) < 2_500_000


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("SEOUL/WASHINGTON", [("SEOUL", "KR"), ("WASHINGTON", "US")]),
        ("LONDON and BRUSSELS", [("LONDON", "GB"), ("BRUSSELS", "BE")]),
        ("PORT OF SPAIN, Trinidad and Tobago", [("PORT OF SPAIN, Trinidad and Tobago", "TT")]),
        ("SARAJEVO, Bosnia and Herzegovina", [("SARAJEVO, Bosnia and Herzegovina", "BA")]),
        ("Nairobi", [("Nairobi", "KE")]),
    ],
)
def test_each_place_of_a_dateline_is_found_in_the_head(printed: str, expected: list[tuple[str, str]]) -> None:
    head = f"MNA\n{printed}"
    found = datelines(
        [HeadField("agency", "MNA", "head", 0, 3), HeadField("place", printed, "head", 4, len(head))], None, None, None
    )
    assert [(p.text, p.country) for p in found] == expected
    assert all(head[p.start : p.end] == p.text for p in found)
