"""The bench runs, and prints a table of plausible figures for every question."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.bench import pages, processes, stories
from tests.bench.table import Table, number
from tests.conftest import ROOT, environment

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the bench reads processes from Linux's kernel")
COPIES = ("copies", "copies, beside libraries")
HIGHEST = {"stages": 5_000, "whole runs": 60, "memory": 2_000, "start-up": 30}  # ms, s, MB, s: beyond them something is broken


def bench(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.bench", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=environment(), timeout=300)


def printed(output: str) -> dict[str, list[list[str]]]:
    """The rows of each table by its name; cells are at least two blanks apart."""
    tables: dict[str, list[list[str]]] = {}
    for block in output.split("\n== ")[1:]:
        name, _, rest = block.partition(":")
        rows = rest.split("\n\n")[1].split("\n")[2:]
        tables[name] = [re.split(r" {2,}", row.strip()) for row in rows]
    return tables


def figures(row: list[str]) -> list[float]:
    return [float(cell.replace(",", "")) for cell in row[1:] if re.fullmatch(r"[\d,.]+", cell)]


@pytest.mark.soak
def test_every_question_is_answered(tmp_path: Path) -> None:
    run = bench("--quick", "--evals", tmp_path)
    assert run.returncode == 0, run.stderr
    assert "\x1b" not in run.stdout
    tables = printed(run.stdout)
    assert list(tables) == [
        "stages",
        "stages, pages",
        "facts",
        "facts, whole runs",
        "whole runs",
        "landing",
        *COPIES,
        "memory",
        "start-up",
        "polling",
        "latency",
        "search",
        "export",
        "questions",
    ]
    for name, rows in tables.items():
        assert len(rows) >= (2 if name in COPIES else 4), name
        for row in rows:
            assert figures(row), (name, row)
            assert all(0 < figure < 10_000_000 for figure in figures(row)), (name, row)
        assert any("beside it" in " ".join(row) for row in rows) or name.startswith(("stages", "facts")) or name == COPIES[0]
    for name, highest in HIGHEST.items():
        column = 1 if name == "whole runs" else 0
        assert all(figures(row)[column] < highest for row in tables[name]), name
    assert "target:" not in run.stdout, "tiny sizes judge nothing"


def test_one_question_and_a_wrong_one() -> None:
    wrong = bench("--only", "sixth")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "stages, facts, whole, landing, copies, memory, startup" in wrong.stderr
    run = bench("--quick", "--only", 4)
    assert list(printed(run.stdout)) == ["landing"]


def test_the_times_of_grandchildren_whose_parent_is_gone_are_counted() -> None:
    burn = "from time import process_time\nwhile process_time() < 0.4: pass"
    orphan = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {burn!r}])"
    code = (
        "from tests.bench.processes import cost, python\n"
        f"spent = cost(python({orphan!r}), memory=True)\n"
        "assert 0.4 <= spent.cpu_s < 1.5, spent\n"
        "assert 2 < spent.largest_mb <= spent.peak_mb < 200, spent\n"
    )
    subprocess.run(processes.python(code), check=True, cwd=ROOT, env=environment(), timeout=60)  # reaps all: not in this process
    failing = "from tests.bench.processes import cost, python\ncost(python('raise SystemExit(3)'))"
    run = subprocess.run(
        processes.python(failing), capture_output=True, text=True, check=False, cwd=ROOT, env=environment(), timeout=60
    )
    assert "exit status 3" in run.stderr


def test_stories_and_pages_are_the_same_every_time_and_differ_from_one_another() -> None:
    texts = [stories.story(n).text for n in range(40)]
    assert texts == [stories.story(n).text for n in range(40)]
    assert len(set(texts)) == 40
    assert sum("(MNA) — " in text for text in texts) == 20
    counts = [len(re.findall(r"\w+", "\n".join(stories.story(n).paragraphs))) for n in range(40)]
    assert all(480 < count < 600 for count in counts)
    sizes = [len(pages.page(n)) for n in range(6)]
    assert all(50_000 < size < 70_000 for size in sizes)


def test_tables_align_and_numbers_are_never_rounded_to_nothing() -> None:
    assert [number(n) for n in (1234.5, 12.34, 1.234, 0.1234, 0.01234, 0.0001234, 4, None)] == [
        "1,234",
        "12.3",
        "1.23",
        "0.123",
        "0.0123",
        "0.000123",
        "4",
        "-",
    ]
    table = Table("t", "how much?", ("what", "ms"))
    table.add("one", 1.5)
    table.add("a hundred", 100)
    table.target("ms", 1.5, most=1)
    assert str(table).split("\n")[2:] == [
        "what         ms",
        "---------  ----",
        "one        1.50",
        "a hundred   100",
        "",
        "target: ms <= 1: MISSED (1.50)",
        "",
    ]
