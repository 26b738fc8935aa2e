from __future__ import annotations

import sys
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from tasks.extract.engines import engine
from tasks.extract.names import names
from tasks.extract.records import Name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT = "Ada Brink flew to Oslo. The Fennick Trust's board met Dr. Ada Brink in Oslo on Monday."


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A spaCy pipeline trained on one sentence, saved in a folder."""
    spacy = pytest.importorskip("spacy")
    from spacy.training import Example
    from spacy.util import fix_random_seed  # type: ignore[attr-defined]

    fix_random_seed(1)
    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    spans = [(0, 9, "PERSON"), (18, 22, "GPE"), (24, 43, "ORG"), (54, 67, "PERSON"), (71, 75, "GPE"), (79, 85, "DATE")]
    example = Example.from_dict(nlp.make_doc(TEXT), {"entities": spans})
    nlp.initialize(lambda: [example])
    for _ in range(40):
        nlp.update([example])
    folder = tmp_path_factory.mktemp("models") / "tiny"
    nlp.to_disk(folder)
    return folder


def test_the_builtin_engine_is_the_recogniser() -> None:
    assert engine("builtin") is names


def test_a_spacy_pipeline_finds_names_as_they_are_written_here(pipeline: Path) -> None:
    found = engine(f"spacy:{pipeline}")(TEXT, "en")
    assert [(name.kind, name.text) for name in found] == [
        ("PERSON", "Ada Brink"),
        ("PLACE", "Oslo"),
        ("ORGANIZATION", "Fennick Trust"),
        ("PERSON", "Ada Brink"),
        ("PLACE", "Oslo"),
    ]
    assert all(TEXT[name.start : name.end] == name.text for name in found)


def test_a_spacy_pipeline_is_loaded_once(pipeline: Path) -> None:
    assert engine(f"spacy:{pipeline}") is engine(f"spacy:{pipeline}")


def test_a_missing_pipeline_says_how_to_get_it() -> None:
    pytest.importorskip("spacy")
    with pytest.raises(ValueError, match=r"en_core_harbour.*python -m spacy download en_core_harbour"):
        engine("spacy:en_core_harbour")
    with pytest.raises(ValueError, match="/no/such/folder"):
        engine("spacy:/no/such/folder")


def test_a_pipeline_without_entities_is_refused(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ValueError, match="marks no entities"):
        engine(f"spacy:{tmp_path / 'blank'}")


def test_without_spacy_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(ValueError, match=r"spacy:en_core_wharf needs spaCy.*pip install spacy"):
        engine("spacy:en_core_wharf")


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Makes an engine that gives the items and returns its spec."""

    def make(*items: object) -> str:
        module = ModuleType("harbour_engine")
        module.factory = lambda: lambda _text, _language: items  # type: ignore[attr-defined]
        module.broken = lambda: "no function"  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "harbour_engine", module)
        engine.cache_clear()
        return "harbour_engine:factory"

    return make


def test_an_engine_of_ones_own_is_put_in_order_and_given_its_text(own: Callable[..., str]) -> None:
    spec = own(Name("PLACE", 18, 22, "", 0.5), SimpleNamespace(kind="PERSON", start=0, end=9, confidence=1))
    assert engine(spec)(TEXT, None) == [Name("PERSON", 0, 9, "Ada Brink", 1.0), Name("PLACE", 18, 22, "Oslo", 0.5)]


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ([Name("SHIP", 0, 3, "", 1)], "kind 'SHIP'.*PERSON, ORGANIZATION, PLACE"),  # type: ignore[arg-type]
        ([Name("PERSON", 0, 999, "", 1)], f"from 0 to 999 in a text of {len(TEXT)}"),
        ([Name("PERSON", 9, 9, "", 1)], "from 9 to 9"),
        ([Name("PERSON", -1, 9, "", 1)], "from -1 to 9"),
        ([Name("PERSON", 0, 9, "", 7)], "confidence 7"),
        ([Name("PERSON", 0, 9, "", 1), Name("PLACE", 4, 9, "", 1)], "overlap: 'Ada Brink' and 'Brink'"),
        ([("PERSON", 0, 9)], "a name has kind, start, end and confidence"),
    ],
)
def test_what_an_engine_gives_is_checked(own: Callable[..., str], items: list[Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"harbour_engine:factory gave .*{message}"):
        engine(own(*items))(TEXT, "en")


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("harbour", "write builtin, spacy:MODEL or module:factory"),
        ("spacy:", "write builtin"),
        ("no.such.harbour:factory", "cannot be imported"),
        ("harbour_engine:pier", "has no 'pier'"),
        ("harbour_engine:broken", "must return a function"),
    ],
)
def test_a_wrong_engine_says_what_is_wrong(own: Callable[..., str], spec: str, message: str) -> None:
    own()
    with pytest.raises(ValueError, match=message):
        engine(spec)
