"""Who, what, when, where, why and how of invented articles."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.extract.dates import dates
from tasks.extract.five_w import five_w
from tasks.extract.records import Entity, Mention, PlaceMention

AT = datetime(2026, 3, 4, tzinfo=UTC)
TITLE = "Brink sues Amsel council over flooded orchard"
TEXT = """Ada Brink, a farmer, sued the council in Amsel on Tuesday because its pumps had failed for nine days, drowning her orchard.

The water rose in February after a dyke broke at night. "Nobody answered the telephone," Brink told reporters.

The council rejected the claim. Its clerk, Jonas Odera, said the pumps had been repaired by hiring a firm from Torvik."""


def best(text: str, title: str | None = None, **given: object) -> dict[str, str | None]:
    found = five_w(text, title, at=AT, **given)  # type: ignore[arg-type]
    return {
        q: (getattr(found, q) or [None])[0] and getattr(found, q)[0].text for q in ("who", "what", "when", "where", "why", "how")
    }


def entity(text: str, kind: str, *forms: str) -> Entity:
    mentions = tuple(Mention(text.index(f), text.index(f) + len(f), f) for f in forms)
    return Entity(kind, forms[0], forms[0].casefold(), forms[1:], mentions)  # type: ignore[arg-type]


def place(text: str, name: str, kind: str = "city", usage: str = "mentioned") -> PlaceMention:
    start = text.index(name)
    return PlaceMention(start, start + len(name), name, name, "NO", None, None, None, None, kind, usage, 1.0)  # type: ignore[arg-type]


def test_an_article_answers_at_its_top() -> None:
    assert best(TEXT, TITLE) == {
        "who": "Ada Brink",
        "what": "sues Amsel council",
        "when": "Tuesday",
        "where": "Amsel",
        "why": "its pumps had failed for nine days",
        "how": None,
    }


def test_entities_places_and_dates_that_are_given_are_the_answers() -> None:
    who = [entity(TEXT, "PERSON", "Ada Brink", "Brink"), entity(TEXT, "PERSON", "Jonas Odera"), entity(TEXT, "PLACE", "Amsel")]
    where = [place(TEXT, "Torvik"), place(TEXT, "Amsel")]
    found = five_w(TEXT, TITLE, at=AT, entities=who, places=where, dates=dates(TEXT, AT))
    assert [a.text for a in found.who] == ["Ada Brink", "Jonas Odera"]
    assert [a.text for a in found.where] == ["Amsel", "Torvik"]
    assert found.when[0].text == "Tuesday"


def test_the_headline_answers_where_the_text_begins_with_it() -> None:
    assert best(f"{TITLE}\n\n{TEXT}", TITLE)["what"] == "sues Amsel council"


@pytest.mark.parametrize(
    ("headline", "what"),
    [
        ("Brink sues Amsel council after flood", "sues Amsel council"),
        ("Odera flies to Torvik to sign harbour deal", "flies to Torvik"),
        ("Odera agrees to sign harbour deal", "agrees to sign harbour deal"),
        ("Harbour: Odera stages protest as ministers arrive", "stages protest"),
        ("Two fishermen rescued off Torvik", "Two fishermen rescued off Torvik"),
        ("Odera signs deal and opens bridge", "signs deal"),
        ("Odera named as head of the harbour", "named as head of the harbour"),
        ("'We are done': Odera closes the harbour", "closes the harbour"),
    ],
)
def test_what_a_headline_tells_ends_before_circumstances(headline: str, what: str) -> None:
    assert best(f"{headline}\n\nIt was a calm day for Odera.", headline)["what"] == what


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("The ferry stayed in port due to high waves.", "high waves"),
        ("The mayor resigned after an audit found missing money.", "an audit found missing money"),
        ("Odera was fined for dumping oil in the bay.", "dumping oil in the bay"),
        ("Brink flew to Torvik for talks with the union.", "for talks with the union"),
        ("Brink travelled north to meet the union.", "to meet the union"),
        ("Brink blamed the late repair of the pumps for the flood.", "the late repair of the pumps"),
        ("The bus left the road in thick fog.", "thick fog"),
        ("Fishermen went on strike over quotas.", "quotas"),
        ("Prices rose over the year.", None),
        ("The ferry stayed in port.", None),
        ("Odera agreed to sign the deal.", None),
    ],
)
def test_why_needs_a_cue(sentence: str, why: str | None) -> None:
    assert best(sentence)["why"] == why


@pytest.mark.parametrize(
    ("sentence", "how"),
    [
        ("The crew saved the boat by cutting the net.", "cutting the net"),
        ("Odera narrowly avoided a wreck.", "narrowly avoided a wreck"),
        ("Odera resigned in a letter.", "in a letter"),
        ("The fair was marred by shooting.", None),
        ("Odera reportedly avoided a wreck.", None),
        ("The crew was saved by the coast guard.", None),
        ("The crew saved the boat.", None),
    ],
)
def test_how_needs_a_means(sentence: str, how: str | None) -> None:
    assert best(sentence)["how"] == how


def test_who_without_a_name_is_the_subject_that_the_headline_means() -> None:
    text = "Rain fell on Amsel all night. At least four farmers were hurt when a barn collapsed, Jonas Odera said."
    assert best(text, "Four hurt as barn collapses")["who"] == "At least four farmers"


def test_the_headline_names_by_a_form_that_the_text_has_alone() -> None:
    text = "Mia Brink sang. Ada Brink resigned. Brink had led the council."
    who = [entity(text, "PERSON", "Mia Brink"), entity(text, "PERSON", "Ada Brink", "Brink had"[:5])]
    assert best(text, "Brink resigns", entities=who)["who"] == "Ada Brink"


def test_the_clerk_of_a_place_is_no_place() -> None:
    text = "Jonas Odera, the clerk of Amsel, resigned on Tuesday."
    who = [entity(text, "PERSON", "Jonas Odera"), entity(text, "PLACE", "Amsel")]
    assert best(text, "Amsel clerk Odera resigns", entities=who)["who"] == "Jonas Odera"
    assert (
        best("Oslo rejected it.", "Oslo rejects plan", entities=[entity("Oslo rejected it.", "PLACE", "Oslo")])["who"] == "Oslo"
    )


def test_a_place_takes_its_region_with_it() -> None:
    text = "The barn burned down in Amsel, Hedmark, on Tuesday."
    found = five_w(text, places=[place(text, "Amsel"), place(text, "Hedmark", "region")])
    assert found.where[0].text == "Amsel, Hedmark"


def test_the_latest_day_outweighs_background() -> None:
    text = "Odera lost the vote of 1 February by far, and on Tuesday, after weeks of silence, the clerk left the council."
    assert best(text, "Clerk leaves council after lost vote")["when"] == "Tuesday"


def test_a_government_is_no_scene() -> None:
    text = "Oslo rejected the plan that was signed in Torvik."
    assert [a.text for a in five_w(text, places=[place(text, "Oslo", usage="metonym"), place(text, "Torvik")]).where] == [
        "Torvik"
    ]


def test_a_quotation_does_not_tell_what_happened() -> None:
    from tasks.extract.quotes import quotes

    text = '"The harbour closed the gates," said Odera. The harbour reopened the gates on Tuesday.'
    assert five_w(text, "Harbour closed gates", quotes=quotes(text, "en")).what[0].text != "closed the gates"


@pytest.mark.parametrize("language", ["de", "fr"])
def test_other_languages_answer_who_when_and_where_only(language: str) -> None:
    text = "Die Fähre nach Torvik blieb am Dienstag im Hafen, weil Ada Brink streikte."
    found = five_w(text, "Fähre bleibt im Hafen", language=language, at=AT, places=[place(text, "Torvik")])
    assert (found.what, found.why, found.how) == ((), (), ())
    assert [a.text for a in found.where] == ["Torvik"]


def test_no_text_no_answers() -> None:
    assert not any(best("", "Nothing").values())


@given(st.text(max_size=300), st.none() | st.text(max_size=60), st.sampled_from(["en", "de", "ja", None]))
def test_answers_are_characters_of_the_text_best_first(text: str, title: str | None, language: str | None) -> None:
    found = five_w(text, title, language=language, at=AT)
    for answers in (found.who, found.what, found.when, found.where, found.why, found.how):
        assert len(answers) <= 3
        assert [a.score for a in answers] == sorted((a.score for a in answers), reverse=True)
        parts = {"text": text, "title": title or ""}
        assert all(a.text == parts[a.part][a.start : a.end] and a.text.strip() and 0 <= a.score <= 1 for a in answers)


@given(
    st.lists(
        st.sampled_from(
            [*'Ada Brink sued the council by after to of in Amsel on Tuesday because , . : " who and'.split(), "\n\n"]
        ),
        max_size=60,
    )
)
def test_any_order_of_words_is_read(words: list[str]) -> None:
    text = " ".join(words)
    found = five_w(text, text[:40], at=AT)
    assert all(a.text == text[a.start : a.end] for answers in (found.who, found.what, found.why) for a in answers)


def test_a_long_line_is_read_in_no_time() -> None:
    assert five_w("a because " * 100_000).why
