"""Whole runs of `wirehouse ingest`, counted to the last process, beside a script with the same libraries."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.bench.pages import write_pages
from tests.bench.processes import cost, python, wirehouse
from tests.bench.stories import write_files
from tests.bench.table import Table

if TYPE_CHECKING:
    from tests.bench.processes import Cost


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many files."""

    texts: int
    pages: int
    naive_texts: int
    naive_pages: int


FULL = Sizes(5_000, 300, 1_000, 100)
QUICK = Sizes(120, 6, 20, 3)
WALK = "import os, sys; print(sum(os.stat(os.path.join(d, f)).st_size > 0 for d, _, fs in os.walk(sys.argv[1]) for f in fs))"


def table(sizes: Sizes) -> Table:
    """Articles per second from files to the published warehouse."""
    shown = Table(
        "whole runs",
        "how many articles a second, from single files to the published warehouse?",
        ("run", "articles", "CPU s", "wall s", "articles per CPU s", "articles per wall s"),
    )
    with TemporaryDirectory() as scratch:
        texts, pages, data = Path(scratch) / "texts", Path(scratch) / "pages", Path(scratch) / "data"
        write_files(texts, range(sizes.texts))
        write_pages(pages, range(sizes.pages))
        alone = _ingested(shown, "texts, --workers 0", texts, Path(scratch) / "alone", sizes.texts, "--workers", "0")
        spread = _ingested(shown, f"texts, {os.cpu_count()} workers", texts, data, sizes.texts)
        _again(shown, "texts, second run, nothing changed", texts, data, sizes.texts)
        walked = cost([*python(WALK), texts])
        _shown(shown, "  beside it: os.walk and os.stat", sizes.texts, walked)
        few = Path(scratch) / "few"
        write_files(few / "texts", range(sizes.naive_texts))
        write_pages(few / "pages", range(sizes.naive_pages))
        _naive(shown, "  beside it: ftfy, py3langid, DuckDB executemany", few / "texts", Path(scratch) / "texts.duckdb")
        _ingested(shown, "pages, --workers 0", pages, Path(scratch) / "pages-alone", sizes.pages, "--workers", "0")
        _ingested(shown, f"pages, {os.cpu_count()} workers", pages, Path(scratch) / "pages-data", sizes.pages)
        _naive(shown, "  beside it: the same with trafilatura", few / "pages", Path(scratch) / "pages.duckdb")
    shown.target("texts per CPU s, no workers", sizes.texts / alone.cpu_s, least=400)
    shown.target("texts per CPU s, with workers", sizes.texts / spread.cpu_s, least=400)
    shown.target("texts per wall s, with workers, on two idle cores", sizes.texts / spread.wall_s, least=700)
    shown.notes.append("start-up is part of every run; wall times depend on what else the machine does")
    return shown


def _ingested(shown: Table, what: str, folder: Path, data: Path, count: int, *options: str) -> Cost:
    spent = cost(wirehouse("ingest", folder, "--data", data, "--json", *options))
    assert json.loads(spent.output)["new"] == count, spent.output
    _shown(shown, what, count, spent)
    return spent


def _again(shown: Table, what: str, folder: Path, data: Path, count: int) -> None:
    spent = cost(wirehouse("ingest", folder, "--data", data, "--json"))
    assert json.loads(spent.output)["unchanged_files"] == count, spent.output
    _shown(shown, what, count, spent)


def _naive(shown: Table, what: str, folder: Path, database: Path) -> None:
    spent = cost([sys.executable, "-m", "tests.bench.naive", folder, database])
    _shown(shown, what, int(spent.output), spent)


def _shown(shown: Table, what: str, count: int, spent: Cost) -> None:
    shown.add(what, f"{count:,}", spent.cpu_s, spent.wall_s, count / spent.cpu_s, count / spent.wall_s)
