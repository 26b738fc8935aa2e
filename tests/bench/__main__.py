"""Measure speed and memory: one table a question, every figure beside a library or peer measured in the same run.

    python -m tests.bench [--only NAME|NUMBER] [--quick] [--evals DIR]

CPU seconds are user and system time of all processes of a run and are what counts; wall times stand beside them and are noisy.
Linux only: processes and their memory are read from the kernel. Takes about ten minutes.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from tests.bench import copies, export, facts, landing, latency, memory, polling, questions, search, stages, startup, whole
from tests.bench.processes import others_cpu_s
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.bench.table import Table

LIBRARIES = "duckdb trafilatura py3langid ftfy charset-normalizer lxml pyarrow numpy feedparser aiohttp rensa datasketch spacy tantivy".split()


def main() -> int:
    """Print the tables; 0 when all were measured, 2 for wrong usage."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = [*_tables(quick=True, evals=ROOT)]
    parser.add_argument(
        "--only", metavar="NAME|NUMBER", help=f"one of: {', '.join(f'{n} {name}' for n, name in enumerate(names, 1))}"
    )
    parser.add_argument("--quick", action="store_true", help="tiny sizes: shows that it works, says nothing about speed")
    parser.add_argument("--evals", type=Path, default=ROOT.parent / "shared" / "evals", help="evaluation sets, for real pages")
    asked = parser.parse_args()
    if asked.only is not None and asked.only not in {*names, *map(str, range(1, len(names) + 1))}:
        parser.error(f"there is no table {asked.only!r}; there are: {', '.join(names)}")
    if sys.platform != "linux":
        print("the bench needs Linux: it reads processes and their memory from the kernel", file=sys.stderr)
        return 2
    print(_machine(), flush=True)
    for number, (name, measured) in enumerate(_tables(quick=asked.quick, evals=asked.evals).items(), 1):
        if asked.only in {None, name, str(number)}:
            started, before = perf_counter(), others_cpu_s()
            for table in measured():
                if asked.quick:
                    table.targets.clear()  # the sizes are too small to judge by
                print(f"\n{table}", end="", flush=True)
            others = others_cpu_s() - before
            print(
                f"measured in {perf_counter() - started:.0f} s, in which others took {others:.0f} CPU s of the machine",
                flush=True,
            )
    return 0


def _tables(*, quick: bool, evals: Path) -> dict[str, Callable[[], Iterator[Table]]]:
    """The questions in their order, by name."""

    def one(module: object) -> Callable[[], Iterator[Table]]:
        return lambda: iter([module.table(module.QUICK if quick else module.FULL)])  # type: ignore[attr-defined]

    return {
        "stages": lambda: stages.tables(stages.QUICK if quick else stages.FULL, evals),
        "facts": lambda: facts.tables(facts.QUICK if quick else facts.FULL),
        "whole": one(whole),
        "landing": one(landing),
        "copies": lambda: copies.tables(copies.QUICK if quick else copies.FULL, evals),
        "memory": one(memory),
        "startup": one(startup),
        "polling": one(polling),
        "latency": one(latency),
        "search": one(search),
        "export": one(export),
        "questions": one(questions),
    }


def _machine() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}; {libraries}"


if __name__ == "__main__":
    sys.exit(main())
