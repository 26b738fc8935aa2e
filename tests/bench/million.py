"""A warehouse of very many articles, made of the sample stories of seeds/ by variation.

    python -m tests.bench.million FOLDER [--articles N]

The stories are ingested as always, with all that they say; then each becomes thousands, inside DuckDB (million.sql): other
outlets, dates over two years, people, places and words; stories of all sizes, copies, corrections, feeds with their polls. The
same number of articles gives the same warehouse. A million take some minutes and 4 GB of disk.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from tests.conftest import ROOT
from warehouse.layout import Layout
from warehouse.lock import WriterLock
from warehouse.migrate import transaction
from warehouse.store import Store

ARTICLES = 1_000_000
SPAN = 50_000  # articles made at a time; stories lie within 1,000 of them
MEMORY = "3GB"


def make(data: Path, articles: int = ARTICLES) -> None:
    """Make and publish a warehouse of so many articles, and those of seeds/ beside them, in a new data folder."""
    sources = sorted((ROOT / "seeds" / "sources").glob("*/*.toml"))
    kept = {k: v for k, v in os.environ.items() if not k.startswith("WIREHOUSE_")}
    subprocess.run(
        [sys.executable, "-m", "flows.cli", "ingest", *map(str, sources), "--data", str(data), "--workers", "1"],
        check=True, cwd=ROOT, env=kept | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    layout = Layout(data)
    with Store(layout, WriterLock(layout.live, "the bench"), flow="bench") as store:
        for setting in (f"SET memory_limit = '{MEMORY}'", "SET threads = 2", f"SET VARIABLE articles = {articles}"):
            store.con.execute(setting)
        begin, span, end = _parts()
        store.con.execute(begin)
        for first in range(0, articles, SPAN):
            last = min(first + SPAN, articles)
            store.con.execute(f"SET VARIABLE first = {first}; SET VARIABLE last = {last}")
            with transaction(store.con):
                store.con.execute(span)
        with transaction(store.con):
            store.con.execute(end)
        store.end()
        store.publish()


def _parts() -> list[str]:
    """The parts of million.sql: begin, span, end."""
    text = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    return re.split(r"^-- part: \w+\n", text, flags=re.MULTILINE)[1:]


def main() -> int:
    """Make one where the command line says."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.million", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="a data folder that is not there yet")
    parser.add_argument("--articles", type=int, default=ARTICLES)
    asked = parser.parse_args()
    if asked.folder.exists():
        parser.error(f"{asked.folder} is there already")
    started = perf_counter()
    make(asked.folder, asked.articles)
    size = (asked.folder / "warehouse.duckdb").stat().st_size
    print(f"{asked.articles:,} articles in {perf_counter() - started:.0f} s: {size / 1e9:.2f} GB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
