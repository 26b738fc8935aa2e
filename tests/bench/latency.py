"""How long it takes from a dropped file to a row that a reader has: `wirehouse follow` at its default settings, facts and all.

The reader opens the published file anew again and again, and asks for what it does not have yet.
"""

from __future__ import annotations

import signal
import subprocess
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep, time
from typing import TYPE_CHECKING

import duckdb
import numpy as np

from flows.relate import Relations
from flows.settings import settings
from tests.bench.facts import articles
from tests.bench.landing import alike, landed, opened, refined_lines
from tests.bench.processes import bench_environment, cost, wirehouse
from tests.bench.table import Table
from tests.conftest import ROOT
from warehouse.models import Landing

if TYPE_CHECKING:
    from collections.abc import Iterator

LOOK_S = 0.05  # between two looks of the reader
PATIENCE_S = 300.0  # for what was dropped last
READY_S = 120.0  # for the follower to begin


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many articles the warehouse holds before, and the drops: seconds between two of them, and how many.

    Before each series it is quiet for a while. At last some files are ingested one by one.
    """

    held: int
    rates: tuple[tuple[float, int], ...]
    quiet_s: float
    ingested: int


FULL = Sizes(100_000, ((15.0, 12), (2.0, 40), (0.2, 200)), 12.0, 5)
QUICK = Sizes(400, ((1.0, 2), (0.5, 4), (0.2, 8)), 2.0, 1)


def table(sizes: Sizes) -> Table:
    """Percentiles of the seconds from drop to reader, at several rates."""
    shown = Table(
        "latency",
        f"from a dropped file to a reader's query, into a warehouse of {sizes.held:,} articles? (seconds; 850 tokens, with facts)",
        ("a file every", "files", "p50", "p95", "p99", "most"),
    )
    with TemporaryDirectory() as scratch:
        data, inbox = Path(scratch) / "data", Path(scratch) / "inbox"
        inbox.mkdir()
        _fill(data, Path(scratch) / "lines.jsonl", sizes.held)
        texts = iter(articles(1 + sizes.ingested + sum(count for _, count in sizes.rates)))
        with _followed(data, inbox, next(texts)):
            for every_s, count in sizes.rates:
                sleep(sizes.quiet_s)
                took = latencies(data, inbox, every_s, [next(texts) for _ in range(count)])
                p95 = _add(shown, f"{every_s:g} s", list(took.values()))
                shown.target(f"p95 of a file every {every_s:g} s", p95, most=5)
        _add(
            shown,
            "beside it: wirehouse ingest FILE, each",
            [_ingested(data, inbox / f"{n}.txt", next(texts)) for n in range(sizes.ingested)],
        )
        shown.notes.append(_published(data))
    return shown


def latencies(data: Path, inbox: Path, every_s: float, texts: list[str]) -> dict[str, float]:
    """Drop a file every so many seconds; returns for each the seconds until a reader had it."""
    dropped: dict[str, float] = {}
    took: dict[str, float] = {}
    began = time()
    while len(took) < len(texts):
        now = time()
        if len(dropped) < len(texts) and now >= began + len(dropped) * every_s:
            name = f"{int(began)}-{every_s:g}-{len(dropped)}.txt"
            (inbox / name).write_text(f"Report {name}\n\n{texts[len(dropped)]}", encoding="utf-8")
            dropped[name] = time()
        if waiting := dropped.keys() - took.keys():
            took |= dict.fromkeys(_found(data, waiting), 0.0)
            took |= {name: time() - dropped[name] for name in waiting & took.keys()}
        assert now < began + len(texts) * every_s + PATIENCE_S, sorted(dropped.keys() - took.keys())[:3]
        sleep(LOOK_S if len(dropped) == len(texts) else min(LOOK_S, max(0.0, began + len(dropped) * every_s - time())))
    return took


def _add(shown: Table, what: str, took: list[float]) -> float:
    """A row; returns its p95."""
    p50, p95, p99 = np.quantile(took, (0.5, 0.95, 0.99)).tolist()
    shown.add(what, len(took), p50, p95, p99, max(took))
    return float(p95)


def _ingested(data: Path, file: Path, text: str) -> float:
    """Seconds until a file was read by a run of its own, and published."""
    file.write_text(f"Report {file.name}\n\n{text}", encoding="utf-8")
    return cost(wirehouse("ingest", file, "--data", data), facts=True).wall_s


def _found(data: Path, names: set[str]) -> list[str]:
    """Those files of which a reader has the article."""
    with suppress(duckdb.Error), duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as con:
        query = "SELECT path FROM news.sighting WHERE path IN (SELECT unnest($names))"
        return [path for (path,) in con.execute(query, {"names": sorted(names)}).fetchall()]
    return []


@contextmanager
def _followed(data: Path, inbox: Path, text: str) -> Iterator[None]:
    """A follower that has read its first file."""
    (inbox / "first.txt").write_text(text, encoding="utf-8")
    follower = subprocess.Popen(
        [str(c) for c in wirehouse("follow", inbox, "--data", data)], cwd=ROOT, env=bench_environment(facts=True),
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        deadline = monotonic() + READY_S
        while not _found(data, {"first.txt"}):
            assert monotonic() < deadline, "the follower did not begin"
            assert follower.poll() is None, "the follower ended"
            sleep(0.2)
        yield
    finally:
        follower.send_signal(signal.SIGTERM)
        follower.wait()


def _fill(data: Path, lines: Path, held: int) -> None:
    """A published warehouse of so many articles."""
    pairs = refined_lines(lines, min(held, 2_000))
    with opened(data) as store:
        relations = Relations(store, settings())
        batch = []
        for pair in alike(pairs, held):
            batch.append(pair)
            if len(batch) == 500:
                landed(relations, batch)
                batch = []
        if batch:
            landed(relations, batch)
        store.publish()
        store.land(Landing())
        store.publish()  # the first one made the search index: a warehouse in use has had others since


def _published(data: Path) -> str:
    with duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as con:
        query = "SELECT median(cost_s), max(cost_s), max(n_bytes) FROM ops.publication WHERE number > 2 AND cost_s > 0"
        [(usual, most, size)] = con.execute(query).fetchall()
    return f"a publication took {usual:.2f} s (median), {most:.2f} s at most, of {size / 1e6:,.0f} MB"
