"""The recipes of CONNECTING.md in Python do what they say, as they stand there; those of libraries that are not here are skipped."""

from __future__ import annotations

import importlib.util
import re
from contextlib import chdir
from typing import TYPE_CHECKING

import pytest

from flows.plain import ingest
from flows.settings import settings
from tests.conftest import ROOT, write_stories
from warehouse.export import Wanted, export
from warehouse.layout import Layout

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (ROOT / "warehouse" / "CONNECTING.md").read_text(encoding="utf-8")
RECIPES = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where `data` and `lake` are."""
    folder = tmp_path_factory.mktemp("connecting")
    write_stories(folder / "in", range(3))
    ingest([str(folder / "in")], settings(folder / "data", workers=0))
    export(Layout(folder / "data"), folder / "lake", Wanted())
    return folder


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: "+".join(re.findall(r"^import ([\w.]+)", recipe, re.MULTILINE)))
def test_recipe(recipe: str, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for library in re.findall(r"^import (\w+)", recipe, re.MULTILINE):
        if importlib.util.find_spec(library) is None:
            pytest.skip(f"{library} is not installed")
    with chdir(place):
        exec(compile(recipe, "CONNECTING.md", "exec"), {})  # the recipe as the reader pastes it
    assert re.search(r"\b3\b|in\b", capsys.readouterr().out)


def test_what_the_text_names_is_there() -> None:
    assert len(RECIPES) >= 8
    for title in re.findall(r"\]\(#([\w-]+)\)", TEXT):
        assert title in [re.sub(r"\W+", "-", head.lower()) for head in re.findall(r"^#+ (.*)$", TEXT, re.MULTILINE)]
