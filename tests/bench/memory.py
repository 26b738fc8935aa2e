"""Peak memory of whole runs, all processes together, and whether it grows with the input.

The measure is PSS from /proc/PID/smaps_rollup, looked at every 50 ms: a page that n processes share counts 1/n in each, so that
the sum is what the run takes from the machine.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.bench.processes import cost, python, wirehouse
from tests.bench.stories import write_files, write_lines
from tests.bench.table import Table

if TYPE_CHECKING:
    from tests.bench.processes import Cost


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many articles; `a_file` of them are in one JSONL file."""

    small: int
    large: int
    a_file: int


FULL = Sizes(10_000, 100_000, 10_000)
QUICK = Sizes(120, 240, 60)
LIBRARIES = (
    "import duckdb, ftfy, lxml, numpy, py3langid, pyarrow, time; py3langid.classify('once'); duckdb.connect(); time.sleep(0.3)"
)


def table(sizes: Sizes) -> Table:
    """The worst moment of each run."""
    shown = Table(
        "memory",
        "how much memory do all processes of a run take together at the worst moment? (PSS, every 50 ms)",
        ("run", "articles", "peak MB", "largest process MB", "processes", "CPU s"),
    )
    with TemporaryDirectory() as scratch:
        files = Path(scratch) / "files"
        write_files(files, range(sizes.small))
        single = _ingested(shown, "single files", files, Path(scratch) / "data-files", sizes.small)
        lines = Path(scratch) / "lines"
        _lengthened(lines, 0, sizes.small, sizes.a_file)
        small = _ingested(shown, "JSONL", lines, Path(scratch) / "data-small", sizes.small)
        _lengthened(lines, sizes.small, sizes.large, sizes.a_file)
        large = _ingested(shown, "JSONL", lines, Path(scratch) / "data-large", sizes.large)
    beside = cost(python(LIBRARIES), memory=True)
    shown.add(
        "  beside it: one Python with the same libraries", "-", beside.peak_mb, beside.largest_mb, beside.processes, beside.cpu_s
    )
    shown.target(f"peak at {sizes.large:,} / peak at {sizes.small:,}", large.peak_mb / small.peak_mb, most=1.3)
    shown.target("peak MB", max(single.peak_mb, small.peak_mb, large.peak_mb), most=800)
    shown.notes.append("looking slows the runs down: their times say nothing here")
    return shown


def _lengthened(folder: Path, start: int, end: int, a_file: int) -> None:
    for first in range(start, end, a_file):
        write_lines(folder / f"{first:07d}.jsonl", range(first, min(end, first + a_file)))


def _ingested(shown: Table, what: str, folder: Path, data: Path, count: int) -> Cost:
    spent = cost(wirehouse("ingest", folder, "--data", data, "--json"), memory=True)
    assert json.loads(spent.output)["new"] == count, spent.output
    shown.add(what, f"{count:,}", spent.peak_mb, spent.largest_mb, spent.processes, spent.cpu_s)
    return spent
