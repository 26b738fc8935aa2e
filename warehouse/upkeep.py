"""Upkeep: rows and payloads that are too old go, wasteful files are written anew, litter is cleared."""

from __future__ import annotations

import time
from collections import Counter
from shutil import rmtree
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from warehouse.lock import flocked
from warehouse.migrate import sql
from warehouse.packing import compact, rewrite
from warehouse.removal import DELETED, Wish, remove

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, timedelta
    from pathlib import Path

    from warehouse.store import Store

DEAD = 0.3  # share of an archive file that nobody refers to, from which it is written anew
FREE = 0.5  # share of the database that is free, from which that is
FREE_BYTES = 64 << 20  # ... if it is so much
AT_ONCE = 20_000  # articles that go in one transaction


class Term(NamedTuple):
    """Rows of a kind and source ("" for all others) from before then are too old."""

    what: str
    source: str
    before: datetime


class Undone(Exception):  # noqa: N818  ends a trial's transaction
    """What was changed is undone."""


def expired(store: Store, terms: Sequence[Term], recent: datetime) -> list[str]:
    """Articles that are too old and not listed by a feed since `recent`."""
    _register(store, terms)
    return [article_id for (article_id,) in store.con.execute(sql("expired_articles"), {"recent": recent}).fetchall()]


def expire_articles(store: Store, article_ids: Sequence[str]) -> Iterator[Counter[str]]:
    """Take articles out that are too old, some thousands at a time; each time the rows that went, by table."""
    for start in range(0, len(article_ids), AT_ONCE):
        receipt = remove(store, Wish("retention", article_ids=tuple(article_ids[start : start + AT_ONCE])))
        yield Counter(receipt.n_rows)


def expire_rows(store: Store, terms: Sequence[Term], now: datetime, *, trial: bool = False) -> Counter[str]:
    """Take rows and payloads out that are too old; returns how many, by table. `trial`: only count."""
    _register(store, terms)
    store.con.register("clock", pa.table({"now": pa.array([now], pa.timestamp("us"))}))
    counts: Counter[str] = Counter()

    def work() -> None:
        for statement in store.con.extract_statements(sql("expire_rows")):
            answer = store.con.execute(statement).fetchall()
            if table := DELETED.search(statement.query):
                counts[table[1]] += answer[0][0]
            elif "UPDATE ops.raw" in statement.query:
                counts["payloads"] += answer[0][0]
        if trial:
            raise Undone

    try:
        store.change(work)
    except Undone:
        pass
    finally:
        store.con.unregister("clock")
        store.con.unregister("terms")
    return Counter({name: n for name, n in counts.items() if n and name != "ops.withheld"})


def wasteful_archives(store: Store) -> list[str]:
    """Archive files of which too much is referred to by nobody, and those that something is still to be taken out of."""
    live = dict(store.con.execute(sql("archive_live")).fetchall())
    due = {name for (name,) in store.con.execute(sql("archives_due")).fetchall()}
    sizes = {p.name: p.stat().st_size for p in store.layout.archive.glob("wirehouse-*.warc.gz")}
    return sorted(due | {name for name, size in sizes.items() if size and size - live.get(name, 0) > DEAD * size})


def rewrite_archives(store: Store) -> Iterator[tuple[str, int]]:
    """Write them anew, one at a time: name, and bytes won."""
    for name in wasteful_archives(store):
        yield name, rewrite(store, name)


def slim(store: Store, *, trial: bool = False) -> int:
    """Write the database anew if much of it is free; returns the bytes won."""
    store.con.execute("CHECKPOINT")
    [(free, whole)] = store.con.execute(sql("free_share")).fetchall()
    if free < FREE_BYTES or free < FREE * whole:
        return 0
    before = store.layout.database.stat().st_size
    if not trial:
        compact(store)
    return before - store.layout.database.stat().st_size if not trial else int(free)


def litter(store: Store, older: timedelta) -> list[Path]:
    """What dead runs left behind, and copies from before a migration that has proved itself."""
    layout, now = store.layout, time.time()
    runs = layout.live / "runs"
    dead = [p for p in layout.spool.iterdir() if not flocked(runs / p.name)] if layout.spool.exists() else []
    copies = [p for p in layout.live.glob("before-*.duckdb") if now - p.stat().st_mtime > older.total_seconds()]
    drafts = [p for pattern in ("*.part", "compact.duckdb*") for p in layout.live.glob(pattern)]
    return [*dead, *copies, *drafts, *(p for p in runs.iterdir() if not flocked(p))]


def clear(paths: Sequence[Path]) -> None:
    """Remove litter."""
    for path in paths:
        rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def _register(store: Store, terms: Sequence[Term]) -> None:
    store.con.register("terms", pa.table({
        "what": pa.array([t.what for t in terms], pa.string()), "source": pa.array([t.source for t in terms], pa.string()),
        "before": pa.array([t.before for t in terms], pa.timestamp("us")),
    }))  # fmt: skip
