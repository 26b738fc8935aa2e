from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extract.body_names import title
from tasks.extract.entities import entities
from tasks.extract.entity_forms import contains, person, slip
from tasks.extract.records import Entity, Name, NameKind, PlaceMention

KINDS: dict[str, NameKind] = {"P": "PERSON", "O": "ORGANIZATION", "L": "PLACE"}
WITHIN = {"Kenyan": ("KE", "adjective"), "Kenya": ("KE", "mentioned"), "US": ("US", "mentioned"), "Jordan": ("JO", "mentioned"),
          "American": ("US", "adjective"), "Sharjah": ("AE", "mentioned"), "Verdal": ("NO", "mentioned")}  # fmt: skip
MARK = re.compile(r"\{([POLA])(?:=(\w\w))?:([^}]*)\}")


def marked(text: str) -> tuple[str, list[Name], list[PlaceMention]]:
    """The text without its marks: {P:person} {O:organisation} {L=KE:place} {A=KE:adjective}."""
    plain, names, places, at = "", list[Name](), list[PlaceMention](), 0
    for mark in MARK.finditer(text):
        plain += text[at : mark.start()]
        at = mark.end()
        kind, country, printed = mark.groups()
        span = len(plain), len(plain) + len(printed), printed
        plain += printed
        if kind != "A":
            names.append(Name(KINDS[kind], *span, 0.9))
        for word, (code, usage) in WITHIN.items() if kind == "O" else ():
            if inside := re.search(rf"\b{word}\b", printed):
                start, end = span[0] + inside.start(), span[0] + inside.end()
                where = "city" if word == "Sharjah" else "country"
                places.append(PlaceMention(start, end, word, word, code, None, None, None, None, where, usage, 0.9))  # type: ignore[arg-type]
        if country:
            where = "country" if kind == "A" or printed in {"Kenya", "Denmark", "US"} else "city"
            usage = "adjective" if kind == "A" else "mentioned"
            places.append(PlaceMention(*span, printed, country, None, None, None, None, where, usage, 0.9))  # type: ignore[arg-type]
    return plain + text[at:], names, places


def found(text: str, language: str = "en") -> list[Entity]:
    plain, names, places = marked(text)
    return entities(plain, names, places, language=language)


def forms(text: str, kind: NameKind) -> list[list[str]]:
    """The printed forms of each entity of a kind."""
    return [[mention.text for mention in entity.mentions] for entity in found(text) if entity.kind == kind]


def one(text: str, kind: NameKind = "PERSON") -> Entity:
    [entity] = [entity for entity in found(text) if entity.kind == kind]
    return entity


@pytest.mark.parametrize(
    "text",
    [
        "{P:Ada Brink} spoke. {P:Brink} left.",
        "{P:Brink} spoke first. Her full name is {P:Ada Brink}.",
        "{P:Wei Jun} arrived. {P:Wei} said no more.",
        "{P:Sólrún Hallsdóttir} won. {P:Sólrún} wept.",
        "{P:Benito Quiroga Salas} sold it. {P:Quiroga} bought it back. {P:Quiroga Salas} laughed.",
        "{P:Femke van der Laan-Bos} ran. {P:Van der Laan-Bos} fell.",
        "{P:Yusuf al-Hadari} spoke. {P:Al-Hadari} left; {P:Hadari} came back.",
        "{P:J. R. Moodie} wrote it. {P:John R. Moodie} denies it.",
        "{P:Joseph Marlowe} came. {P:Joe Marlowe} went.",
        "{P:Ada “Dolly” Brink} sang. {P:Dolly} danced.",
        "{P:Bálint Ágoston} drew it. {P:Ágoston Bálint} sold it.",
        "{P:Otto Lindqvist Jr.} lost. {P:Lindqvist} won.",
        "{P:Marguerite Oldenkamp} spoke. {P:Marguerite Oldenkmap} left.",
        "{P:Ada Brink-Olsen} married. {P:Brink} is her maiden name.",
        "{P:Ada Brink} spoke of {P:BRINK}.",
        "{P:Đặng Thị Mai Anh} spoke. {P:Anh} left.",
        "{P:Dr Ada Brink} spoke. {P:President Brink} left.",
    ],
)
def test_forms_of_a_name_are_one_person(text: str) -> None:
    assert len(forms(text, "PERSON")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "{P:Ada Brink} met {P:Otto Brink}.",
        "{P:Kofi Asamo III} followed {P:Kofi Asamo II}.",
        "{P:Martin Oldenkamp} met {P:Martina Oldenkamp}.",
        "{P:Brink} met {P:Olsen}.",
        "{P:Ivan Petrenko} married {P:Olga Petrenka}.",
        "Mrs {P:Marlowe} met {P:John Marlowe}.",
    ],
)
def test_others_stay_two(text: str) -> None:
    assert len(forms(text, "PERSON")) == 2


def test_a_title_tells_which_of_two_is_meant() -> None:
    text = "{P:Ada Brink} and her brother {P:Otto Brink} came. Mr {P:Brink} spoke, Ms {P:Brink} did not. {P:Otto} left."
    assert forms(text, "PERSON") == [["Ada Brink", "Brink"], ["Otto Brink", "Brink", "Otto"]]


def test_a_surname_of_two_is_that_of_the_one_named_most() -> None:
    text = "{P:Ada Brink} died. {P:Brink} was 81. Her son, {P:Otto Brink}, wept. {P:Brink} had sung."
    assert forms(text, "PERSON") == [["Ada Brink", "Brink", "Brink"], ["Otto Brink"]]


def test_the_name_is_the_fullest_form_and_the_others_are_aliases() -> None:
    brink = one("{P:Brink} spoke. {P:Ada M. Brink} left. {P:Ada Brink} came back. {P:Brink} slept.")
    assert (brink.name, brink.aliases, brink.key) == ("Ada M. Brink", ("Brink", "Ada Brink"), "ada m brink")


def test_a_surname_alone_is_its_own_key() -> None:
    assert one("{P:Brink} spoke.").key == "brink"


def test_a_headline_does_not_tell_a_name() -> None:
    brink = one("{P:Ada Brink Slams} Harbour Plan Before the Vote\n\n{P:Ada Brink} spoke on Monday.")
    assert brink.name == "Ada Brink"


@pytest.mark.parametrize(
    "text",
    [
        "The {O:Coastal Herring Commission} ({O:CHC}) met. The {O:CHC} voted.",
        "The {O:Coastal Herring Commission} met. The {O:CHC} voted.",
        "The {O:Comisión Nacional del Atún}, or {O:Conatún}, met.",
        "{O:Aldous Marine Works Ltd} grew. {O:Aldous} shares rose. {O:Aldous Marine Works} sold.",
        "{O:Aldous & Sons} grew. {O:Aldous and Sons} sold.",
        "The {O:Ministry of Fisheries} said no. The {O:Fisheries Ministry} said yes.",
        "The {O:US State Department} said no. The {O:State Department} said yes.",
        "The {O:Verdal Joint Guard} fired. The {O:Guard} fled.",
        "The {O:U.N.} said no. The {O:United Nations} said yes.",
        "The {O:Tuna Organisation} met. The {O:Tuna Organization} voted.",
    ],
)
def test_forms_of_a_name_are_one_body(text: str) -> None:
    assert len(forms(text, "ORGANIZATION")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The {A=KE:Kenyan} {O:Foreign Ministry} and the {A=DK:Danish} {O:Foreign Ministry} met.",
        "{O:Oldenkamp University} and {O:Oldenkamp University Press} moved.",
        "The {O:Bank of Verdal} and {O:Verdal} met.",
        "The {O:White House} and the {O:House} voted.",
        "THE {O:HERRING COUNCIL} ({O:AP})",
    ],
)
def test_other_bodies_stay_two(text: str) -> None:
    assert len(forms(text, "ORGANIZATION")) == 2


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("the {O:Kenyan High Court}", "KE"),
        ("the {A=KE:Kenyan} {O:High Court}", "KE"),
        ("{L=KE:Kenya}’s {O:High Court}", "KE"),
        ("the {O:Bank of Kenya}", "KE"),
        ("the {O:State Department}", "US"),
        ("the {O:Health Ministry} in {L=KE:Nairobi}", "KE"),
        ("{O:Aldous Works} in {L=KE:Nairobi}", None),
        ("the {O:Health Ministry} of {L=KE:Kenya} and {L=DK:Denmark}", None),
        ("{L=KE:Kenya}’s {O:United Nations} ambassador", None),
        ("the {O:Jordan High School}", None),
        ("the {O:Kenya Recovery Conference}", None),
        ("the {O:American University of Sharjah}", "AE"),
    ],
)
def test_the_country_of_a_body(text: str, country: str | None) -> None:
    assert one(text, "ORGANIZATION").country == country


@pytest.mark.parametrize(
    ("printed", "lead", "key"),
    [
        ("The Aldous Marine Works Inc.", "", "aldous marine works"),
        ("Aldous Marine Works GmbH & Co. KG", "", "aldous marine works"),
        ("PT Aldous Tbk", "", "aldous"),
        ("NATO", "", "north atlantic treaty organization"),
        ("Ministry of the Sea", "", "sea ministry"),
        ("Kenyan Foreign Ministry", "Kenyan", "foreign ministry ke"),
        ("CHC", "", "chc"),
    ],
)
def test_the_key_of_a_body(printed: str, lead: str, key: str) -> None:
    assert title(printed, lead).key("KE" if lead else None) == key


def test_names_of_the_same_words_get_the_same_kind() -> None:
    text = "{O:Ada Brink} spoke. {P:Ada Brink} left. {O:Brink} came back. {P:Ada Brink} slept."
    assert forms(text, "PERSON") == [["Ada Brink", "Ada Brink", "Brink", "Ada Brink"]]


def test_a_place_keeps_its_kind_where_the_words_around_it_say_so() -> None:
    kinds = [entity.kind for entity in found("{P:Jordan} spoke. {P:Jordan} left for home in {L=JO:Jordan}.")]
    assert kinds == ["PERSON", "PLACE"]


def test_places_are_told_by_id_or_name_and_country() -> None:
    text = "{L=US:Ostwick} and {L=US:OSTWICK}, in {A=US:American} style; {L:Nowhere}."
    assert [(e.key, e.country, len(e.mentions)) for e in found(text)] == [("ostwick|US", "US", 2), ("nowhere|", None, 1)]


def test_a_place_within_another_name_is_none_of_its_own() -> None:
    text, names, _ = marked("the {O:Verdal Fish Council}")
    inside = PlaceMention(4, 10, "Verdal", "Verdal", "NO", None, None, None, 17, "city", "mentioned", 0.9)
    assert [entity.kind for entity in entities(text, names, [inside])] == ["ORGANIZATION"]


@pytest.mark.parametrize(
    ("full", "short", "expected"),
    [
        ("Ada Maria Brink", "Ada Brink", True),
        ("Ada Brink", "A. Brink", True),
        ("Robert Brink", "Bob Brink", True),
        ("Ada Brink", "Otto Brink", False),
        ("Ada Brink Jr.", "Ada Brink Sr.", False),
        ("Ada Maria Brink", "Ada Olsen", False),
    ],
)
def test_a_form_contains_a_shorter_one(full: str, short: str, expected: bool) -> None:  # noqa: FBT001
    assert contains(person(full), person(short)) is expected


@pytest.mark.parametrize(
    ("one_word", "other", "expected"),
    [
        ("oldenkamp", "oldenkmap", True),
        ("oldenkamp", "oldenkam", True),
        ("oldenkamp", "oldemkamp", True),
        ("oldenkamp", "aldenkamp", False),
        ("petrenko", "petrenka", False),
        ("ivanov", "ivanova", False),
        ("brink", "brank", False),
    ],
)
def test_a_slip_is_one_letter_of_a_long_word(one_word: str, other: str, expected: bool) -> None:  # noqa: FBT001
    assert slip(one_word, other) is expected is slip(other, one_word)


pieces = st.lists(
    st.one_of(
        st.sampled_from([" ", ", ", ". ", "\n\n", " (", ") ", "’s ", " the ", "minister ", " is ", " of ", "“", "Mr "]),
        st.text(max_size=6),
        st.tuples(
            st.sampled_from("POL"),
            st.sampled_from(
                ["Ada Brink", "Brink", "A.", "US", "CHC", "Coastal Herring Commission", "ﬁ ß", "al-", "'s", "O'Mara Jr."]
            ),
        ),
    ),
    max_size=30,
)


@given(pieces)
@settings(max_examples=60, deadline=None)
def test_any_text_gives_entities_that_point_at_their_characters(parts: list[str | tuple[str, str]]) -> None:
    text, names = "", []
    for part in parts:
        if isinstance(part, tuple):
            kind, printed = part
            names.append(Name(KINDS[kind], len(text), len(text) + len(printed), printed, 0.7))
            text += printed
        else:
            text += part
    made = entities(text, names, [])
    spans = sorted((m.start, m.end) for entity in made for m in entity.mentions)
    assert spans == sorted((name.start, name.end) for name in names)
    assert len({(entity.kind, entity.key) for entity in made}) == len(made)
    for entity in made:
        assert entity.name in {m.text for m in entity.mentions}
        assert entity.name not in entity.aliases
        assert all(text[mention.start : mention.end] == mention.text for mention in entity.mentions)
        assert all(text[role.start : role.end] == role.text for role in entity.roles)


def test_a_long_line_takes_no_longer_than_its_length_asks_for() -> None:
    text = "".join(f"the minister Ada Brink{n} of Brink Works, its chief, and " for n in range(2000))
    names = [
        Name("PERSON" if "Ada" in m[0] else "ORGANIZATION", m.start(), m.end(), m[0], 0.9)
        for m in re.finditer(r"Ada Brink\d+|Brink Works", text)
    ]
    begun = time.process_time()
    entities(text, names, [])
    assert time.process_time() - begun < 5
