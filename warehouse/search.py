"""The full-text index beside the warehouse: tantivy segments in `data/search/`, derived from the database.

It has the current version of each article, and in one document of its own a stamp: up to which batch of which warehouse it
goes. Stamp and articles are committed together, so a crash leaves it behind at most, and the next publication goes on from there.
Nothing here is the truth: what is missing, damaged, of another warehouse or another format is made anew.
"""

from __future__ import annotations

import json
import logging
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from shutil import disk_usage, rmtree
from typing import TYPE_CHECKING
from uuid import uuid4

from warehouse.errors import StoreError
from warehouse.migrate import sql
from warehouse.search_fields import Article, created, document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import tantivy
    from duckdb import DuckDBPyConnection

    from warehouse.layout import Layout

FORMAT = 1  # of the index: another one is made anew
HEAP = 48_000_000  # bytes that the writer holds before it writes a segment
ROOM = 100_000_000  # bytes free on the disk, without which nothing is begun
MOST_SEGMENTS = 100  # eight of a size are merged: where there are so many, merging fails
SPAN = 1_000  # articles asked for at once: DuckDB holds them all
COMMIT_EVERY = 20_000  # articles: what a kill costs at most while an index is made
FETCHED = 200  # texts in memory at once
LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Up to where an index goes."""

    warehouse: str  # when it was made: no two are of one microsecond
    batch: int = -1
    batch_known_by: str | None = None  # run and time; a restored warehouse gives its numbers again
    format: int = 0
    purge: bool = False  # articles were removed; their bytes go when the index is made anew, at the next publication


@dataclass(frozen=True, slots=True)
class _Opened:
    """An index that can be read."""

    index: tantivy.Index
    stamp: Stamp


def refresh(con: DuckDBPyConnection, layout: Layout) -> None:
    """Bring the index up to what the live database holds; the writer lock is held. Never raises: it warns, and stays behind.

    What fails twice in a row although the disk has room is damaged, and made anew the next time.
    """
    failed = layout.search / "failed"
    try:
        _refresh(con, layout.search)
        failed.unlink(missing_ok=True)
    except BaseException as error:  # a panic in tantivy is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        why = " ".join(str(error).split()) or type(error).__name__
        LOG.warning("The search index in %s is behind: %s. The next publication brings it up to date", layout.search, why)
        with suppress(OSError):
            if failed.exists() and disk_usage(layout.search).free >= ROOM:
                rmtree(layout.search)
            else:
                failed.touch()


def remove(layout: Layout, article_ids: Iterable[str]) -> None:
    """Take articles out: they are found no more at once, and their bytes are gone after the next `refresh`.

    The writer lock is held. Call it before or after their rows are deleted, but before the `refresh`.
    """
    opened = _opened(layout.search)
    if opened is None:
        rmtree(layout.search, ignore_errors=True)
        return
    ids = set(article_ids)
    searcher = opened.index.searcher()
    if not any(searcher.doc_freq("id", article_id) for article_id in ids):  # counts also what a revision left behind
        return
    with _writing(opened.index) as writer:
        for article_id in ids:
            writer.delete_documents_by_term("id", article_id)
        _put(writer, replace(opened.stamp, purge=True))


def stamp_of(layout: Layout) -> Stamp | None:
    """Up to where the index goes; None if there is none that can be read."""
    opened = _opened(layout.search)
    return opened.stamp if opened else None


def open_index(layout: Layout) -> tantivy.Index:
    """The index for reading. Raises StoreError if there is none, or if it cannot be read."""
    opened = _opened(layout.search)
    if opened is None or opened.stamp.format != FORMAT:
        raise StoreError(
            f"there is no search index in {layout.search}, or it is damaged: the next `wirehouse ingest` or `wirehouse poll` "
            "that publishes makes it anew"
        )
    return opened.index


def behind(con: DuckDBPyConnection, layout: Layout) -> bool:
    """Whether the index lacks articles that the connection has."""
    stamp = stamp_of(layout)
    [(warehouse, _, newest)] = con.execute(sql("search_state"), {"batch": -1}).fetchall()
    return stamp is None or stamp.warehouse != warehouse or stamp.batch < newest


# ── inside ──


def _refresh(con: DuckDBPyConnection, home: Path) -> None:
    opened = _opened(home)
    batch = opened.stamp.batch if opened else -1
    [(warehouse, known_by, newest)] = con.execute(sql("search_state"), {"batch": batch}).fetchall()
    usable = opened is not None and _usable(opened, Stamp(warehouse, batch, known_by, FORMAT))
    if opened is not None and usable and not opened.stamp.purge:
        if newest > batch:
            _catch_up(con, home, opened.index, opened.stamp)
        return
    if not usable:
        rmtree(home, ignore_errors=True)
    home.mkdir(parents=True, exist_ok=True)
    folder, stamp = home / f"index-{uuid4().hex[:12]}", Stamp(warehouse, format=FORMAT)
    folder.mkdir()
    index = created(folder)
    with _writing(index) as writer:
        _put(writer, stamp)
    if not usable:
        _point(home, folder)  # at once: if making it is interrupted, the next publication goes on
    _catch_up(con, home, index, stamp)
    _point(home, folder)
    for path in home.glob("index-*"):
        if path != folder:
            rmtree(path, ignore_errors=True)


def _usable(opened: _Opened, expected: Stamp) -> bool:
    """Whether an index is one of this warehouse and format, and whether its segments can still be merged."""
    return replace(opened.stamp, purge=False) == expected and opened.index.searcher().num_segments <= MOST_SEGMENTS


def _catch_up(con: DuckDBPyConnection, folder: Path, index: tantivy.Index, stamp: Stamp) -> None:
    """Index what landed after the stamp, and stamp it: in one commit, or one for each so many articles."""
    fresh, after = stamp.batch < 0, stamp.batch
    if (free := disk_usage(folder).free) < ROOM:
        raise StoreError(f"there are {free >> 20} MB free, and it takes up to {ROOM >> 20}")
    for spans in _commits(con, after):
        with _writing(index) as writer:
            for upto in spans:
                for article in _articles(con, after, upto):
                    if not fresh:
                        writer.delete_documents_by_term("id", article.article_id)
                    writer.add_document(document(article))
                after = upto
            [(known_by,)] = con.execute(sql("search_batch"), {"batch": after}).fetchall()
            _put(writer, replace(stamp, batch=after, batch_known_by=known_by))


def _commits(con: DuckDBPyConnection, after: int) -> list[list[int]]:
    """For each commit, the batches up to which articles are read at a time."""
    commits: list[list[int]] = [[]]
    read = committed = 0
    counts = con.execute(sql("versions_by_batch"), {"after": after}).fetchall()
    for batch_id, n in counts:
        read, committed = read + n, committed + n
        last = batch_id == counts[-1][0]
        if read >= SPAN or last:
            commits[-1].append(batch_id)
            read = 0
        if committed >= COMMIT_EVERY and not read and not last:
            commits.append([])
            committed = 0
    return commits


def _articles(con: DuckDBPyConnection, after: int, upto: int) -> Iterator[Article]:
    """The articles of a span of batches, some at a time."""
    con.execute(sql("search_articles"), {"after": after, "upto": upto})
    while rows := con.fetchmany(FETCHED):
        yield from map(Article._make, rows)


def _opened(home: Path) -> _Opened | None:
    """The index that is pointed at; None if there is none that can be read."""
    from tantivy import Index, Query  # noqa: PLC0415

    for _ in range(2):  # it may be made anew just now
        folder = (home / "current").resolve()
        if not folder.is_dir():
            return None
        try:
            index = Index.open(str(folder))
            searcher = index.searcher()
            found = searcher.search(Query.term_query(index.schema, "is", "stamp"), 1).hits
            return _Opened(index, Stamp(**json.loads(searcher.doc(found[0][1])["stamp"][0])))
        except BaseException as error:  # a panic in tantivy is no Exception
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
    return None


@contextmanager
def _writing(index: tantivy.Index) -> Iterator[tantivy.IndexWriter]:
    """A writer, whose work is committed at the end, all or nothing; merges that it caused are waited for."""
    import tantivy  # noqa: PLC0415

    index.register_tokenizer("whitespace", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    writer = index.writer(HEAP, 1)
    try:
        yield writer
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    writer.wait_merging_threads()
    index.reload()


def _put(writer: tantivy.IndexWriter, stamp: Stamp) -> None:
    """Put the stamp in place of the one before."""
    from tantivy import Document  # noqa: PLC0415

    document = Document()
    document.add_text("is", "stamp")
    document.add_text("stamp", json.dumps(asdict(stamp)))
    writer.delete_documents_by_term("is", "stamp")
    writer.add_document(document)


def _point(home: Path, folder: Path) -> None:
    """Let readers have an index: the link is swapped atomically."""
    link = home / ".current"
    link.unlink(missing_ok=True)
    link.symlink_to(folder.name)
    link.replace(home / "current")
