"""What an export costs: a first one, one after which nothing has changed, one after news of a day; and beside them plain COPY."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TYPE_CHECKING

import duckdb

from flows.relate import Relations
from flows.settings import settings
from tests.bench.landing import _batches, alike, landed, opened, refined_lines
from tests.bench.table import Table
from warehouse.export import Wanted, export
from warehouse.slim import slim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.bench.landing import Pair
    from warehouse.store import Store

MB = 1_000_000
PLAIN = """COPY (SELECT *, sort_at::DATE AS day FROM mart.articles) TO '{}' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (day));
COPY (SELECT v.*, a.sort_at::DATE AS day FROM mart.versions AS v JOIN mart.articles AS a USING (article_id))
TO '{}' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (day))"""
BODIES = ["articles", "versions"]  # the views that hold most of the bytes


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many articles the warehouse holds, as many texts are made for real, and how many come later."""

    held: int
    real: int
    news: int


FULL = Sizes(20_000, 2_000, 100)
QUICK = Sizes(60, 20, 5)


def table(sizes: Sizes) -> Table:
    """CPU seconds and sizes of exports of one warehouse."""
    shown = Table(
        "export",
        f"what does an export of {sizes.held:,} articles cost? (500 words, 140 days, no facts)",
        ("what", "files written", "MB", "CPU s", "seconds"),
    )
    with TemporaryDirectory() as scratch:
        place = Path(scratch)
        pairs = refined_lines(place / "lines.jsonl", sizes.real)
        with opened(place / "data") as store:
            _landed(store, alike(pairs, sizes.held))
            lake, layout = place / "lake", store.layout

            def run(what: str, work: Callable[[], object], folder: Path) -> float:
                known = {p: p.stat().st_ino for p in folder.rglob("part-0.*")}
                started, cpu = perf_counter(), process_time()
                work()
                cpu, wall = process_time() - cpu, perf_counter() - started
                files = [p for p in folder.rglob("*") if p.is_file() and known.get(p) != p.stat().st_ino and p.name[0] != "_"]
                shown.add(what, len(files) or None, sum(p.stat().st_size for p in files) / MB or None, cpu, wall)
                return cpu

            first = run("a first one, Parquet", lambda: export(layout, lake, Wanted()), lake)
            again = run("again, nothing has changed", lambda: export(layout, lake, Wanted()), lake)
            _landed(store, alike(pairs, sizes.news, first=sizes.held))
            run(f"again, after {sizes.news:,} more articles", lambda: export(layout, lake, Wanted()), lake)
            run("CSV", lambda: export(layout, place / "csv", Wanted(form="csv")), place / "csv")
            run("JSON Lines", lambda: export(layout, place / "jsonl", Wanted(form="jsonl")), place / "jsonl")
            run("one slim DuckDB file", lambda: slim(layout, place / "slim" / "slim.duckdb", Wanted()), place / "slim")
            run("articles and versions alone", lambda: export(layout, place / "bodies", Wanted(BODIES)), place / "bodies")
            plain = place / "plain"
            plain.mkdir()
            with duckdb.connect(str(layout.current.resolve()), read_only=True) as con:
                statement = PLAIN.format(plain / "articles", plain / "versions")
                run("beside it: DuckDB's COPY … PARTITION_BY of these", lambda: con.execute(statement), plain)
    shown.target("CPU of one after which nothing has changed, against that of a first one", again / first, most=0.3)
    return shown


def _landed(store: Store, pairs: Iterable[Pair]) -> None:
    """Land articles in batches, and publish."""
    relations = Relations(store, settings())
    for batch in _batches(pairs):
        landed(relations, batch)
    store.publish()
