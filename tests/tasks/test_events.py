"""Events: who did what to whom, where and when, and how it stands."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seeds.annotated.read import stories
from tasks.extract.dates import dates
from tasks.extract.event_lexicon import actions, nouns, objects
from tasks.extract.event_words import verbs
from tasks.extract.events import events
from tasks.extract.facts import Body, facts
from tasks.extract.records import Entity, Mention, Name, Role
from tests.conftest import ROOT

AT = datetime(2031, 3, 5, tzinfo=UTC)  # a Wednesday
PLOVER = {
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST", "INVESTIGATE", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT", "",
}  # fmt: skip


def told(text: str) -> list[tuple[str, str, str | None, str | None, str]]:
    return [(e.code, e.action, e.actor, e.target, e.status) for e in events(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway accused Chile of spying on its harbours.", ("11", "accuse", "Norway", "Chile", "happened")),
        (
            "Police arrested twelve protesters near the harbour on Monday.",
            ("17", "arrest", "Police", "twelve protesters", "happened"),
        ),
        (
            "The harbour pilot was arrested by Norwegian police.",
            ("17", "arrest", "Norwegian police", "harbour pilot", "happened"),
        ),
        ("Rebels shot down a government helicopter.", ("19", "shoot down", "Rebels", "government helicopter", "happened")),
        ("Norway rejected a Chilean proposal to share the fish.", ("12", "reject", "Norway", "Chilean", "happened")),
        ("Norway rejected calls by Chile to open its ports.", ("12", "reject", "Norway", "Chile", "happened")),
        ("Norway imposed sanctions on Chile.", ("16", "impose sanctions", "Norway", "Chile", "happened")),
        ("Norway lifted a curfew in Bergen.", ("08", "ease restrictions", "Norway", "Bergen", "happened")),
        ("The ministry gave Chile a grant of 5 million crowns.", ("07", "give aid", "ministry", "Chile", "happened")),
        ("Troops launched an attack on the town of Brask.", ("19", "attack", "Troops", "town of Brask", "happened")),
        (
            "Prosecutors opened an investigation into the mayor of Brask.",
            ("09", "investigate", "Prosecutors", "mayor of Brask", "happened"),
        ),
        (
            "Thousands of farmers marched on the Ministry of Fisheries.",
            ("14", "rally", "Thousands of farmers", "Ministry of Fisheries", "happened"),
        ),
        ("Norway called on Chile to free the sailors.", ("02", "call on", "Norway", "Chile", "happened")),
        ("Norway demanded that Chile free the sailors.", ("10", "demand", "Norway", "Chile", "happened")),
        ("Norway said on Monday that Chile must free the sailors.", ("10", "demand", "Norway", "Chile", "happened")),
        ("The mayor of Brask resigned on Monday.", ("08", "resign", "mayor of Brask", None, "happened")),
        ("Norway recalled its ambassador from Chile.", ("16", "recall", "Norway", "Chile", "happened")),
        ("Militants kidnapped two engineers.", ("18", "kidnap", "Militants", "two engineers", "happened")),
        ("Norway deployed warships near Chile.", ("15", "deploy", "Norway", "warships", "happened")),
        ("Chile apologised to Norway for the collision.", ("05", "apologise", "Chile", "Norway", "happened")),
    ],
)
def test_who_did_what_to_whom(text: str, expected: tuple[str, str, str, str, str]) -> None:
    assert expected in told(text)


@pytest.mark.parametrize(
    ("text", "action", "actor", "target"),
    [
        ("The king, who was born in Oslo, visited Chile.", "visit", "king", "Chile"),
        (
            "Chile's fisheries minister, a farmer from the north, accused Norway of theft.",
            "accuse",
            "Chile's fisheries minister",
            "Norway",
        ),
        ("Officials in the north of Chile criticised Norway.", "criticise", "Officials in the north of Chile", "Norway"),
        ("A militia that fled the capital attacked Brask.", "attack", "militia", "Brask"),
        ("Norway followed up by accusing Chile of theft.", "accuse", "Norway", "Chile"),
        ("The plan, which Norway rejected, came from Chile.", "reject", "Norway", None),
        ("Norway met no one but said it would visit Chile.", "visit", "Norway", "Chile"),
        ("Talks between Norway and Chile resumed in Rome on Monday.", "hold talks", "Norway", "Chile"),
        ("The governor's office said rebels attacked Brask.", "attack", "rebels", "Brask"),
    ],
)
def test_subjects_are_found_across_what_stands_between(text: str, action: str, actor: str, target: str | None) -> None:
    assert (action, actor, target) in [(e.action, e.actor, e.target) for e in events(text)]


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        ("The president will visit Chile.", "planned", "03"),
        ("The president is due to meet the king of Norway.", "planned", "03"),
        ("The president plans to visit Chile.", "planned", "03"),
        ("The president had planned to visit Chile.", "cancelled", "04"),
        ("The president was to have visited Chile.", "cancelled", "04"),
        ("The president did not visit Chile.", "denied", "04"),
        ("The president allegedly visited Chile.", "reported", "04"),
        ("The president is said to have visited Chile.", "reported", "04"),
        ("The president denied that he had visited Chile.", "denied", "04"),
        ("The president visited Chile.", "happened", "04"),
        ("Norway will withdraw its troops from Chile unless the king resigns.", "planned", "13"),
    ],
)
def test_status(text: str, status: str, code: str) -> None:
    assert (status, code) in [(e.status, e.code) for e in events(text)]


@pytest.mark.parametrize(
    "text",
    [
        "If Norway attacks Chile, the price of fish will rise.",
        "Did Norway attack Chile?",
        "Norway can attack Chile at any time.",
        "The ministry declined to comment.",
        "No one attacked the king.",
        "“Norway attacked us in the night and will attack us again,” said the mayor.",
        "The attack was heavy, and the weather changed.",
        "Inflation hit a record high, and shares fell.",
        "Warm rain attacked the paint.",
    ],
)
def test_what_is_no_event(text: str) -> None:
    assert told(text) == []


def test_an_agreement_to_do_something_is_the_agreement() -> None:
    found = events("Norway agreed to visit Chile.")
    assert [(e.code, e.text, e.target) for e in found] == [("03", "agreed to visit", "Chile")]


def test_a_threat_or_vow_to_do_harm_is_a_threat() -> None:
    assert told("Norway threatened to bomb Chile.") == [("13", "threaten", "Norway", "Chile", "happened")]
    assert told("Rebels vowed to attack Brask.")[0][:2] == ("13", "threaten")


def test_deaths_without_violence_have_no_root() -> None:
    assert events("Four people were killed when a bus overturned near Brask.")[0].code == ""
    assert events("Four people were killed when gunmen opened fire near Brask.")[0].code == "18"


def test_each_of_several_actors_has_an_event_and_of_two_who_agree_one_is_the_target() -> None:
    assert [e.actor for e in events("Norway, Chile and Peru condemned the attack.")] == ["Norway", "Chile", "Peru"]
    assert told("Norway and Chile signed a treaty.") == [("05", "sign", "Norway", "Chile", "happened")]


def test_names_are_told_in_full_and_pronouns_resolved() -> None:
    text = "Ada Brink arrived in Oslo on Monday. Brink met Carlo Renn, and she criticised him. He rejected the criticism."
    names = [
        Name("PERSON", 0, 9, "Ada Brink", 1.0),
        Name("PLACE", 21, 25, "Oslo", 1.0),
        Name("PERSON", 37, 42, "Brink", 1.0),
        Name("PERSON", 47, 57, "Carlo Renn", 1.0),
    ]
    found = [(e.action, e.actor, e.target) for e in events(text, names=names)]
    assert found[:3] == [
        ("arrive", "Ada Brink", "Oslo"),
        ("meet", "Ada Brink", "Carlo Renn"),
        ("criticise", "Ada Brink", "Carlo Renn"),
    ]


def test_roles_and_appositions_are_told_by_name() -> None:
    text = "The deputy mayor, Ada Brink, resigned. The top envoy then visited Chile."
    brink = Entity(
        "PERSON", "Ada Brink", "ada brink", (), (Mention(18, 27, "Ada Brink"),), (Role(43, 52, "top envoy", None, None),)
    )
    found = events(text, entities=[brink])
    assert [(e.action, e.actor, e.actor_text) for e in found] == [
        ("resign", "Ada Brink", "deputy mayor"),
        ("visit", "Ada Brink", "top envoy"),
    ]


def test_place_and_date_are_those_of_the_clause() -> None:
    text = "Norway's king met Chile's president in Rome on Tuesday, the palace said on Wednesday."
    (event,) = events(text, dates=dates(text, AT), at=AT)
    assert (event.place, event.from_date, event.to_date) == ("Rome", date(2031, 3, 4), date(2031, 3, 4))


def test_the_present_with_a_day_to_come_is_a_plan() -> None:
    text = "The ministers meet in Rome on Friday."
    (event,) = events(text, dates=dates(text, AT), at=AT)
    assert (event.status, event.code, event.from_date) == ("planned", "03", date(2031, 3, 7))


def test_other_languages_are_not_read() -> None:
    assert events("Norway accused Chile.", language="de") == []
    assert events("Norway accused Chile.", language=None) == []


def test_every_verb_of_the_actions_is_known_with_its_forms() -> None:
    bases = {form.base for form in verbs().values()}
    assert {verb for verb in actions() if verb not in bases} <= {"be"}


def test_actions_have_roots_and_classes_that_exist() -> None:
    known = [action for several in actions().values() for action in several] + list(nouns().values())
    assert {action.code for action in known} <= {f"{root:02}" for root in range(1, 21)} | {""}
    assert {action.plover for action in known} <= PLOVER
    assert len({action.label for action in known}) > 150
    assert all(listed for listed in objects().values())


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "Norway Chile police met will to visit visited accused who , . and said it he they that by was not the of in “ ” ( ) attack "
            "talks with between begun on Monday 12 's ? if agreed refuse\n".split(" ")
        ),
        max_size=60,
    )
)
def test_every_event_points_at_its_characters(words: list[str]) -> None:
    text = " ".join(words)
    for e in events(text, dates=dates(text, AT), at=AT):
        assert e.text == text[e.start : e.end] != ""
        assert e.sentence_start <= e.start <= e.end <= len(text)
        for whole, first, last in (
            (e.actor_text, e.actor_start, e.actor_end),
            (e.target_text, e.target_start, e.target_end),
        ):
            assert (whole is None) == (first is None)
            if first is not None and last is not None:
                assert whole == text[first:last] != ""
        assert 0 < e.confidence <= 1


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    assert events(text) == events(text)


@pytest.mark.parametrize(
    "piece",
    ["to visit to meet ", "said that the man who met ", "accused, ", "Oslo, Rome and ", "(", "the very really ", "agreed to "],
)
def test_hostile_lines_are_read_in_time(piece: str) -> None:
    begun = time.process_time()
    events(piece * (60_000 // len(piece)))
    assert time.process_time() - begun < 2


def test_every_part_of_an_event_stands_at_its_characters() -> None:
    told = [story for path in sorted((ROOT / "seeds" / "annotated").glob("*.xml"))[:3] for story in stories(path)]
    assert len(told) > 60
    for story in told:
        for e in facts(Body(story.text, language="en")).events:
            parts = (
                (e.text, e.start, e.end),
                (e.actor_text, e.actor_start, e.actor_end),
                (e.target_text, e.target_start, e.target_end),
                (e.place, e.place_start, e.place_end),
            )
            assert all(start is None or story.text[start:end] == words for words, start, end in parts), (story.id, e)


def test_a_score_is_no_part_of_who_lost() -> None:
    [event] = events("Lobos Madrid beat Reef Rovers 2-1 in the final.")
    assert (event.actor, event.target, event.target_text) == ("Lobos Madrid", "Reef Rovers", "Reef Rovers")
