from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seeds.annotated.read import stories
from tasks.extract.name_context import read
from tasks.extract.name_shapes import word_info
from tasks.extract.names import names

REPO = Path(__file__).parents[2]


def told(text: str, language: str | None = "en") -> list[str]:
    return [f"{name.kind[0]} {name.text}" if name.kind != "PLACE" else f"L {name.text}" for name in names(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Norwegian Foreign Minister Ingrid Solvang met the mayor of Bergen, Tor Haugland, on Monday.",
            ["P Ingrid Solvang", "L Bergen", "P Tor Haugland"],
        ),
        ("US Secretary of State Harriet Caldwell will fly to Tokyo.", ["L US", "P Harriet Caldwell", "L Tokyo"]),
        (
            "The Securities and Exchange Commission sued Harlow & Finch Inc. in Boston.",
            ["O Securities and Exchange Commission", "O Harlow & Finch Inc.", "L Boston"],
        ),
        ("Acme Holdings, Inc. opened an office in Dayton, Ohio.", ["O Acme Holdings, Inc.", "L Dayton", "L Ohio"]),
        ("A Nairobi-based charity bought Kenya’s largest ferry.", ["L Nairobi", "L Kenya"]),
        ("OSLO, June 14 (MNA) - The harbour is closed.", ["L OSLO", "O MNA"]),
        ("Sen. Judith Marquand, D-Mass., voted no.", ["P Judith Marquand", "L Mass."]),
        ("Japanese and Chinese officials talked on Wednesday.", []),
        ('Harold "Junior" Stubbs sold his farm in Kansas.', ['P Harold "Junior" Stubbs', "L Kansas"]),
    ],
)
def test_names_stand_without_titles_articles_and_possessives(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_a_surname_is_the_persons() -> None:
    text = "The painter Edith Halifax, 61, lives in Leeds. On Tuesday Halifax said she would sell. Critics love Halifax."
    assert told(text) == ["P Edith Halifax", "L Leeds", "P Halifax", "P Halifax"]


def test_letters_in_brackets_are_the_bodys() -> None:
    text = "The Domestic Workers Union of Kenya (DWUK) called a strike. The minister ignored DWUK."
    found = [name.text for name in names(text) if name.kind == "ORGANIZATION"]
    assert found == ["Domestic Workers Union of Kenya", "DWUK", "DWUK"]


def test_a_country_that_wins_a_match_is_a_side() -> None:
    match = "Sri Lanka beat Kenya by an innings in the second Test. Kenya lost six wickets before lunch; the match ended early."
    assert {name.kind for name in names(match) if name.text in {"Sri Lanka", "Kenya"}} == {"ORGANIZATION"}
    assert told("Kenya lost a ferry. The minister flew home to Kenya.") == ["L Kenya", "L Kenya"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "de",
            "Finanzministerin Jutta Brandauer (SPD) reist nach Brüssel. Das Essen war gut, sagte Brandauer. Die Rheinwerk AG aus Bonn schwieg.",
            ["P Jutta Brandauer", "O SPD", "L Brüssel", "P Brandauer", "O Rheinwerk AG", "L Bonn"],
        ),
        (
            "fr",
            "Selon Mme Maréval, l'Union européenne doit agir. À Lyon, le maire Karim Belloc-Roux a dénoncé la SNCF.",
            ["P Maréval", "O Union européenne", "L Lyon", "P Karim Belloc-Roux", "O SNCF"],
        ),
        (
            "es",
            "La alcaldesa de Zaragoza, Pilar Larrondo, pidió ayuda al Ministerio de Hacienda. Larrondo viajará a Bogotá.",
            ["L Zaragoza", "P Pilar Larrondo", "O Ministerio de Hacienda", "P Larrondo", "L Bogotá"],
        ),
        (
            "it",
            "A Torino la ministra Carla Vestri ha visitato la Banca d'Italia.",
            ["L Torino", "P Carla Vestri", "O Banca d'Italia"],
        ),
        ("pt", "O ministro Otávio Bulhões disse em Lisboa que a ONU decide.", ["P Otávio Bulhões", "L Lisboa", "O ONU"]),
    ],
)
def test_other_languages_go_by_rules(language: str, text: str, expected: list[str]) -> None:
    assert told(text, language) == expected


def test_german_nouns_are_no_names() -> None:
    assert told("Der Regen fiel auf die Stadt, und der Müller ging mit dem Hammer in den Wald zum Essen.", "de") == []


def test_in_a_language_without_rules_nothing_is_found() -> None:
    assert names("Helsingin kaupunginjohtaja Juhana Virtanen matkusti Tukholmaan.", "fi") == []


def test_without_a_language_only_english_is_read() -> None:
    assert told("The mayor of Bergen said that it was in the hands of the council.", None) == ["L Bergen"]
    assert names("Helsingin kaupunginjohtaja Juhana Virtanen matkusti Tukholmaan.", None) == []


TEXTS = st.text(max_size=300) | st.lists(
    st.sampled_from(
        "Ada Brink of Oslo U.S. (MNA) said the Inc. , . ' ’s and & D-Maine Smith-led “ ” anti-Kenya 7th \n \n\n McDonald's de la".split(
            " "
        )
    ),
    max_size=40,
).map(" ".join)


@settings(deadline=None, max_examples=150)
@given(TEXTS, st.sampled_from(["en", "de", "fr", "es", "it", "pt", "ru", None]))
def test_names_point_at_their_characters_in_order_and_apart(text: str, language: str | None) -> None:
    found = names(text, language)
    assert all(text[name.start : name.end] == name.text and name.text.strip() == name.text != "" for name in found)
    assert all(0 <= name.confidence <= 1 for name in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@settings(deadline=None, max_examples=30)
@given(TEXTS)
def test_the_same_text_has_the_same_names(text: str) -> None:
    assert names(text) == names(text)


def test_most_names_of_the_gold_stories_are_found() -> None:
    right = given_ = wanted = 0
    for file in sorted((REPO / "seeds" / "annotated").glob("*.xml")):
        for story in stories(file):
            if story.gold:
                body = story.text[story.body_start :]
                gold = {(m.start - story.body_start, m.end - story.body_start, m.kind) for m in story.mentions}
                found = {(name.start, name.end, name.kind) for name in names(body)}
                right, given_, wanted = right + len(gold & found), given_ + len(found), wanted + len(gold)
    assert right / given_ > 0.82
    assert right / wanted > 0.78


@pytest.mark.parametrize("piece", ["A", "Brink ", "of ", "Ada of ", "X-", "(A) ", '" ', "a b ", "U.S. ", "d'", "Ada, "])
def test_a_hostile_text_takes_no_longer_than_its_length(piece: str) -> None:
    def seconds(length: int) -> float:
        started = time.process_time()
        names(piece * (length // len(piece)))
        return time.process_time() - started

    seconds(2_000)
    assert seconds(40_000) < 40 * max(seconds(4_000), 0.01)


def test_weights_are_small_and_come_with_their_card() -> None:
    data = files("tasks.extract") / "data"
    assert len((data / "names_weights.npz").read_bytes()) < 2_000_000
    card = (data / "names_weights.md").read_text("utf-8")
    assert re.search(r"CC BY 4\.0.*Scores", card, re.DOTALL)


def test_the_recogniser_needs_neither_trainer_nor_spacy() -> None:
    code = (
        "import sys, json; from tasks.extract.names import names; found = names('Ada Brink lives in Oslo.'); "
        "print(json.dumps([[n.kind for n in found], [m for m in ('pycrfsuite', 'spacy') if m in sys.modules]]))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=REPO, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [["PERSON", "PLACE"], []]


def test_numpy_decides_as_the_trainer_does(tmp_path: Path) -> None:
    pycrfsuite = pytest.importorskip("pycrfsuite")
    from seeds.reference import names as script
    from tasks.extract.name_tagger import LABELS, Tagger, decode

    docs = [
        script.Doc(
            "one",
            "Ada Brink of Oslo leads the Fennick Trust. Brink said so.",
            ((0, 9, "P"), (13, 17, "L"), (28, 41, "O"), (43, 48, "P")),
        ),
        script.Doc(
            "two",
            "The Fennick Trust met in Bergen. Tor Haug, of Bergen, came.",
            ((4, 17, "O"), (25, 31, "L"), (33, 41, "P"), (46, 52, "L")),
        ),
    ]
    kept = tmp_path / "names.crf"
    trainer = pycrfsuite.Trainer(verbose=False)
    for doc in docs:
        for features, labels in script.examples(doc):
            trainer.append(features, labels)
    trainer.set_params({"c2": 0.1, "max_iterations": 30})
    trainer.train(str(kept))
    theirs = pycrfsuite.Tagger()
    theirs.open(str(kept))
    ours = Tagger(script.pack(theirs.info()))
    for text in ("Ada Haug of Bergen met the Oslo Trust.", docs[0].text):
        made = read(text)
        features = list(script.strings(made))
        expected: list[str] = []
        at = 0
        for first, last in made.stretches:
            expected += theirs.tag(features[at : at + last - first])
            at += last - first
        numbers, sure = decode(ours.scores(made), ours.moves, made.stretches)
        assert [LABELS[label] for label in numbers] == expected
        assert all(0 < p <= 1.0001 for p in sure)


def test_training_twice_gives_the_same_weights() -> None:
    pytest.importorskip("pycrfsuite")
    from seeds.reference import names as script

    docs = [
        script.Doc(
            "one", "Ada Brink of Oslo leads the Fennick Trust. Brink said so.", ((0, 9, "P"), (13, 17, "L"), (43, 48, "P"))
        )
    ]
    one, other = script.train(docs), script.train(docs)
    assert all((one[name] == other[name]).all() for name in one)


def test_a_word_is_described_once() -> None:
    assert word_info("Oslo") is word_info("Oslo")
