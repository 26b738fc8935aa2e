"""The telling words of invented texts, in six languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.extract.keyword_words import reading, singular
from tasks.extract.keywords import keywords
from tasks.extract.records import Name

TEXT = """The council of Amsel raised its water tariff by a tenth on Tuesday, said Ada Brink, who runs the waterworks.

Water tariffs had not changed for nine years. "Pumps cost money," Brink said; 14 of 20 pumps are older than she is.

Farmers told the council that the tariff would ruin orchards. An orchard drinks as much as a street."""


def name(text: str, found: str, kind: str = "PERSON", nth: int = 0) -> Name:
    start = -1
    for _ in range(nth + 1):
        start = text.index(found, start + 1)
    return Name(kind, start, start + len(found), found, 1.0)  # type: ignore[arg-type]


NAMES = [name(TEXT, "Amsel", "PLACE"), name(TEXT, "Ada Brink"), name(TEXT, "Brink", nth=1)]


def terms(text: str, title: str | None = None, language: str | None = "en", names: list[Name] | None = None) -> list[str]:
    return [k.term for k in keywords(text, title, language=language, names=names or [])]


def test_terms_names_and_words_stand_in_their_base_form() -> None:
    found = terms(TEXT, names=NAMES)
    assert found[0] == "water tariff"
    assert {"Amsel", "Ada Brink", "pump", "council", "orchard"} <= set(found)
    assert not {"tariff", "water", "Brink", "Ada", "said", "told", "tuesday", "Tuesday", "nine", "14"} & set(found)


def test_the_headline_weighs_but_gives_no_words() -> None:
    plain, headed = (keywords(TEXT, title, names=NAMES) for title in (None, "Pumps and drought"))
    rank = [[k.term for k in found].index("pump") for found in (plain, headed)]
    assert rank[1] < rank[0]
    assert "drought" not in [k.term for k in headed]


def test_a_keyword_is_the_characters_where_it_first_stands() -> None:
    found = {k.term: k for k in keywords(TEXT, names=NAMES)}
    assert [(k.text, TEXT[k.start : k.end], k.start) for k in [found["pump"]]] == [("Pumps", "Pumps", TEXT.index("Pumps"))]
    assert found["Ada Brink"].start == TEXT.index("Ada Brink")


def test_a_word_has_a_capital_where_it_has_one_within_a_sentence() -> None:
    text = "Ferries stopped. The ferry of Amsel waits. Norwegian crews wait."
    assert {"ferry", "Amsel", "Norwegian", "crew"} <= set(terms(text))


def test_a_place_is_no_short_form() -> None:
    text = "Harbour Club Amsel plays in Amsel."
    names_found = [name(text, "Harbour Club Amsel", "ORGANIZATION"), name(text, "Amsel", "PLACE", nth=1)]
    assert {"Harbour Club Amsel", "Amsel"} <= set(terms(text, names=names_found))


def test_scores_fall_from_one() -> None:
    scores = [k.score for k in keywords(TEXT)]
    assert scores[0] == 1.0
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[-1] <= 1


def test_at_most_twelve() -> None:
    assert len(keywords(" ".join(f"the wor{chr(97 + i)}d of" for i in range(26)))) == 12


@pytest.mark.parametrize(
    ("language", "text", "found", "not_found"),
    [
        (
            "de",
            "Die Werft baut Fähren. Eine Fähre kostet viel. Die Werft sucht Schweißer.",
            {"Werft", "Fähre"},
            {"baut", "die", "Fähren"},
        ),
        (
            "fr",
            "Le virus du cacao a détruit les récoltes. Le virus du cacao revient.",
            {"virus du cacao", "récolte"},
            {"détruit", "les"},
        ),
        ("fr", "La société de pêche ferme. La société de pêche a annoncé la fin du marché.", {"société de pêche"}, {"annoncé"}),
        ("es", "La tarifa de agua sube. Los vecinos rechazan la tarifa de agua.", {"tarifa de agua"}, {"los", "la"}),
        ("pt", "As eleições de outubro adiaram o porto. A eleição passou.", {"eleição", "porto"}, {"as", "outubro"}),
        ("it", "I traghetti restano in porto. Il traghetto è vecchio.", {"traghetto", "porto"}, {"il", "traghetti"}),
    ],
)
def test_other_languages(language: str, text: str, found: set[str], not_found: set[str]) -> None:
    terms_found = set(terms(text, language=language))
    assert found <= terms_found
    assert not not_found & terms_found


def test_of_a_language_without_a_table_only_names_count() -> None:
    text = "Ada Brink bor i Amsel och har en färja."
    assert terms(text, language="sv", names=[name(text, "Ada Brink")]) == ["Ada Brink"]


@pytest.mark.parametrize("text", ["", "42, 17 and 3.", "東京は雨です。雨は続く。", "the of and to"])
def test_nothing_to_tell(text: str) -> None:
    assert keywords(text) == []


@pytest.mark.parametrize(
    ("word", "language", "base"),
    [
        ("cities", "en", "city"),
        ("matches", "en", "match"),
        ("glasses", "en", "glass"),
        ("women", "en", "woman"),
        ("news", "en", "news"),
        ("analysis", "en", "analysis"),
        ("bus", "en", "bus"),
        ("journaux", "fr", "journal"),
        ("elecciones", "es", "elección"),
        ("luces", "es", "luz"),
        ("homens", "pt", "homem"),
        ("fähren", "de", "fähren"),
    ],
)
def test_singulars(word: str, language: str, base: str) -> None:
    assert singular(word, language) == base


@pytest.mark.parametrize("word", ["said", "announced", "Monday", "3rd", "is", "whose", "a.m", "“"])
def test_words_that_tell_nothing(word: str) -> None:
    assert reading(word, "en").weight == 0


def test_verbs_tell_less_than_nouns() -> None:
    assert reading("destroyed", "en").weight < reading("government", "en").weight < reading("reservoir", "en").weight


@given(st.text(max_size=400), st.none() | st.text(max_size=60), st.sampled_from(["en", "de", "it", "ja", None]))
def test_keywords_are_characters_of_the_text(text: str, title: str | None, language: str | None) -> None:
    found = keywords(text, title, language=language)
    assert len(found) <= 12
    assert len({k.term for k in found}) == len(found)
    assert all(k.text == text[k.start : k.end] and k.term and 0 < k.score <= 1 for k in found)


@given(st.lists(st.sampled_from("Ada Brink water tariffs tariff of the , . said Amsel".split()), max_size=50), st.randoms())
def test_names_are_units_wherever_they_stand(words: list[str], random) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    text = " ".join(words)
    spans = [i for i in range(len(text)) if text.startswith("Ada Brink", i) and random.random() < 0.7]
    found = keywords(text, names=[Name("PERSON", i, i + 9, "Ada Brink", 1.0) for i in spans])
    assert ("Ada Brink" in [k.term for k in found]) or not spans or len(found) == 12


def test_a_long_line_is_read_in_no_time() -> None:
    assert keywords("harbour wall, " * 100_000)[0].term == "harbour wall"
