"""Reading anew: which versions came out of which bytes, where those lie, and what stands now in the place of what stood.

A version's sighting never moves: it tells the bytes, the file and the record. The version itself moves to the batch that last
wrote it; `run_id` stays the run that found it, so that every run's books can be counted again.
"""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import json
import zlib
from dataclasses import dataclass, field
from email.message import Message
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import duckdb
import numpy as np
import pyarrow as pa

from warehouse.errors import NoWarehouse, StoreError
from warehouse.history import documents
from warehouse.migrate import sql
from warehouse.models import EnclosureRow, HeadFieldRow, Landing, PrintRow, VersionRow
from warehouse.store import ENTITIES, FACTS, SETTINGS, Store, near

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path
    from typing import Self

    from warehouse.models import CopyRow, Doc

Pair = tuple[str, int]
"""An article and one of its versions."""

SPAN = 400  # versions that are looked up together
CHUNK = 1 << 20
DUE = "; copies due"  # ends the detail of a reading whose copies are still to be measured
IN_MEMORY = 32 << 20  # bytes of a payload that are kept in memory


class Origin(NamedTuple):
    """Where a version was read; as origins.sql has it."""

    article_id: str
    version: int
    source: str
    path: str  # of the file or its member, or the feed's address
    record: int
    guid: str | None
    url: str | None
    title: str
    raw_id: str
    seen_at: datetime
    file: str
    given: str | None  # the date that the user gave for articles that state none
    feed_uri: str | None
    page_id: str | None  # the bytes of the page that completed it
    page_uri: str | None
    batch_id: int  # that last wrote it,
    facts_batch: int | None  # ... and its facts


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """A version as it stands."""

    origin: Origin
    row: VersionRow
    valid_to: datetime | None
    run_id: str
    outlet: str
    print: PrintRow
    print_batch: int
    head_fields: tuple[HeadFieldRow, ...] = ()
    enclosures: tuple[EnclosureRow, ...] = ()

    @property
    def key(self) -> Pair:
        """Which version it is."""
        return self.row.article_id, self.row.version


class Place(NamedTuple):
    """Where a payload lies (ops.raw); `archive` is "" where the source itself keeps it."""

    raw_id: str
    archive: str
    offset: int
    length: int
    n_bytes: int
    media_type: str
    uri: str
    truncated: bool
    cut: bool  # records that were forgotten are not in it any more


class ReadingRow(NamedTuple):
    """ops.reading."""

    article_id: str
    version: int
    outcome: str
    detail: str | None
    code_version: str


class FactCount(NamedTuple):
    """Of a version, how many rows of a table of facts there were, are, and stay the same."""

    table: str
    article_id: str
    version: int
    before: int
    after: int
    same: int


@dataclass(slots=True)
class Renewal:
    """What takes the place of what a batch of versions said. The landing has version, head fields, enclosures, facts and keys."""

    landing: Landing = field(default_factory=Landing)
    stored: list[Stored] = field(default_factory=list)  # of each row of landing.version, what it replaces
    prints: list[tuple[Stored, PrintRow]] = field(default_factory=list)
    outlets: dict[str, str] = field(default_factory=dict)  # article_id → outlet
    facts_gone: list[tuple[str, int, int]] = field(default_factory=list)  # version, and the batch that wrote its facts
    readings: list[ReadingRow] = field(default_factory=list)


class Shadow(Store):
    """The published version as a store that only reads: without a lock, a run or an archive of its own."""

    def __enter__(self) -> Self:
        """Open what is published now. Raises NoWarehouse if there is nothing."""
        if not self.layout.current.exists():
            raise NoWarehouse(f"there is no warehouse in {self.layout.data} yet: run `wirehouse ingest PATH` first")
        path = self.layout.current.resolve()
        try:
            config = SETTINGS | {"temp_directory": str(self.layout.live / "spill")}
            self._con = duckdb.connect(str(path), read_only=True, config=config)
        except duckdb.Error as error:
            raise StoreError(f"{path} cannot be opened: {str(error).splitlines()[0]}") from error
        self._learn_schemas()
        [(self._next_batch,)] = self.con.execute(sql("next_batch")).fetchall()
        return self

    def __exit__(self, *error: object) -> None:
        """Close it."""
        self.con.close()

    def breathe(self, *, idle: bool = False) -> None:
        """It is in nobody's way."""


# ── what stands ──


def spans(store: Store) -> list[tuple[int, int]]:
    """The batches in which versions came, in spans of some hundred sightings: from after the first to the second."""
    found, after, rows = [], -1, 0
    for batch_id, n in store.con.execute(sql("sightings_by_batch"), {"after": -1}).fetchall():
        rows += n
        if rows >= SPAN:
            found.append((after, batch_id))
            after, rows = batch_id, 0
    return [*found, (after, batch_id)] if rows else found


def stored_versions(store: Store, span: tuple[int, int], which: Mapping[str, object]) -> list[Stored]:
    """The versions that came in a span of batches and are wanted, in the order in which they came."""
    after, upto = span
    rows = store.con.execute(sql("origins"), {"after": after, "upto": upto, **which}).fetchall()
    origins = {o[:2]: o for o in (Origin._make((*row[:11], _given(row[11]), *row[12:])) for row in rows)}
    if not origins:
        return []
    versions: dict[Pair, tuple[Any, ...]] = {}
    fields: dict[Pair, list[HeadFieldRow]] = {}
    enclosures: dict[Pair, list[EnclosureRow]] = {}
    wanted = _pairs(origins)
    for first, last in near(sorted({o.batch_id for o in origins.values()})):
        bounds = {"first": first, "last": last}
        for row in _asked(store, "stored_versions", wanted, bounds):
            versions[row[:2]] = row
        for row in _asked(store, "stored_head_fields", wanted, bounds):
            fields.setdefault(row[:2], []).append(HeadFieldRow(*row))
        for row in _asked(store, "stored_enclosures", wanted, bounds):
            enclosures.setdefault(row[:2], []).append(EnclosureRow(*row))
    prints = {row[:2]: row for row in _asked(store, "stored_prints", wanted, {"after": after, "upto": upto})}
    found = []
    for key, origin in origins.items():
        if key in versions and key in prints:
            *columns, valid_to, run_id, outlet = versions[key]
            told = tuple(fields.get(key, ())), tuple(enclosures.get(key, ()))
            row, printed = VersionRow._make(columns), prints[key]
            found.append(Stored(origin, row, valid_to, run_id, outlet, _print(printed), printed[-1], *told))
    return found


def refreshed(store: Store, stored: Iterable[Stored]) -> dict[Pair, Stored]:
    """Those that stand as they did, and until when they held: another run may have written since."""
    known = {s.key: s for s in stored}
    rows = [(*s.key, s.origin.batch_id, s.origin.facts_batch) for s in known.values()]
    wanted = _batches([row[:3] for row in rows]).append_column("facts_batch", pa.array([row[3] for row in rows], pa.int64()))
    there = {row[:2]: row[2] for row in _asked(store, "still_there", wanted, {})}
    return {key: dataclasses.replace(known[key], valid_to=valid_to) for key, valid_to in there.items()}


def places(store: Store, raw_ids: Iterable[str]) -> dict[str, Place]:
    """Where these payloads lie."""
    wanted = pa.table({"raw_id": pa.array(sorted(set(raw_ids)), pa.string())})
    return {row[0]: Place(*row) for row in _asked(store, "raw_places", wanted, {})}


def opened(folder: Path, place: Place, spool: Path) -> tuple[IO[bytes], str | None]:
    """A payload out of the archive, and the charset that its server stated; a large one in a file of `spool` that has no name.

    Raises StoreError if it is not there as it was fetched.
    """
    path, digest = folder / place.archive, hashlib.sha256()
    kept: IO[bytes] = SpooledTemporaryFile(IN_MEMORY, dir=str(spool))  # noqa: SIM115  the caller closes it
    try:
        with path.open("rb") as file:
            file.seek(place.offset)
            with gzip.GzipFile(fileobj=file, mode="rb") as record:
                head = _head(iter(record.readline, b"\r\n"))
                left = int(head["content-length"])
                while left and (data := record.read(min(CHUNK, left))):
                    kept.write(data)
                    digest.update(data)
                    left -= len(data)
    except (OSError, EOFError, zlib.error, TypeError, ValueError) as error:
        raise StoreError(f"{path} cannot be read at {place.offset}: {error}") from error
    if digest.hexdigest() != place.raw_id and not place.cut:
        raise StoreError(f"{path} does not hold at {place.offset} what was fetched")
    kept.seek(0)
    return kept, head.get_content_charset()


def count_facts(store: Store, landing: Landing, stored: Mapping[Pair, Stored]) -> list[FactCount]:
    """Of each version whose facts were read anew: what is the same, by table."""
    before = [(*key, stored[key].origin.facts_batch) for key in ((x.article_id, x.version) for x in landing.extraction)]
    tables = {name: store.table(name, getattr(landing, name)) for name in FACTS} | {"facts_before": _batches(before)}
    for name, table in tables.items():
        store.con.register(name, table)
    statements = store.con.extract_statements(sql("facts_anew"))
    counts = [FactCount(*row) for statement in statements for row in store.con.execute(statement).fetchall()]
    for name in tables:
        store.con.unregister(name)
    return counts


# ── what takes its place ──


def replace(store: Store, new: Renewal) -> None:
    """Commit a renewal as one batch."""
    if new.prints:  # the history's files know what was: they are made anew from the tables
        store.forget_history()
    landing = new.landing
    version = store.table("version", landing.version)
    version = version.append_column("valid_to", pa.array([s.valid_to for s in new.stored], pa.timestamp("us")))
    version = version.append_column("run_id", pa.array([s.run_id for s in new.stored], pa.string()))
    prints = store.table("print", [row for _, row in new.prints])
    prints = prints.append_column("batch_id", pa.array([s.print_batch for s, _ in new.prints], pa.int64()))
    landed = (*FACTS, *ENTITIES, "head_field", "enclosure", "identity")
    outlets = list(zip(*new.outlets.items(), strict=True)) or [(), ()]
    tables = {name: store.table(name, getattr(landing, name)) for name in landed}
    tables |= {
        "version": version,
        "print": prints,
        "replaced": _batches([(*s.key, s.origin.batch_id) for s in new.stored]),
        "outlet": pa.table([pa.array(column, pa.string()) for column in outlets], ["article_id", "outlet"]),
        "facts_gone": _batches(new.facts_gone),
        "reading": store.table("reading", new.readings),
    }  # fmt: skip
    store.rewrite(("replace_versions", "delete_facts_of", "land_facts"), tables, landing)


def copies_due(store: Store) -> list[Doc]:
    """Some of the versions whose words were read anew and whose copies have not been measured since; none if all have."""
    pairs = store.con.execute(sql("copies_due"), {"due": DUE, "most": SPAN}).fetchall()
    if not pairs:
        return []
    store.con.register("wanted", _pairs(pairs))
    rows = store.con.sql(sql("prints_of")).to_arrow_table()
    store.con.unregister("wanted")
    return documents(rows)


def replace_copies(store: Store, docs: Sequence[Doc], rows: Sequence[CopyRow]) -> None:
    """Commit what these versions share with others, in the place of what they shared."""
    wanted = _pairs((doc.article_id, doc.version) for doc in docs)
    told = {(a, v): d for a, v, d in _asked(store, "readings_of", wanted, {})}
    details = [told[doc.article_id, doc.version].removesuffix(DUE) for doc in docs]
    tables = {"wanted": wanted.append_column("detail", pa.array(details, pa.string())), "copy": store.table("copy", rows)}
    store.rewrite(("replace_copies",), tables, Landing())


# ── inside ──


def _given(arguments: str | None) -> str | None:
    told = json.loads(arguments or "{}").get("published")
    return told if isinstance(told, str) else None


def _asked(store: Store, name: str, wanted: pa.Table, bounds: Mapping[str, object]) -> list[tuple[Any, ...]]:
    store.con.register("wanted", wanted)
    rows = store.con.execute(sql(name), dict(bounds)).fetchall()
    store.con.unregister("wanted")
    return rows


def _pairs(pairs: Iterable[tuple[Any, ...]]) -> pa.Table:
    listed = list(pairs)
    return pa.table({"article_id": [p[0] for p in listed], "version": pa.array([p[1] for p in listed], pa.int32())})


def _batches(rows: Sequence[tuple[str, int, int | None]]) -> pa.Table:
    return pa.table({
        "article_id": pa.array([r[0] for r in rows], pa.string()), "version": pa.array([r[1] for r in rows], pa.int32()),
        "batch_id": pa.array([r[2] for r in rows], pa.int64()),
    })  # fmt: skip


def _print(row: tuple[Any, ...]) -> PrintRow:
    article_id, version, every, sample, facts, *rest = row[:-1]
    return PrintRow(article_id, version, every, np.asarray(sample, np.uint64), np.asarray(facts, np.uint32), *rest)


def _head(lines: Iterable[bytes]) -> Message:
    """The head of a WARC record."""
    head = Message()
    for line in lines:
        name, colon, value = line.decode("utf-8", "replace").partition(":")
        if colon:
            head[name] = value.strip()
    return head
