from __future__ import annotations

import re

import pytest

from tasks.extract.entities import entities
from tasks.extract.records import Name, NameKind, PlaceMention

KINDS: dict[str, NameKind] = {"P": "PERSON", "O": "ORGANIZATION", "L": "PLACE"}
MARK = re.compile(r"\{([POLA])(?:=(\w\w))?:([^}]*)\}")
STATES = {"Kenya", "Denmark", "US", "Norway"}

Told = tuple[str, str | None, str | None]


def told(text: str, language: str = "en") -> dict[str, list[Told]]:
    """The roles of each person: words, country, organisation. {P:person} {O:organisation} {L=KE:place} {A=KE:adjective}."""
    plain, names, places, at = "", list[Name](), list[PlaceMention](), 0
    for mark in MARK.finditer(text):
        plain += text[at : mark.start()]
        at = mark.end()
        kind, country, printed = mark.groups()
        span = len(plain), len(plain) + len(printed), printed
        plain += printed
        if kind != "A":
            names.append(Name(KINDS[kind], *span, 0.9))
        if country:
            where = "country" if kind == "A" or printed in STATES else "city"
            usage = "adjective" if kind == "A" else "mentioned"
            places.append(PlaceMention(*span, printed, country, None, None, None, None, where, usage, 0.9))  # type: ignore[arg-type]
    found = [e for e in entities(plain + text[at:], names, places, language=language) if e.kind == "PERSON"]
    return {e.name: [(r.text, r.country, r.organisation) for r in e.roles] for e in found}


def roles(text: str, language: str = "en") -> list[Told]:
    """The roles of the only person of a text."""
    [own] = told(text, language).values()
    return own


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{L=US:US} Secretary of State {P:Ada Brink} left.", ("US Secretary of State", "US", None)),
        (
            "He met the top {A=DK:Danish} foreign policy official, {P:Ada Brink}, twice.",
            ("top Danish foreign policy official", "DK", None),
        ),
        ("He called his {A=DK:Danish} counterpart {P:Ada Brink}.", ("Danish counterpart", "DK", None)),
        ("It was defence lawyer {P:Ada Brink} who spoke.", ("defence lawyer", None, None)),
        ("The former {A=DK:Danish} chancellor {P:Ada Brink} spoke.", ("former Danish chancellor", "DK", None)),
        ("{L=KE:Kenya}’s foreign minister {P:Ada Brink} spoke.", ("foreign minister", "KE", None)),
        ("{L=KE:Kenya}’s Health and Welfare Minister {P:Ada Brink} spoke.", ("Health and Welfare Minister", "KE", None)),
        ("Minister for Sea Affairs {P:Ada Brink} spoke.", ("Minister for Sea Affairs", None, None)),
        ("The {O:Herring Council} chairwoman {P:Ada Brink} spoke.", ("chairwoman", None, "Herring Council")),
        ("{A=KE:Kenyan} {O:Sea Ministry} official Dr {P:Ada Brink} spoke.", ("official", "KE", "Sea Ministry")),
        ("Provincial police chief Col. {P:Ada Brink} spoke.", ("Provincial police chief", None, None)),
        ("Rear Adm. {P:Ada Brink} of the {O:Verdal Navy} spoke.", ("Rear Adm.", None, "Verdal Navy")),
        ("Secretary General {P:Ada Brink} spoke.", ("Secretary General", None, None)),
        ("The new, retired seamstress {P:Ada Brink} spoke.", ("retired seamstress", None, None)),
        ("The 45-year-old nurse {P:Ada Brink} spoke.", ("nurse", None, None)),
        ("Judge {P:Ada Brink} of the {O:High Court} ruled.", ("Judge", None, "High Court")),
        ("The mayor of {L=KE:Ostwick}, {P:Ada Brink}, spoke.", ("mayor", "KE", None)),
        ("“No,” said a trader with {O:Aldous Works}, {P:Ada Brink}.", ("trader", None, "Aldous Works")),
        ("An envoy of {L=KE:Kenya}’s king, {P:Ada Brink}, arrived.", ("envoy", "KE", None)),
        ("A farmer named {P:Ada Brink} spoke.", ("farmer", None, None)),
        ("The finance chief is {P:Ada Brink}.", ("finance chief", None, None)),
    ],
)
def test_before_the_name(text: str, expected: Told) -> None:
    assert roles(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "{P:Ada Brink}, secretary-general of the {O:Fish Workers’ Front}, spoke.",
            ("secretary-general", None, "Fish Workers’ Front"),
        ),
        ("{P:Ada Brink}, 45, a nurse from {L=GB:Ostwick}, spoke.", ("nurse", "GB", None)),
        ("{P:Ada Brink} (45), the head of the flood committee, spoke.", ("head of the flood committee", None, None)),
        ("{P:Ada Brink} – the {O:Herring Council}’s chief negotiator – spoke.", ("chief negotiator", None, "Herring Council")),
        ("{P:Ada Brink} of the {O:Herring Council}, an analyst, spoke.", ("analyst", None, "Herring Council")),
        ("{P:Ada Brink}, who heads the {O:Herring Council}, spoke.", ("heads the Herring Council", None, "Herring Council")),
        ("{P:Ada Brink}, then ambassador in {L=KE:Nairobi}, spoke.", ("ambassador", None, None)),
        ("{P:Ada Brink}, a {O:Verdal Police Department} spokeswoman, spoke.", ("spokeswoman", None, "Verdal Police Department")),
        ("{P:Ada Brink}, lecturer in sea law, spoke.", ("lecturer in sea law", None, None)),
        (
            "{P:Ada Brink}, founder and chief executive of {O:Aldous Works}, spoke.",
            ("founder and chief executive", None, "Aldous Works"),
        ),
        ("{P:Ada Brink} (not Brinck), a teacher, spoke.", ("teacher", None, None)),
        ("{P:Ada Brink} is the chief executive of {O:Aldous Works}.", ("chief executive", None, "Aldous Works")),
        ("{P:Ada Brink} was elected president of the {O:Herring Council}.", ("president", None, "Herring Council")),
        ("{P:Ada Brink} resigned as the {A=DK:Danish} minister for sea trade.", ("Danish minister for sea trade", "DK", None)),
        ("{P:Ada Brink} stepped down as chairwoman.", ("chairwoman", None, None)),
        ("They appointed {P:Ada Brink} as their next chief executive.", ("next chief executive", None, None)),
        ("They named {P:Ada Brink} head coach.", ("head coach", None, None)),
    ],
)
def test_behind_the_name(text: str, expected: Told) -> None:
    assert roles(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "{P:Ada Brink} left.",
        "{P:Ada Brink}, 45, was hurt.",
        "Mr {P:Brink} left.",
        "Dr {P:Ada Brink} left.",
        "A lawyer for {P:Ada Brink} declined to comment.",
        "“No,” said {P:Ada Brink}, the minister said.",
        "That did not impress {P:Ada Brink}.",
        "A leading critic of the {P:Brink} plan spoke.",
        "After {P:Ada Brink} left, the mayor spoke.",
        "{P:Ada Brink}, whose lawyer spoke, left.",
        "{P:Ada Brink}, a day later, left.",
        "Parishioners accused {P:Ada Brink}.",
        "{P:Ada Brink}’s lawyer spoke.",
    ],
)
def test_none_where_none_is_told(text: str) -> None:
    assert roles(text) == []


def test_of_two_neighbours_each_has_its_own() -> None:
    text = "{P:Ada Brink}, the mayor, met President {P:Otto Olsen} and lawyer {P:Ines Quiroga}, a former judge."
    assert {name: [role for role, _, _ in own] for name, own in told(text).items()} == {
        "Ada Brink": ["mayor"],
        "Otto Olsen": ["President"],
        "Ines Quiroga": ["lawyer", "former judge"],
    }


def test_a_verb_between_two_people_ends_a_role() -> None:
    text = "{P:Otto Olsen} of {L=DK:Denmark} defeated top seed {P:Ada Brink}."
    assert told(text)["Ada Brink"] == [("top seed", None, None)]


def test_a_role_that_is_repeated_is_given_once() -> None:
    assert [role for role, _, _ in roles("President {P:Ada Brink} spoke. Later President {P:Brink} left.")] == ["President"]


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        ("The {O:Sea Ministry} erred. {P:Ada Brink}, the ministry’s spokeswoman, said so.", "Sea Ministry"),
        (
            "{O:Aldous Works Ltd} erred, and the {O:Sea Ministry} knew. {P:Ada Brink}, the company’s head, said so.",
            "Aldous Works Ltd",
        ),
        ("{O:Aldous Works Ltd} sued {O:Olsen Boats Inc}. Its director, {P:Ada Brink}, said so.", "Aldous Works Ltd"),
        ("The {O:Herring Council} met. {P:Ada Brink}, a spokeswoman for the council, said so.", "Herring Council"),
        ("The {O:Herring Council} met. {P:Ada Brink}, a spokeswoman for the ministry, said so.", None),
        ("The {O:Herring Council} met. Her lawyer, {P:Ada Brink}, said so.", None),
    ],
)
def test_a_body_that_is_only_called_what_it_is(text: str, organisation: str | None) -> None:
    [(_, _, body)] = roles(text)
    assert body == organisation


def test_an_adviser_belongs_to_the_country_of_whom_is_advised_and_a_son_does_not() -> None:
    text = "{L=KE:Kenya}’s President {P:Ada Brink} left. {P:Brink}’s Security Adviser {P:Otto Olsen} and {P:Brink}’s son {P:Jon Brink} stayed."
    own = told(text)
    assert own["Otto Olsen"] == [("Security Adviser", "KE", None)]
    assert own["Jon Brink"] == [("son", None, None)]


def test_the_country_of_an_office_of_state_is_the_only_one_that_is_named() -> None:
    assert roles("In {L=KE:Nairobi}, Sea Minister {P:Ada Brink} spoke.") == [("Sea Minister", "KE", None)]
    assert roles("In {L=KE:Nairobi} and {L=DK:Aarhus}, Sea Minister {P:Ada Brink} spoke.") == [("Sea Minister", None, None)]
    assert roles("In {L=KE:Nairobi}, farmer {P:Ada Brink} spoke.") == [("farmer", None, None)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Das sagte Außenministerin {P:Ada Brink} am Montag.", "de", ("Außenministerin", None, None)),
        ("Der {A=DK:dänische} Ministerpräsident {P:Otto Brink} kam.", "de", ("dänische Ministerpräsident", "DK", None)),
        ("Le président {A=FR:français} {P:Otto Brink} est venu.", "fr", ("président français", "FR", None)),
        ("La ministre des Affaires maritimes {P:Ada Brink} a parlé.", "fr", ("ministre des Affaires maritimes", None, None)),
        ("El presidente de {L=KE:Kenya}, {P:Otto Brink}, habló.", "es", ("presidente", "KE", None)),
        ("La ministra de Pesca, {P:Ada Brink}, habló.", "es", ("ministra de Pesca", None, None)),
    ],
)
def test_other_languages(text: str, language: str, expected: Told) -> None:
    assert roles(text, language) == [expected]
