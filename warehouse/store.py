"""The one writer: everything that changes the warehouse goes through an open Store.

A batch lands in one transaction: the archive is fsynced first, then rows and ledger commit together. So a crash repeats a
batch; it never loses or doubles one.
"""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from itertools import pairwise
from shutil import rmtree
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

import duckdb
import numpy as np
import pyarrow as pa

from warehouse import archive, current, publish, removal, rescue, search, termcounts
from warehouse.disk import explained
from warehouse.errors import BooksError, StoreError
from warehouse.history import History, documents, lists
from warehouse.interrupts import deferred
from warehouse.lock import flocked
from warehouse.migrate import migrate, sql, transaction
from warehouse.models import (
    NOTHING,
    Books,
    ClosedRow,
    FeedRow,
    GapRow,
    Known,
    KnownEntity,
    KnownEntry,
    KnownFile,
    KnownPage,
    Landing,
    Past,
    RawRow,
    ResolvedRow,
    RobotsRow,
    SourceRow,
    StoryMember,
    StoryMergeRow,
    hash64,
)
from warehouse.safety import before_migrating

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path
    from typing import Self

    from numpy.typing import NDArray

    from warehouse.archive import Kept
    from warehouse.layout import Layout
    from warehouse.lock import WriterLock
    from warehouse.models import Key, Unchanged

SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,  # a batch is small: a second thread costs a fifth more CPU and saves no time
    "memory_limit": "160MB",  # beyond it DuckDB spills; the whole pipeline stays under 800 MB
    "wal_autocheckpoint": "1GB",  # automatic checkpoints at 16 MB cost a third of landing; ours come when there is time
    "preserve_insertion_order": False,
}
CHECKPOINT_BYTES = 48 << 20  # of landed rows: uncheckpointed ones stay in memory
SMALL = 64 << 20  # bytes: up to here publishing costs so little that even a run without news shows up in mart.runs
# A checkpoint leaves row groups as small as what it wrote, at 2 MB each; merging them rewrites all the text beside them. So it
# waits until some have come together.
MERGE_EVERY = 16  # publications
READ_ANEW = 400  # texts whose facts are read anew and replaced together
NEAR, SPANS = 50, 16  # versions of batches that are so many apart are asked for separately, in so many spans at most
READ_BACK = 8_000  # rows of fingerprints or terms that are read back at a time: about 10 MB
TABLES = {
    "ops": ("file", "raw", "reject", "identity", "fetch", "page", "robots", "feed", "entry", "gap", "reading"),
    "news": (
        "article",
        "version",
        "print",
        "head_field",
        "sighting",
        "copy",
        "copy_group",
        "enclosure",
        "story_terms",
        "story_article",
        "story_merge",
        "story_center",
        "extraction",
        "entity",
        "entity_context",
        "article_entity",
        "mention",
        "person_role",
        "place",
        "date_mention",
        "quote",
        "event",
        "keyword",
        "answer",
    ),
}
SCHEMAS = {table: f"{schema}.{table}" for schema, tables in TABLES.items() for table in tables}
FEEDS = frozenset({"fetch", "page", "robots", "feed", "entry", "gap", "enclosure"})  # those that only feeds fill
ANEW = frozenset({"reading"})  # that which only reading anew fills
ENTITIES = frozenset({"entity", "entity_context"})  # what is known of them stays when an article's facts are read anew
FACTS = frozenset({
    *("extraction", "article_entity", "mention", "person_role", "place", "date_mention", "quote", "event", "keyword", "answer"),
})  # fmt: skip
KNOWN = (
    *("article_id", "source", "outlet", "first_seen_at", "version", "version_hashes", "versions", "content_hash", "title", "url"),
    *("agency", "published_at", "modified_at", "access", "words", "restored", "group_id"),
    *("first_published_at", "first_precision", "first_seq", "content_hashes", "every", "sample"),
)  # the columns of known_articles.sql
ADDED = {"run_id", "batch_id", "valid_to", "resolved_at", "resolved_by", "resolution"}  # columns that the store fills


Result = TypeVar("Result")


@dataclass(slots=True)
class Store:
    """An open warehouse for one run; use it as a context manager, inside which the writer lock is held."""

    layout: Layout
    lock: WriterLock
    flow: str = "ingest"
    arguments: Mapping[str, Any] = field(default_factory=dict)
    code_version: str = ""
    prefect_run_id: str | None = None
    run_id: str = field(default_factory=lambda: f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid4().hex[:8]}")
    _con: duckdb.DuckDBPyConnection | None = field(default=None, init=False)
    _archive: archive.Archive | None = field(default=None, init=False)
    _schemas: dict[str, pa.Schema] = field(default_factory=dict, init=False)
    _next_batch: int = field(default=0, init=False)
    _unsaved: int = field(default=0, init=False)
    _ended: bool = field(default=False, init=False)
    previous_run: str | None = field(default=None, init=False)  # that wrote before this one
    opened: int = field(default=0, init=False)  # how many times: in between, another run may have landed
    _alive: int | None = field(default=None, init=False)
    _history: History | None = field(default=None, init=False)

    def __enter__(self) -> Self:
        try:
            self.layout.make()
        except OSError as error:
            raise StoreError(
                f"{self.layout.data} cannot be a data folder ({error.strerror or error}): name another with --data"
            ) from error
        try:
            self.lock.acquire()
            self._open()
            self._start_run()
            self._rescue()
            self._go_on_removing()
        except BaseException as error:
            self._close()
            if known := explained(error, self.layout.data):
                raise known from error
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if error is not None and self._con is not None and not self._ended:
            with suppress(duckdb.Error):  # a connection that a full disk killed: the next run finds this one dead
                self.end(error=f"{type(error).__name__}: {error}" if str(error) else type(error).__name__)
        self._close()
        if self._alive is not None:
            rmtree(self.spool, ignore_errors=True)
            (self.layout.live / "runs" / self.run_id).unlink(missing_ok=True)
            os.close(self._alive)
        if error is not None and (known := explained(error, self.layout.data)):
            raise known from error

    @property
    def con(self) -> duckdb.DuckDBPyConnection:
        """The connection; only this package uses it."""
        assert self._con is not None, "the store is open"
        return self._con

    @property
    def spool(self) -> Path:
        """A folder for copies of large files while this run reads them."""
        return self.layout.spool / self.run_id

    def breathe(self, *, idle: bool = False) -> None:
        """Between two batches: let a waiting run in, if there is one, and go on when it is our turn again.

        `idle`: there is nothing to land just now, so that even a poll of feeds lets a backfill in.
        """
        if ticket := self.lock.wanted(idle=idle):
            self._close()
            self.lock.acquire(after=ticket)
            self._open()
            self._rescue()

    # ── what the past knows ──

    @deferred()
    def known_files(self, path_hashes: Sequence[int]) -> list[KnownFile | None]:
        """For each file, what its newest read left behind."""
        wanted = pa.table({"n": pa.array(range(len(path_hashes)), pa.int32()), "path_hash": pa.array(path_hashes, pa.uint64())})
        found: list[KnownFile | None] = [None] * len(path_hashes)
        for n, *known in self._ask("known_files", wanted):
            found[n] = KnownFile(*known)
        return found

    @deferred()
    def archived(self, raw_ids: Iterable[str]) -> set[str]:
        """Those of these payloads whose bytes are in the archive, and not only in their source."""
        return {raw_id for (raw_id,) in self._ask("archived_raw", pa.table({"raw_id": pa.array(list(raw_ids), pa.string())}))}

    @deferred()
    def past(self, keys: Iterable[Key]) -> Past:
        """What is known of these keys, and of the articles they lead to."""
        listed = list(dict.fromkeys(keys))
        wanted = pa.table({
            "n": pa.array(range(len(listed)), pa.int32()), "kind": [k.kind for k in listed], "scope": [k.scope for k in listed],
            "key": [k.key for k in listed], "key_hash": pa.array([k.hash() for k in listed], pa.uint64()),
        })  # fmt: skip
        past = Past({listed[n]: article_id for n, article_id in self._ask("known_keys", wanted)}) if listed else Past()
        if listed:
            past.forgotten = {listed[n]: receipt_id for n, receipt_id in self._ask("known_forgotten", wanted)}
        if ids := sorted(set(past.by_key.values())):
            past.articles = {known.article_id: known for known in self._known(ids)}
        return past

    @deferred()
    def forgotten_entries(self) -> dict[int, str]:
        """Prints of feeds' entries that were taken out for good, and by which receipt."""
        return dict(self.con.execute(sql("forgotten_entries")).fetchall())

    @property
    def history(self) -> History:
        """The history of fingerprints: all documents that have landed, and those that were added to it since."""
        if self._history is None:
            self._history = self._remembered()
        return self._history

    def forget_history(self) -> None:
        """Throw the files of the history away; it is made anew from the tables when it is next asked for."""
        self._history = None
        rmtree(self.layout.history, ignore_errors=True)

    @deferred()
    def story_counts(self) -> tuple[NDArray[np.uint32], int]:
        """In how many stories each term stands (termcounts.BUCKETS), and how many articles have been put into any."""
        after, counts = termcounts.read(self._term_counts, lambda batch: self._count("stories_up_to", batch=batch))
        spans = self._spans("stories_by_batch", after)
        for batch, upto in spans:
            termcounts.add(counts, self.con.sql(sql("fresh_terms"), params={"after": batch, "upto": upto}).to_arrow_table())
        placed = self._count("stories_up_to", batch=self._next_batch - 1)
        if len(spans) > 1:
            termcounts.write(self._term_counts, self._next_batch - 1, placed, counts)
        return counts, placed

    @deferred()
    def earlier_merges(self, merges: Sequence[StoryMergeRow]) -> list[StoryMergeRow]:
        """Merges with those of before that led to a story that is merged now: each row tells where a story's articles count."""
        if not merges:
            return []
        into = {m.story_id: m for m in merges}
        rows = self._ask("merged_into", pa.table({"story_id": list(into)}))
        return [*merges, *(into[now]._replace(story_id=earlier) for earlier, now in rows)]

    @deferred()
    def live_stories(self, first: datetime, last: datetime, after: int) -> tuple[list[StoryMember], dict[str, str]]:
        """All articles of the stories with one between two moments, and one of a number above `after`, as they came.

        With them the most central article of each story, where that is not the one that opened it.
        """
        rows = self.con.execute(sql("live_stories"), {"first": first, "last": last, "after": after}).fetchall()
        if not rows:
            return [], {}
        batches = [row[4] for row in rows]
        self.con.register("wanted", pa.table({"article_id": [row[0] for row in rows]}))
        span = {"first": min(batches), "last": max(batches)}
        told = self.con.sql(sql("story_terms"), params=span).to_arrow_table()
        self.con.unregister("wanted")
        vectors = dict(
            zip(told["article_id"].to_pylist(), zip(lists(told["terms"]), lists(told["weights"]), strict=True), strict=True)
        )
        centers = self._ask("story_centers", pa.table({"story_id": sorted({row[1] for row in rows})}))
        return [StoryMember(*row[:4], *vectors[row[0]]) for row in rows], dict(centers)

    @deferred()
    def texts(self, wanted: Sequence[tuple[str, int]]) -> dict[tuple[str, int], tuple[str | None, str, str | None, str | None]]:
        """Of versions of articles: title, text, and what stood above and below the text."""
        return {(article_id, version): tuple(rest) for article_id, version, *rest in self._of_versions("known_texts", wanted)}

    @deferred()
    def edges(self, wanted: Sequence[tuple[str, int]]) -> dict[tuple[str, int], tuple[Any, ...]]:
        """Of versions of articles: agency, authors, what stood above and below the text, and how it begins and ends."""
        return {(article_id, version): tuple(rest) for article_id, version, *rest in self._of_versions("known_edges", wanted)}

    @deferred()
    def known_entities(self, keys: Iterable[tuple[str, str, int]]) -> dict[tuple[str, str], list[KnownEntity]]:
        """Of kinds and keys, with their hashes: the entities that are known, in the order in which they came."""
        kinds, names, hashes = zip(*keys, strict=True)
        wanted = pa.table({"kind": kinds, "key": names, "key_hash": pa.array(hashes, pa.uint64())})
        known: dict[tuple[str, str], list[KnownEntity]] = {}
        for kind, key, *rest in self._ask("known_entities", wanted):
            known.setdefault((kind, key), []).append(KnownEntity(*rest))
        return known

    @deferred()
    def batches_to_extract(self) -> list[tuple[int, int]]:
        """The batches of all versions, in spans of some hundreds: each goes from after the first to the second."""
        return self._spans("versions_by_batch", -1, READ_ANEW)

    @deferred()
    def to_extract(self, span: tuple[int, int], **which: object) -> list[tuple[Any, ...]]:
        """Texts of versions whose facts are to be read (to_extract.sql), out of a span of batches."""
        return self.con.execute(sql("to_extract"), {"after": span[0], "upto": span[1], **which}).fetchall()

    @deferred()
    def current_since(self, article_ids: Iterable[str]) -> dict[str, datetime]:
        """Since when the current version of each of these articles holds."""
        return dict(self._ask("current_since", pa.table({"article_id": pa.array(sorted(set(article_ids)), pa.string())})))

    @deferred()
    def open_rejects(self, **which: object) -> list[tuple[Any, ...]]:
        """What is still refused (open_rejects.sql), in the order in which it came."""
        return self.con.execute(sql("open_rejects"), which).fetchall()

    @deferred()
    def ledger_of(self, path_hash: int, raw_id: str) -> list[tuple[Any, ...]]:
        """What was read of these bytes of a file, by piece (ledger_of.sql)."""
        return self.con.execute(sql("ledger_of"), {"path_hash": path_hash, "raw_id": raw_id}).fetchall()

    @deferred()
    def refused_by_others(self) -> int:
        """How many items are still refused that another version of Wirehouse refused."""
        return self._count("refused_by_others", code_version=self.code_version)

    @deferred()
    def feeds(self) -> dict[str, FeedRow]:
        """The state of every feed, by source."""
        rows = (FeedRow(*row) for row in self.con.execute(sql("feeds")).fetchall())
        return {row.source: row for row in rows}

    @deferred()
    def known_entries(self, sources: Iterable[str], recent: datetime) -> dict[str, dict[int, KnownEntry]]:
        """For each feed, by print: the entries that it lists, and those that vanished after `recent`."""
        known: dict[str, dict[int, KnownEntry]] = {source: {} for source in sources}
        if known:
            self.con.register("wanted", pa.table({"source": list(known)}))
            for source, entry_print, *rest in self.con.execute(sql("known_entries"), {"recent": recent}).fetchall():
                known[source][entry_print] = KnownEntry(*rest)
            self.con.unregister("wanted")
        return known

    @deferred()
    def known_pages(self, urls: Iterable[str]) -> dict[str, KnownPage]:
        """Validators of article pages, by address."""
        wanted = list(dict.fromkeys(urls))
        if not wanted:
            return {}
        hashes = pa.array([hash64(url) for url in wanted], pa.uint64())
        return {url: KnownPage(*row) for url, *row in self._ask("known_pages", pa.table({"url": wanted, "url_hash": hashes}))}

    @deferred()
    def robots(self, since: datetime) -> list[RobotsRow]:
        """The robots.txt that were fetched after `since`."""
        return [RobotsRow(*row) for row in self.con.execute(sql("robots"), {"since": since}).fetchall()]

    @deferred()
    def open_gaps(self) -> list[GapRow]:
        """The silences that have not ended."""
        return [GapRow(*row) for row in self.con.execute(sql("open_gaps")).fetchall()]

    @deferred()
    def volumes(self, sources: Sequence[str], since: datetime) -> dict[str, dict[int, tuple[int, int]]]:
        """Feeds' pasts since a moment, by hour of the week (0 is Monday 00:00 UTC): new entries, and weeks with any."""
        found: dict[str, dict[int, tuple[int, int]]] = {source: {} for source in sources}
        if found:
            self.con.register("wanted", pa.table({"source": list(found)}))
            for source, hour, entries, weeks in self.con.execute(sql("volumes"), {"since": since}).fetchall():
                found[source][hour] = (entries, weeks)
            self.con.unregister("wanted")
        return found

    @deferred()
    def retries(self, now: datetime) -> set[str]:
        """Feeds of which some entries' pages are to be asked for again."""
        return {source for (source,) in self.con.execute(sql("retries"), {"now": now}).fetchall()}

    @deferred()
    def bytes_of(self, raw_id: str) -> bytes | None:
        """A payload's bytes out of the archive; None if it does not hold them. Raises StoreError if they are damaged."""
        places = self.con.execute(sql("raw_place"), {"raw_id": raw_id}).fetchall()
        return archive.read(self.layout.archive, archive.Entry(*places[0])) if places else None

    def has_article(self, article_id: str) -> bool:
        """Whether an article is there."""
        return bool(self._count("count_article", article_id=article_id))

    def articles_of(self, source: str) -> list[str]:
        """The articles that were first read from a source."""
        return [article_id for (article_id,) in self.con.execute(sql("articles_of"), {"source": source}).fetchall()]

    def sources(self) -> list[SourceRow]:
        """Every source as last used."""
        return [SourceRow(*row) for row in self.con.execute(sql("sources")).fetchall()]

    # ── what changes ──

    @deferred()
    def use_sources(self, rows: Iterable[SourceRow]) -> None:
        """Remember sources as they are used now."""
        known = set(self.sources())
        with transaction(self.con):
            for row in rows:
                if row not in known:
                    self.con.execute(sql("source_used"), row._asdict() | {"used_at": _now()})
                    self.con.execute(sql("source_replaced"), {"source": row.source})

    @deferred()
    def land(self, landing: Landing, payloads: Iterable[Kept] = ()) -> int:
        """Commit one batch with its ledger; returns its number.

        `payloads` are the bytes that its rows came from: those that the archive does not hold yet are appended to it first.
        """
        raw = self._keep(payloads, {row.raw_id for row in landing.withheld})
        of_feeds, read = any(getattr(landing, name) for name in FEEDS), bool(landing.extraction)
        unwanted = ANEW | (frozenset() if of_feeds else FEEDS) | (frozenset() if read else FACTS | ENTITIES)
        wanted = [name for name in SCHEMAS if name not in unwanted]
        tables = {name: self._arrow(name, raw if name == "raw" else getattr(landing, name)) for name in wanted}
        tables["batch"] = self._batch(landing)
        batch_id = self._next_batch - 1
        for name, table in tables.items():
            self.con.register(name, table)
        with transaction(self.con):
            self.con.execute(sql("land_batch"))
            self.con.execute(sql("land"))
            if of_feeds:
                self.con.execute(sql("land_feeds"))
            if read:
                self.con.execute(sql("land_facts"))
            if landing.closed:
                columns = dict(zip(ClosedRow._fields, map(list, zip(*landing.closed, strict=True)), strict=True))
                self.con.register("closed", pa.table(columns))
                self.con.execute(sql("close_versions"))
                self.con.unregister("closed")
            if landing.withheld:
                self._withhold(landing)
            if landing.resolved:
                self._resolve(landing.resolved)
        for name in tables:
            self.con.unregister(name)
        rescue.mark(self.layout, batch_id)
        if self._history is not None:
            self._history.save(batch_id)
        self._unsaved += sum(table.nbytes for table in tables.values())
        if self._unsaved > CHECKPOINT_BYTES:
            self._checkpoint(merge=False)
        return batch_id

    @deferred()
    def replace_facts(self, landing: Landing) -> list[tuple[str, int, int, int]]:
        """Commit facts in place of those that the same versions had: all of a batch or none.

        Returns for each table its name, and how many rows there were, are, and stayed the same.
        """
        tables = {name: self._arrow(name, getattr(landing, name)) for name in (*FACTS, *ENTITIES)}
        tables["wanted"] = tables["extraction"].select(["article_id", "version"])
        tables["batch"] = self._batch(landing)
        for name, table in tables.items():
            self.con.register(name, table)
        with transaction(self.con):
            statements = self.con.extract_statements(sql("changed_facts"))
            changes = [row for statement in statements for row in self.con.execute(statement).fetchall()]
            self.con.execute(sql("delete_facts"))
            self.con.execute(sql("land_batch"))
            self.con.execute(sql("land_facts"))
        for name in tables:
            self.con.unregister(name)
        rescue.mark(self.layout, self._next_batch - 1)
        self._unsaved += sum(table.nbytes for table in tables.values())
        if self._unsaved > CHECKPOINT_BYTES:
            self._checkpoint(merge=False)
        return changes

    @deferred()
    def rewrite(self, scripts: Sequence[str], tables: Mapping[str, pa.Table], landing: Landing) -> None:
        """Commit a batch that these .sql files make of these tables, with its ledger row: all of it or none."""
        tables = {**tables, "batch": self._batch(landing)}
        for name, table in tables.items():
            self.con.register(name, table)
        with transaction(self.con):
            self.con.execute(sql("land_batch"))
            for script in scripts:
                self.con.execute(sql(script))
        for name in tables:
            self.con.unregister(name)
        rescue.mark(self.layout, self._next_batch - 1)
        self._unsaved += sum(table.nbytes for table in tables.values())
        if self._unsaved > CHECKPOINT_BYTES:
            self._checkpoint(merge=False)

    @deferred()
    def change(self, work: Callable[[], Result]) -> Result:
        """Do this in one transaction, with its ledger row in `batch`: all of it or none."""
        self.con.register("batch", self._batch(Landing()))
        try:
            with transaction(self.con):
                self.con.execute(sql("land_batch"))
                result = work()
        finally:
            self.con.unregister("batch")
        rescue.mark(self.layout, self._next_batch - 1)
        return result

    @deferred()
    def merge(self) -> None:
        """Write all that has landed to the database, and merge what is in small pieces."""
        self._checkpoint(merge=True)

    @deferred()
    def replace_database(self, path: Path) -> None:
        """Put another file in the database's place, one that holds the same rows, and go on with it."""
        assert self._archive is not None, "the store is open"
        self.con.execute("CHECKPOINT")
        self.con.close()
        self._archive.close()
        if self.layout.database.with_suffix(".duckdb.wal").exists():  # it would be read into the new file
            raise StoreError(f"{self.layout.database} could not be closed: somebody has it open. It stays as it is; try again")
        path.replace(self.layout.database)
        handle = os.open(self.layout.live, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
        self._open()

    @property
    def end_of_archive(self) -> archive.Archive:
        """Where the archive grows; only this package uses it."""
        assert self._archive is not None, "the store is open"
        return self._archive

    @deferred()
    def end(self, unchanged: Unchanged = NOTHING, error: str | None = None) -> Books:
        """Close the run's books. Raises BooksError if they do not balance: then something was lost or counted twice."""
        counted = {"seen_unchanged": unchanged.seen, "rejected_unchanged": unchanged.rejected}
        [terms] = self.con.execute(sql("books"), {"run_id": self.run_id, **counted}).fetchall()
        books = Books(*terms)
        if error is None and not books.balanced:
            error = (
                f"the books do not balance: {books.fetched} fetched, but {books.new} new + {books.revised} revised + "
                f"{books.seen} seen + {books.held} held + {books.rejected} rejected"
            )
        values: dict[str, object] = asdict(books) | counted
        values |= {"run_id": self.run_id, "ended_at": _now(), "state": "failed" if error else "completed", "message": error}
        self.con.execute(sql("end_run"), values | {"unchanged_files": unchanged.files})
        self._ended = True
        if error and not books.balanced:
            raise BooksError(
                f"run {self.run_id}: {error}. Nothing was undone; please report this with the output of `wirehouse status`"
            )
        return books

    @deferred()
    def publish(self, *, sparing: bool = False) -> Path | None:
        """Give readers what has landed; returns the new version's path, or None if a copy was not worth its cost.

        `sparing`: nobody waits for it, so that publishing takes a tenth of the time at most; what is put off is for a later run.
        """
        began, started = _now(), monotonic()
        last, behind, unmerged, ended, cost_s = self._last_publication()
        small = not sparing and self.layout.database.stat().st_size < SMALL
        stale = ended is None or publish.stale(self.layout, last)
        if not (behind or small or stale):
            return None
        if sparing and not stale and (left := publish.wait_s(ended, cost_s, began)):
            publish.put_off(self.layout, left)
            return None
        publish.check_space(self.layout)
        current.refresh(self.con)
        number = max(last + 1, publish.next_free(self.layout))
        merge = unmerged >= MERGE_EVERY
        self.con.execute(sql("record_publication"), [number, began, self.run_id, merge])
        self._checkpoint(merge=merge)
        path = publish.publish(self.layout, number)
        seconds = monotonic() - started
        search.refresh(self.con, self.layout)
        done = {"number": number, "seconds": seconds, "cost_s": monotonic() - started, "n_bytes": path.stat().st_size}
        self.con.execute(sql("publication_done"), done)
        publish.put_off(self.layout, None)
        return path

    @deferred()
    def publication_due(self) -> tuple[bool, float]:
        """Whether readers lack something, and after how many seconds it may be published if nobody waits for it."""
        last, behind, _, ended, cost_s = self._last_publication()
        stale = ended is None or publish.stale(self.layout, last)
        return behind or stale, 0.0 if stale else publish.wait_s(ended, cost_s, _now())

    def table(self, name: str, rows: Sequence[tuple[Any, ...]]) -> pa.Table:
        """Rows of one of the warehouse's tables, in its types."""
        return self._arrow(name, rows)

    # ── inside ──

    @deferred()
    def _open(self) -> None:
        self._con = rescue.connect(self.layout, SETTINGS | {"temp_directory": str(self.layout.live / "spill")})
        before_migrating(self._con, self.layout, self.lock.on_wait)
        migrate(self._con)
        self.opened += 1
        committed = dict(self._con.execute(sql("archived")).fetchall())
        self._next_batch = self._con.execute(sql("next_batch")).fetchall()[0][0]
        if (landed := rescue.marked(self.layout)) >= self._next_batch:
            rescue.set_aside(self.layout, committed)
            self._next_batch = landed + 1
        self._archive = archive.Archive(self.layout.archive, committed)
        self._archive.open()
        self._learn_schemas()

    @deferred()
    def _rescue(self) -> None:
        """Land what the database has lost, as rejects that can be read again."""
        lost = rescue.waiting(self.layout)
        for tail in lost:
            for landing, payloads in rescue.landings(tail, self.sources()):
                self.land(landing, payloads)
            rescue.done(tail)
        if lost and self.lock.on_wait is not None:
            self.lock.on_wait(
                f"The log of {self.layout.database} was damaged, and batches were lost. Files and feeds are read again; "
                "of what is gone from there the bytes are kept: wirehouse retry --reason lost"
            )

    def _go_on_removing(self) -> None:
        """Rid the files of what a killed run had taken out of the tables; where there is no room for it, that is said."""
        try:
            removal.finish(self)
        except StoreError as error:
            if self.lock.on_wait is not None:
                self.lock.on_wait(str(error))

    def _last_publication(self) -> tuple[int, bool, int, datetime | None, float | None]:
        [row] = self.con.execute(sql("last_publication")).fetchall()
        return row

    def _learn_schemas(self) -> None:
        for name, table in SCHEMAS.items():
            schema = self.con.table(table).limit(0).to_arrow_table().schema
            self._schemas[name] = pa.schema([f for f in schema if f.name not in ADDED])

    def _checkpoint(self, *, merge: bool) -> None:
        """Write what is only in memory and in the log to the database; `merge` small row groups, which rewrites them."""
        self.con.execute("RESET max_vacuum_tasks" if merge else "SET max_vacuum_tasks = 0")
        self.con.execute("CHECKPOINT")
        self._unsaved = 0

    @deferred()
    def _close(self) -> None:
        if self._archive is not None:
            with suppress(OSError):  # what a full disk kept in memory belongs to no batch
                self._archive.close()
            self._archive = None
        if self._con is not None:
            self._con.close()
            self._con = None
        self._history = None  # another run may write files of it
        self.lock.release()

    @deferred()
    def _start_run(self) -> None:
        runs = self.layout.live / "runs"
        runs.mkdir(exist_ok=True)
        for (run_id,) in self.con.execute(sql("running")).fetchall():
            if not flocked(runs / run_id):
                self.con.execute(sql("killed"), [run_id])
                (runs / run_id).unlink(missing_ok=True)
                rmtree(self.layout.spool / run_id, ignore_errors=True)
        self.spool.mkdir(exist_ok=True)
        self._alive = os.open(runs / self.run_id, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        fcntl.flock(self._alive, fcntl.LOCK_EX)
        found = self.con.execute(sql("newest_run")).fetchall()
        self.previous_run = found[0][0] if found else None
        self.con.execute(sql("start_run"), {
            "run_id": self.run_id, "flow": self.flow, "arguments": json.dumps(dict(self.arguments), default=str),
            "code_version": self.code_version, "prefect_run_id": self.prefect_run_id, "started_at": _now(),
        })  # fmt: skip

    def _batch(self, landing: Landing) -> pa.Table:
        """The ledger's row of the next batch."""
        batch_id, self._next_batch = self._next_batch, self._next_batch + 1
        return pa.table({
            "batch_id": [batch_id], "run_id": [self.run_id], "payloads": pa.array([landing.payloads], pa.int32()),
            "items": pa.array([landing.items], pa.int32()), "landed_at": pa.array([_now()], pa.timestamp("us")),
        })  # fmt: skip

    def _withhold(self, landing: Landing) -> None:
        """Note which payloads' bytes are not kept, and which entries of feeds they are withheld for."""
        withheld, entries = landing.withheld, landing.entry_forgotten
        self.con.register("withheld", pa.table({
            "raw_id": [w.raw_id for w in withheld], "receipt_id": [w.receipt_id for w in withheld],
            "withheld_at": pa.array([w.withheld_at for w in withheld], pa.timestamp("us")),
        }))  # fmt: skip
        self.con.register("entry_forgotten", pa.table({
            "receipt_id": pa.array([e.receipt_id for e in entries], pa.string()),
            "key_hash": pa.array([e.key_hash for e in entries], pa.uint64()),
        }))  # fmt: skip
        self.con.execute(sql("land_withheld"))
        self.con.unregister("withheld")
        self.con.unregister("entry_forgotten")

    def _resolve(self, resolved: Sequence[ResolvedRow]) -> None:
        """Note what became of rejects that this run retried."""
        columns = dict(zip(ResolvedRow._fields, map(list, zip(*resolved, strict=True)), strict=True))
        table = pa.table(columns | {"raw_id": pa.array(columns["raw_id"], pa.string())})
        table = table.append_column("resolved_by", pa.array([self.run_id] * len(resolved)))
        self.con.register("resolved", table.append_column("resolved_at", pa.array([_now()] * len(resolved), pa.timestamp("us"))))
        self.con.execute(sql("resolve_rejects"))
        self.con.unregister("resolved")

    def _keep(self, payloads: Iterable[Kept], withheld: AbstractSet[str] = frozenset()) -> list[RawRow]:
        """Append to the archive what it does not hold yet, without the bytes of those withheld; returns the rows that find it."""
        assert self._archive is not None, "the store is open"
        wanted: dict[str, Kept] = {}
        for payload in payloads:
            wanted.setdefault(payload.raw_id, payload)
        if not wanted:
            return []
        kept = {raw_id for (raw_id,) in self._ask("known_raw", pa.table({"raw_id": list(wanted)}))}
        fresh = [replace(p, reference=p.reference or raw_id in withheld) for raw_id, p in wanted.items() if raw_id not in kept]
        rows = [p.append_to(self._archive) for p in fresh]
        self._archive.sync()
        return rows

    def _known(self, ids: list[str]) -> list[Known]:
        wanted = pa.table({"article_id": ids})
        carried: dict[str, dict[str, str]] = {}
        for article_id, source, version_hash in self._ask("known_carried", wanted):
            carried.setdefault(article_id, {})[source] = version_hash
        known = []
        for row in self._ask("known_articles", wanted):
            columns = dict(zip(KNOWN, row, strict=True))
            hashes, versions = columns.pop("version_hashes"), columns.pop("versions")
            contents = zip(columns.pop("content_hashes"), versions, strict=True)
            columns["contents"] = dict(reversed(list(contents)))  # the first version that had it
            columns["sample"] = np.asarray(columns["sample"], np.uint64)
            columns["carried"] = carried.get(columns["article_id"], {})
            known.append(Known(**columns, version_hashes=dict(zip(hashes, versions, strict=True))))
        return known

    def _of_versions(self, name: str, wanted: Sequence[tuple[str, int]]) -> list[tuple[Any, ...]]:
        if not wanted:
            return []
        ids, versions = zip(*wanted, strict=True)
        table = pa.table({"article_id": ids, "version": pa.array(versions, pa.int32())})
        batches = [batch_id for (batch_id,) in self._ask("batches_of", table)]
        return [row for first, last in near(batches) for row in self._ask(name, table, first=first, last=last)]

    @deferred()
    def _remembered(self) -> History:
        """The history as its files have it, with what has landed since the last of them was written."""
        history = History.open(self.layout.history, self._prints_up_to)
        for after, upto in self._spans("prints_by_batch", history.batch_id):
            rows = self.con.sql(sql("prints_since"), params={"after": after, "upto": upto}).to_arrow_table()
            history.add(documents(rows))
            history.save(upto)
        history.next_seq = max(history.next_seq, self._count("next_seq"))
        return history

    @property
    def _term_counts(self) -> Path:
        return self.layout.history / "terms.counts"

    def _count(self, name: str, **parameters: object) -> int:
        return int(self.con.execute(sql(name), parameters).fetchall()[0][0])

    def _prints_up_to(self, batch: int) -> tuple[int, str | None]:
        [(n, last)] = self.con.execute(sql("prints_up_to"), {"batch": batch}).fetchall()
        return n, last

    def _spans(self, name: str, after: int, most: int | None = None) -> list[tuple[int, int]]:
        """The batches after one, in spans of about so many rows, READ_BACK if not told: from after the first to the second."""
        spans, rows = [], 0
        for batch_id, n in self.con.execute(sql(name), {"after": after}).fetchall():
            rows += n
            if rows >= (most or READ_BACK):
                spans.append((after, batch_id))
                after, rows = batch_id, 0
        return [*spans, (after, self._next_batch - 1)] if after < self._next_batch - 1 else spans

    def _ask(self, name: str, wanted: pa.Table, **parameters: object) -> list[tuple[Any, ...]]:
        self.con.register("wanted", wanted)
        rows = self.con.execute(sql(name), parameters).fetchall()
        self.con.unregister("wanted")
        return rows

    def _arrow(self, name: str, rows: Sequence[tuple[Any, ...]]) -> pa.Table:
        schema = self._schemas[name]
        if not rows:
            return schema.empty_table()
        named = dict(zip(rows[0]._fields, zip(*rows, strict=True), strict=True))  # type: ignore[attr-defined]  # a NamedTuple
        return pa.table([pa.array(named[f.name], f.type) for f in schema], schema=schema)


def near(batches: Sequence[int]) -> list[tuple[int, int]]:
    """Batches in ascending order as a few spans, so that what lies far between them is not read."""
    if not batches:
        return []
    apart = max(NEAR, (batches[-1] - batches[0]) // SPANS)
    cuts = [n for n in range(1, len(batches)) if batches[n] - batches[n - 1] > apart]
    return [(batches[a], batches[b - 1]) for a, b in pairwise([0, *cuts, len(batches)])]


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
