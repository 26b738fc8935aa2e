"""Searching: what the index finds, as it is published, with the characters that matched."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING, Any

from warehouse.errors import QueryError, UsageError
from warehouse.query import look_up
from warehouse.search import behind, open_index
from warehouse.search_find import Only, find, unknown
from warehouse.search_marks import marks, snippet
from warehouse.search_query import loosened, parse

if TYPE_CHECKING:
    from datetime import datetime

    from duckdb import DuckDBPyConnection

    from warehouse.layout import Layout
    from warehouse.search_find import By
    from warehouse.search_query import Node

Row = dict[str, Any]
ENOUGH = 4  # times as many hits are asked for as are to be shown: copies are folded, and what is not published yet falls out
DEEPEST = 100_000  # hits that are looked through


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched for, and how much of it is shown; times are UTC."""

    query: str
    source: str | None = None
    outlet: str | None = None
    language: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    by: By = "relevance"
    most: int = 10
    folded: bool = True  # of each text, one copy is shown


@dataclass(frozen=True, slots=True)
class Results:
    """What was found: the results to show, how many articles match in all, and, if none does, what might help."""

    asked: Asked
    results: list[Row]
    total: int
    behind: bool  # the index lacks articles that are published
    unknown: list[tuple[str, list[str]]] = field(default_factory=list)  # words that no article has, with others spelled alike
    any_word: int = 0  # articles with any of the words
    anywhere: int = 0  # articles that match without regard to the options


def search_for(con: DuckDBPyConnection, layout: Layout, asked: Asked) -> Results:
    """Search the published warehouse. Raises UsageError if nothing is asked for, or StoreError if there is no index."""
    try:
        node = parse(asked.query)
    except QueryError as error:
        raise UsageError(str(error)) from error
    index = open_index(layout)
    only = Only(asked.source, asked.outlet, asked.language, _seconds(asked.since), _seconds(asked.until))
    wanted = asked.most * (ENOUGH if asked.folded else 1) + ENOUGH
    while True:
        found = find(index, node, only, by=asked.by, most=wanted)
        ids, scores = [hit.article_id for hit in found.hits], [hit.score for hit in found.hits]
        rows = look_up(con, "search_results", ids=ids, scores=scores) if ids else []
        shown = _folded(rows) if asked.folded else rows
        if len(shown) >= asked.most or len(ids) < wanted or wanted >= DEEPEST:
            break
        wanted *= ENOUGH
    late = behind(con, layout)
    if not shown:
        elsewhere = find(index, node, most=1).total if only != Only() else 0
        return Results(asked, [], 0, late, unknown(index, node), find(index, loosened(node), only, most=1).total, elsewhere)
    shown = shown[: asked.most]
    texts = {t["article_id"]: t["text"] for t in look_up(con, "search_texts", ids=[row["article_id"] for row in shown])}
    results = [_result(row, texts[row["article_id"]], node) for row in shown]
    return Results(asked, results, max(found.total - (len(ids) - len(rows)), len(rows)), late)


def _folded(rows: list[Row]) -> list[Row]:
    """The first of each group of copies."""
    first: dict[str, Row] = {}
    for row in rows:
        first.setdefault(row["copy_group"], row)
    return list(first.values())


def _result(row: Row, text: str, node: Node) -> Row:
    """A row with its matches: characters of the title, of the text, and of the passage of the text that shows most of them."""
    title = row["title"] or ""
    found = marks(text, node, row["language"])
    shown = snippet(text, found)
    return row | {
        "snippet": text[shown.start_char : shown.end_char],
        "snippet_start": shown.start_char,
        "snippet_end": shown.end_char,
        "cut": shown.end_char < len(text.rstrip()),
        "matches": [_match(text, m.start_char, m.end_char) for m in found],
        "title_matches": [_match(title, m.start_char, m.end_char) for m in marks(title, node, row["language"], ("all", "title"))],
    }


def _match(text: str, start: int, end: int) -> Row:
    return {"start_char": start, "end_char": end, "text": text[start:end]}


def _seconds(at: datetime | None) -> int | None:
    return None if at is None else int(at.replace(tzinfo=UTC).timestamp())
