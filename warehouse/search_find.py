"""Finding articles in the search index: the best first, or the newest."""

from __future__ import annotations

import re
from contextlib import contextmanager
from difflib import get_close_matches
from functools import lru_cache
from time import time
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from warehouse.errors import QueryError, StoreError
from warehouse.layout import Layout
from warehouse.migrate import sql
from warehouse.search import open_index
from warehouse.search_fields import filters
from warehouse.search_marks import marks, snippet
from warehouse.search_query import compiled, parse, wanted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import tantivy
    from duckdb import DuckDBPyConnection

    from warehouse.search_query import Node

By = Literal["relevance", "recent", "date"]
ASKED = re.compile(r"\bsearch\s*\(|\bsearch_(?:hits|snippet)\b", re.IGNORECASE)
MOST = 100_000  # hits that are ever ranked
LATELY = 500  # of the best hits, those of late are put first
FRESH_DAYS = 14  # after which being of late counts half
FRESH = 0.5  # what being of this moment adds to a score
SPELLED_ALIKE, COMPARED = 0.75, 20_000  # how alike (difflib's ratio), out of so many words with the same beginning


class Only(NamedTuple):
    """Which articles are looked at; times are seconds since 1970, the last one is not included."""

    source: str | None = None
    outlet: str | None = None
    language: str | None = None
    since: int | None = None
    until: int | None = None


class Hit(NamedTuple):
    """An article that matches; its score compares within one search only, and is None where the newest come first."""

    article_id: str
    score: float | None


class Found(NamedTuple):
    """The first hits, and how many articles match in all."""

    hits: list[Hit]
    total: int


def find(index: tantivy.Index, node: Node, only: Only = Only(), *, by: By = "relevance", most: int = 1_000) -> Found:  # noqa: B008  a NamedTuple never changes
    """The articles that match. `recent` is relevance, where the newer ones of the best count more. Raises StoreError."""
    with _readable():
        searcher, most = index.searcher(), min(most, MOST)
        query = _narrowed(compiled(node, index.schema), index.schema, only)
        limit = max(most, LATELY) if by == "recent" else most
        result = searcher.search(query, max(limit, 1), order_by_field="at" if by == "date" else None)
        hits = [(score, address) for score, address in result.hits]
        if by == "recent" and hits:
            times = searcher.fast_field_values("at", [address for _, address in hits])
            now = time()
            hits = [
                (score * (1 + FRESH * 0.5 ** (max(0.0, now - float(at or 0)) / 86_400 / FRESH_DAYS)), address)
                for (score, address), at in zip(hits, times, strict=True)
            ]
            hits.sort(key=lambda hit: -hit[0])
        told = [
            Hit(searcher.doc(address)["id"][0], None if by == "date" else round(float(score), 4))
            for score, address in hits[:most]
        ]
        return Found(told, result.count)  # type: ignore[attr-defined]  # its stub lacks it


def unknown(index: tantivy.Index, node: Node) -> list[tuple[str, list[str]]]:
    """The searched words that no article has, each with words that are spelled alike and that some have."""
    missing = []
    with _readable():
        searcher = index.searcher()
        for leaf in dict.fromkeys(wanted(node)):
            for printed, word in zip(leaf.words, leaf.folded, strict=True):
                known = searcher.doc_freq("all", word) or any(searcher.doc_freq("stem", stem) for stem in leaf.stems)
                if not known and not leaf.prefix:
                    missing.append((printed, _alike(searcher, word)))
    return missing


def offer(con: DuckDBPyConnection, query: str) -> None:
    """Let a query call `search(…)` if it does: full-text search as a table, in the version that the connection reads."""
    if not ASKED.search(query) or con.execute(sql("search_offered")).fetchall():
        return
    [(path,)] = con.execute(sql("database_path")).fetchall()
    layout, read = Layout(_data(path)), lru_cache(maxsize=16)(parse)

    def hits(asked: str, most: int) -> list[dict[str, Any]]:
        return [hit._asdict() for hit in find(open_index(layout), read(asked), most=max(0, most)).hits]

    def passage(asked: str, text: str, language: str) -> str:
        shown = snippet(text, marks(text, read(asked), language or None))
        return text[shown.start_char : shown.end_char]

    con.create_function("search_hits", hits, ["VARCHAR", "BIGINT"], "STRUCT(article_id VARCHAR, score DOUBLE)[]")
    con.create_function("search_snippet", passage, ["VARCHAR", "VARCHAR", "VARCHAR"], "VARCHAR")
    con.execute(sql("search_macro"))


def _narrowed(query: tantivy.Query, schema: tantivy.Schema, only: Only) -> tantivy.Query:
    """A query for those articles alone; that they are those adds nothing to a score."""
    from tantivy import FieldType, Occur, Query  # noqa: PLC0415  only who searches pays for it

    named = {"source": only.source, "outlet": only.outlet, "language": only.language}
    conditions = [
        Query.term_query(schema, "is", mark) for mark in sorted(filters(**{k: v for k, v in named.items() if v is not None}))
    ]
    if only.since is not None or only.until is not None:
        conditions.append(
            Query.range_query(schema, "at", FieldType.Integer, only.since, only.until, include_upper=only.until is None)
        )
    clauses = [(Occur.Must, Query.const_score_query(condition, 0.0)) for condition in conditions]
    return Query.boolean_query([(Occur.Must, query), *clauses]) if clauses else query


def _alike(searcher: tantivy.Searcher, word: str) -> list[str]:
    frequency = dict(searcher.terms_with_prefix("all", word[:2], limit=COMPARED)) if len(word) > 3 else {}
    close = get_close_matches(word, frequency, n=8, cutoff=SPELLED_ALIKE)
    return sorted(close, key=lambda found: -frequency[found])[:3]


@contextmanager
def _readable() -> Iterator[None]:
    """What the index cannot do is told as an error of ours: a damaged file of it must end in no traceback."""
    try:
        yield
    except (QueryError, StoreError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic in tantivy is no Exception
        raise StoreError(
            f"the search index cannot be read ({error}): remove the folder `search` in the data folder, and the next "
            "publication makes it anew"
        ) from error


def _data(database: str) -> Path:
    """The data folder of a published version."""
    from pathlib import Path  # noqa: PLC0415

    return Path(database).parent.parent
