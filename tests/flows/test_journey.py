"""The whole journey over real files, into a real warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from flows.journey import Tally, journey
from flows.settings import settings
from flows.sources import asked
from warehouse.layout import Layout
from warehouse.lock import WriterLock
from warehouse.store import Store

if TYPE_CHECKING:
    from pathlib import Path

WIRE = """MNA
Nairobi
The harbour authority closed two piers on Tuesday after divers found cracks in the foundations, officials said.
"We will not reopen before the engineers are done," said the port director, Amina Otieno-Falk, at a news conference.
"""


def ingest(data: Path, *arguments: Path | str) -> Tally:
    chosen = settings(data=data, workers=0)
    layout = Layout(chosen.data)
    with Store(layout, WriterLock(layout.live, "a test")) as store:
        return journey(store, asked([str(a) for a in arguments], [], store.sources()), chosen)


def query(data: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as con:
        return con.execute(sql).fetchall()


def test_a_wire_story_lands_as_one_article_and_again_as_a_sighting(tmp_path: Path) -> None:
    story = tmp_path / "inbox" / "story.txt"
    story.parent.mkdir()
    story.write_text(WIRE)
    first = ingest(tmp_path / "data", story.parent)
    assert (first.books.fetched, first.books.new, first.books.balanced) == (1, 1, True)
    again = ingest(tmp_path / "data", story)
    assert (again.books.fetched, again.books.seen, again.books.new) == (1, 1, 0)
    rows = query(tmp_path / "data", "SELECT agency, dateline_place, dateline_country, title, published_at, version FROM mart.articles")
    assert rows == [("MNA", "Nairobi", "KE", None, None, 1)]
