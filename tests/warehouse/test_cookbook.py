"""The cookbook's queries give what it prints, on the sample stories. `python -m tests.warehouse.test_cookbook` writes the answers anew."""

from __future__ import annotations

import re
import subprocess
import sys
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from flows.output import as_table
from tests.conftest import ROOT, command, environment
from warehouse.layout import Layout
from warehouse.query import ask, reading

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

BOOK = ROOT / "warehouse" / "COOKBOOK.md"
RECIPE = re.compile(r"```sql\n(.*?)```\n(?:\n```text\n(.*?)```\n)?", re.DOTALL)
RECIPES = RECIPE.findall(BOOK.read_text(encoding="utf-8"))
LONGEST = 10  # lines


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    return ingested(tmp_path_factory.mktemp("cookbook") / "data")


def ingested(data: Path) -> Layout:
    """The sample stories, with their facts."""
    sources = sorted((ROOT / "seeds" / "sources").glob("*/*.toml"))
    subprocess.run(
        command("ingest", *sources, data=data), cwd=ROOT, env=environment(WIREHOUSE_ENTITIES_ENGINE="builtin"), check=True, capture_output=True
    )  # fmt: skip
    return Layout(data)


def answered(con: DuckDBPyConnection, query: str) -> str:
    answer = ask(con, query)
    printed = StringIO()
    as_table(answer.columns, answer.rows, Console(file=printed, width=150, highlight=False))
    return "\n".join(line.rstrip() for line in printed.getvalue().strip("\n").splitlines()) + "\n"


@pytest.mark.parametrize(("query", "printed"), RECIPES, ids=[f"recipe {n}" for n in range(1, len(RECIPES) + 1)])
def test_a_recipe_answers_as_printed(sample: Layout, query: str, printed: str) -> None:
    assert query.count("\n") <= LONGEST
    with reading(sample) as con:
        assert answered(con, query) == printed


def test_there_is_a_recipe_for_each_question() -> None:
    assert len(RECIPES) > 15


def write() -> None:
    """Write each answer under its query."""
    with TemporaryDirectory() as folder, reading(ingested(Path(folder) / "data")) as con:
        text = RECIPE.sub(lambda m: f"```sql\n{m[1]}```\n\n```text\n{answered(con, m[1])}```\n", BOOK.read_text(encoding="utf-8"))
        BOOK.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
    sys.exit(0)
