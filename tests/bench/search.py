"""What the full-text index costs and how long a search takes; beside it SQLite's FTS5 on the same words, and DuckDB reading all texts."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from tests.bench.clock import uncollected
from tests.bench.stories import COMMON, story
from tests.bench.table import Table
from warehouse import search
from warehouse.layout import Layout
from warehouse.migrate import migrate
from warehouse.search_find import find
from warehouse.search_query import parse
from warehouse.search_words import folded, stems, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import tantivy

    from tests.bench.stories import Story

BATCH = 500
SHOWN = 44  # hits that `wirehouse search` asks for
NOW = datetime(2026, 6, 14)  # noqa: DTZ001  the warehouse keeps naive UTC
VERSIONS = """INSERT INTO news.version BY NAME SELECT *, 1 AS version, now()::TIMESTAMP AS valid_from, 'first' AS change_kind, [] AS authors, [] AS keywords,
  500 AS words, false AS truncated, '' AS content_hash, '' AS version_hash, 'text' AS format, '' AS extractor, '' AS raw_id, 0 AS record, 'r' AS run_id
  FROM told"""
ARTICLES = "INSERT INTO news.article SELECT article_id, 'wire', 'Karoo Lantern', now()::TIMESTAMP, 'r', batch_id FROM told"
BATCHES = "INSERT INTO ops.batch SELECT DISTINCT batch_id, 'r', 1, 1, TIMESTAMP '2026-06-14' FROM told"
SQLITE = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY bm25(texts, 1.5, 1, 0.4) LIMIT 44"
SCAN = "SELECT article_id, count(*) OVER () FROM news.version WHERE valid_to IS NULL AND {} LIMIT 44"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many articles, and how often a search is repeated."""

    articles: int
    times: int


FULL = Sizes(10_000, 20)
QUICK = Sizes(600, 2)


def table(sizes: Sizes) -> Table:
    """CPU and wall milliseconds of each step."""
    shown = Table(
        "search", f"what does full-text search cost, on {sizes.articles:,} articles of 500 words?", ("what", "CPU ms", "ms")
    )
    with TemporaryDirectory() as scratch, duckdb.connect(str(Path(scratch) / "warehouse.duckdb")) as con:
        layout = Layout(Path(scratch) / "data")
        migrate(con)
        con.execute("SET threads = 1")
        told = [story(n) for n in range(sizes.articles)]
        _land(con, told)
        with uncollected():
            _add(shown, "the index of all, an article", lambda: search.refresh(con, layout), each=sizes.articles)
            peer = sqlite3.connect(Path(scratch) / "peer.sqlite")
            _add(shown, "beside it: SQLite FTS5 of the same words, an article", lambda: _peer(peer, told), each=sizes.articles)
            one = [story(sizes.articles + BATCH)]
            _land(con, one)
            _add(shown, "one article more, committed", lambda: search.refresh(con, layout))
            _add(shown, "beside it: SQLite FTS5", lambda: _peer(peer, one))
            _add(shown, "nothing new", lambda: search.refresh(con, layout), times=sizes.times)
            index = search.open_index(layout)
            for what, query in _queries(told).items():
                _add(shown, f"search: {what}", partial(_find, index, query), times=sizes.times)
                _add(shown, "beside it: SQLite FTS5", partial(_match, peer, query), times=2)
                _add(shown, "beside it: DuckDB ILIKE, unranked", partial(_scan, con, query), times=2)
        mb = sum(path.stat().st_size for path in layout.search.rglob("*") if path.is_file()) / 1e6
        text = sum(len(s.text.encode()) for s in told) / 1e6
        [(pages, size)] = peer.execute("SELECT * FROM pragma_page_count, pragma_page_size").fetchall()
        shown.notes.append(f"on disk: text {text:.0f} MB, index {mb:.0f} MB, SQLite FTS5 {pages * size / 1e6:.0f} MB")
        peer.close()
    return shown


def _queries(told: Sequence[Story]) -> dict[str, str]:
    rare = max(words(told[7].text.lower()), key=len)
    return {
        "a rare word": rare, "a word of half of all articles": COMMON[-9], "two words of nearly all": f"{COMMON[0]} {COMMON[8]}",
        "a phrase": f'"{COMMON[1]} {COMMON[0]}"',
    }  # fmt: skip


def _land(con: duckdb.DuckDBPyConnection, told: Sequence[Story]) -> None:
    table = {
        "article_id": [f"m{s.number:015d}" for s in told], "title": [s.headline for s in told],
        "text": ["\n\n".join(s.paragraphs) for s in told], "language": ["en"] * len(told),
        "published_at": pa.array([NOW] * len(told), pa.timestamp("us")),
        "batch_id": pa.array([1 + s.number // BATCH for s in told], pa.int64()),
    }  # fmt: skip
    con.register("told", pa.table(table))
    for statement in (VERSIONS, ARTICLES, BATCHES):
        con.execute(statement)
    con.unregister("told")


def _peer(peer: sqlite3.Connection, told: Sequence[Story]) -> None:
    """The same words, folded and stemmed as ours, in SQLite's index."""
    peer.executescript(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
        "CREATE VIRTUAL TABLE IF NOT EXISTS texts USING fts5(title, body, stem, content = '', tokenize = 'unicode61')"
    )
    with peer:
        for article in told:
            body = words("\n\n".join(article.paragraphs))
            row = (" ".join(folded(words(article.headline))), " ".join(folded(body)), " ".join(map(_stem, body)))
            peer.execute("INSERT INTO texts (title, body, stem) VALUES (?, ?, ?)", row)


def _stem(word: str) -> str:
    forms = stems("en")
    assert forms is not None
    return forms[word].removeprefix("en:")


def _find(index: tantivy.Index, query: str) -> object:
    return find(index, parse(query), most=SHOWN)


def _match(peer: sqlite3.Connection, query: str) -> object:
    asked = query if query[0] == '"' else " AND ".join(f'("{word}" OR stem : "{_stem(word)}")' for word in query.split())
    return peer.execute(SQLITE, [asked]).fetchall()


def _scan(con: duckdb.DuckDBPyConnection, query: str) -> object:
    parts = [query.strip('"')] if query[0] == '"' else query.split()
    return con.execute(SCAN.format(" AND ".join("text ILIKE ?" for _ in parts)), [f"%{part}%" for part in parts]).fetchall()


def _add(shown: Table, what: str, work: Callable[[], object], *, each: int = 1, times: int = 1) -> None:
    cpu, wall = process_time(), perf_counter()
    for _ in range(times):
        work()
    n = each * times / 1_000
    shown.add(what, (process_time() - cpu) / n, (perf_counter() - wall) / n)
