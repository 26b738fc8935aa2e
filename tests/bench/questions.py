"""How long the fifteen questions take on a million articles: each asked through what `wirehouse sql` asks through, in a new connection, then again."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from tests.bench.million import make
from tests.bench.table import Table
from warehouse.layout import Layout
from warehouse.query import ask, reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_S = 1.0
MOST_LINES = 10


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many articles the warehouse has."""

    articles: int


FULL = Sizes(1_000_000)
QUICK = Sizes(2_000)


def table(sizes: Sizes) -> Table:
    """Seconds for each question; BENCH_MILLION names a warehouse that tests.bench.million made before."""
    with TemporaryDirectory() as folder:
        made = os.environ.get("BENCH_MILLION")
        data = Path(made) if made else Path(folder) / "data"
        if not made:
            make(data, sizes.articles)
        layout = Layout(data)
        size = layout.current.stat().st_size / 1e9
        shown = Table(
            "questions",
            f"the fifteen questions, on {_count(layout):,} articles ({size:.2f} GB)?",
            ("question", "lines", "first s", "again s", "rows"),
        )
        slowest, longest = 0.0, 0
        for name, query in questions():
            values = {k: v for k, v in _values(layout).items() if f"${k}" in query}
            with reading(layout) as con:
                timings = []
                for _ in range(2):
                    started = perf_counter()
                    rows = sum(1 for _ in ask(con, query, values).rows)
                    timings.append(perf_counter() - started)
            lines = query.strip().count("\n") + 1
            shown.add(name, lines, *timings, rows)
            slowest, longest = max(slowest, *timings), max(longest, lines)
        shown.target("the slowest question, seconds", slowest, most=MOST_S)
        shown.target("the longest question, lines", longest, most=MOST_LINES)
    return shown


def questions() -> Iterator[tuple[str, str]]:
    """Each question's name, such as "Q1 volume by source …", and its SQL."""
    text = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    parts = re.split(r"^-- (Q\d+ .*)\n", text, flags=re.MULTILINE)[1:]
    yield from ((name.split(",")[0].split(":")[0], query) for name, query in zip(parts[::2], parts[1::2], strict=True))


def _values(layout: Layout) -> Mapping[str, object]:
    """An article of a big story, and the last day but ten."""
    with reading(layout) as con:
        [(article,)] = ask(
            con,
            "SELECT article_id FROM news.current WHERE story_id = (SELECT story_id FROM news.current WHERE story_id IS NOT NULL "
            "GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1) ORDER BY 1 LIMIT 1",
        ).rows
        [(day,)] = ask(con, "SELECT quantile_disc(sort_at, 0.98)::DATE FROM news.current").rows
    return {"article": article, "day": day}


def _count(layout: Layout) -> int:
    with reading(layout) as con:
        [(n,)] = ask(con, "SELECT count(*) FROM news.current").rows
    return int(n)
