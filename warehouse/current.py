"""What is derived from the tables so that a million articles are counted at once: news.current, a narrow row an article.

It is brought up to date before each publication, at a cost in proportion to what landed since the last one: rows carry the
number of their batch, so that new ones tell whose row may have changed. Where rows went or were replaced (a takedown, articles
read anew), the tables no longer have as many as they should, and it is derived anew as a whole; then, too, only rows that differ
are written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.migrate import sql, transaction

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NONE: tuple[int, list[int]] = (-1, [])  # nothing has been derived yet
SLICE = 150_000  # articles derived at a time: the writer's memory is small


def refresh(con: DuckDBPyConnection) -> None:
    """Bring news.current up to what `con` holds (the live database, lock held); next to nothing if nothing landed."""
    after, before = next(iter(con.execute(sql("derived_state")).fetchall()), NONE)
    [(now, newer, newest)] = con.execute(sql("derived_counts"), {"after": after}).fetchall()
    grown = [n - m for n, m in zip(now, newer, strict=True)] == before
    if grown and not any(newer):
        return
    with transaction(con):
        if grown:
            con.execute(sql("touched_since"), {"after": after})
            _derive(con)
        else:
            con.execute(sql("derived_gone"))
            slices = now[0] // SLICE + 1
            for n in range(slices):
                con.execute(sql("touched_slice"), {"slices": slices, "slice": n})
                _derive(con)
        con.execute(sql("derived_end"))
        con.execute(sql("derived_done"), {"batch_id": newest, "counts": now})


def begin(con: DuckDBPyConnection) -> None:
    """Derive it for the first time, in a new warehouse and in one of before there was news.current."""
    if not con.execute(sql("derived_state")).fetchall():
        refresh(con)


def _derive(con: DuckDBPyConnection) -> None:
    """Derive the rows of the articles in `touched`."""
    con.execute(sql("derive"))
    con.execute(sql("derived_land"))
