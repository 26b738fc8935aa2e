"""How long one waits before anything happens."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.bench.processes import cost, python, wirehouse
from tests.bench.stories import story
from tests.bench.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True)
class Sizes:
    """How often each command is run: to warm the disk's cache, and to be measured."""

    warm: int
    times: int


FULL = Sizes(1, 5)
QUICK = Sizes(0, 1)
PEERS = {
    "python -c pass": "pass",
    "  import typer": "import typer",
    "  import duckdb, pyarrow": "import duckdb, pyarrow",
    "  import trafilatura": "import trafilatura",
    "  py3langid's model": "import py3langid; py3langid.classify('once')",
}


def table(sizes: Sizes) -> Table:
    """Wall and CPU time of small commands, each the median of some runs."""
    shown = Table("start-up", f"how long until it answers? (median of {sizes.times})", ("command", "wall s", "CPU s"))
    with TemporaryDirectory() as scratch:
        file = Path(scratch) / "in" / "story.txt"
        file.parent.mkdir()
        file.write_text(story(1).text, encoding="utf-8")
        folders = (Path(scratch) / f"data-{n}" for n in range(1_000))
        kept = Path(scratch) / "kept"
        help_s = _timed(shown, "wirehouse --help", lambda: wirehouse("--help"), sizes)
        _timed(shown, "import flows.cli", lambda: python("import flows.cli"), sizes)
        first_s = _timed(shown, "wirehouse ingest story.txt, new data folder", lambda: _ingest(file, next(folders)), sizes)
        cost(_ingest(file, kept))
        _timed(shown, "wirehouse ingest story.txt, known already", lambda: _ingest(file, kept), sizes)
        _timed(shown, "wirehouse sql 'SELECT 1'", lambda: wirehouse("sql", "SELECT 1", "--data", kept), sizes)
    for name, code in PEERS.items():
        _timed(shown, f"beside it: {name}", lambda code=code: python(code), sizes)  # type: ignore[misc]  # bound at once
    shown.target("wall s of wirehouse --help", help_s, most=0.4)
    shown.target("wall s of one file into a new data folder", first_s, most=2)
    shown.notes.append("wall times depend on what else the machine does")
    return shown


def _timed(shown: Table, what: str, command: Callable[[], Sequence[str | Path]], sizes: Sizes) -> float:
    for _ in range(sizes.warm):
        cost(command())
    spent = [cost(command()) for _ in range(sizes.times)]
    wall_s = median(s.wall_s for s in spent)
    shown.add(what, wall_s, median(s.cpu_s for s in spent))
    return wall_s


def _ingest(file: Path, data: Path) -> list[str | Path]:
    return wirehouse("ingest", file, "--data", data)
