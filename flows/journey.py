"""An article's journey, from sources to the warehouse: plain Python over a set of stages, with or without Prefect.

fetch → refine (parse → clean → fingerprint) → judge → relate → land, batch by batch, then publish
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from functools import partial
from io import BytesIO
from time import monotonic
from typing import TYPE_CHECKING, Protocol, TypeVar

from flows.pool import Pool
from flows.refine import Refined, Work
from flows.relate import Judged, Relations
from flows.shelving import has_landed, is_same, path_hash, shelve
from tasks.fetch import folder
from tasks.judge import forgotten, judge, keys
from tasks.land import refuse, turn_away
from tasks.parse.unpack import pieces
from tasks.sift import LIMIT_S, sift
from tasks.types import Reject
from warehouse.archive import Kept
from warehouse.models import NOTHING, Books, FileRow, Landing, Unchanged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flows.settings import Settings
    from flows.sources import Asked
    from tasks.fetch.folder import Found, Opened
    from tasks.parse.unpack import Piece
    from tasks.types import FolderSource
    from warehouse.models import KnownFile
    from warehouse.store import Store

Result = TypeVar("Result")

BATCH = 500  # payloads: landing a batch costs about 10 ms whatever its size
BATCH_BYTES = 2 << 20  # so that a batch of pages takes seconds and not minutes
READ_SHARE = 5  # reading facts takes ten times as long: batches are so many times smaller, to keep all workers at work


class Step(Protocol):
    """Runs one step of the journey under its name: at once, or as a Prefect task."""

    def __call__(self, name: str, work: Callable[[], Result], /) -> Result:
        """What the work returns."""
        ...


@dataclass(slots=True)
class Batch:
    """What is fetched, refined, judged and landed together."""

    asked: Asked
    pieces: list[Piece] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)  # files that could not be read
    kept: list[Kept] = field(default_factory=list)
    spooled: list[Path] = field(default_factory=list)  # copies of large files that are done with when it has landed
    files: list[Found] = field(default_factory=list)  # those of which the last piece is in it
    size: int = 0
    share: int = 1  # of a usual batch's size, one in so many

    def full(self) -> bool:
        """Whether it should go on its way."""
        most, bytes_ = max(1, BATCH // self.share), BATCH_BYTES // self.share
        return len(self.pieces) + len(self.rejects) >= most or self.size >= bytes_


@dataclass(slots=True)
class Tally:
    """What a run did: its books, why items were refused, and what it did not need to read again."""

    run_id: str = ""
    books: Books = field(default_factory=Books)
    reasons: dict[str, int] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)  # the first ones, to be shown
    unchanged: Unchanged = NOTHING
    stale: int = 0  # items of unchanged files that an older version of Wirehouse refused
    published: bool = False
    seconds: float = 0.0
    stuck: list[str] = field(default_factory=list)  # why files that have landed could not be moved out of the way


SLOWEST = 5 << 20  # bytes that a disk must give in a second; a slow network share gives several times as many
TELL_S = 10.0  # after so many seconds readers are given what a long run has landed so far
SHOWN = 20  # rejects that a tally lists; mart.rejects has them all


def at_once(_name: str, work: Callable[[], Result]) -> Result:
    """The plain way to run a step."""
    return work()


def journey(
    store: Store,
    sources: list[Asked],
    settings: Settings,
    *,
    step: Step = at_once,
    progress: Callable[[int, int], None] = lambda _files, _items: None,
    relations: Relations | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Tally:
    """Read the sources into the open store, and publish. `progress` is told of files and items as they are done.

    `relations` are those of the run before, if nobody landed anything in between; `stop`: no more is read, and what was read
    lands. A long run that nobody waits for (settings.sparing) publishes on its way.
    Whatever fails, what landed before stands, and the run is recorded as failed.
    """
    tally, started = Tally(store.run_id), monotonic()
    told = started
    relations = relations or Relations(store, settings)
    with Pool(settings.workers) as pool:
        flying: deque[Batch] = deque()
        fetched = _fetched(store, sources, tally, progress, step, READ_SHARE if settings.engine else 1, stop)
        for result in pool.refined(_works(fetched, flying, settings)):
            batch = flying.popleft()
            refined = step("refine", result)
            landing = step("judge", partial(_judged, store, batch, refined, relations))
            step("land", partial(store.land, landing, batch.kept))
            for copy in batch.spooled:
                copy.unlink(missing_ok=True)
            note(landing, tally)
            shelve(batch.asked.source, batch.files, store, tally)
            progress(sum(p.payload.last for p in batch.pieces) + len(batch.rejects), landing.items)
            store.breathe()
            if settings.sparing and monotonic() - told >= TELL_S:
                tally.published |= step("publish", partial(store.publish, sparing=True)) is not None
                told = monotonic()
    tally.stale = store.refused_by_others() if tally.unchanged.rejected else 0
    tally.books = store.end(tally.unchanged)
    tally.published |= step("publish", partial(store.publish, sparing=settings.sparing)) is not None
    tally.seconds = round(monotonic() - started, 3)
    return tally


# ── fetch ──


def _fetched(
    store: Store, sources: list[Asked], tally: Tally, progress: Callable[[int, int], None], step: Step, share: int,
    stop: Callable[[], bool],
) -> Iterator[Batch]:  # fmt: skip
    """Full batches, source after source, until `stop`; unchanged files are only counted."""
    for asked in sources:
        batches = _batches(asked, store, tally, progress, share)
        while not stop() and (batch := step("fetch", partial(next, batches, None))) is not None:
            yield batch


def _batches(asked: Asked, store: Store, tally: Tally, progress: Callable[[int, int], None], share: int) -> Iterator[Batch]:
    batch = Batch(asked, share=share)
    for opened, known in _changed(asked, store, tally, progress):
        if isinstance(opened, Reject):
            batch.rejects.append(opened)
        else:
            batch.kept.append(_kept(opened, asked.source))
            for piece in _new_pieces(opened, known):
                batch.pieces.append(piece)
                batch.size += len(piece.payload.data)
                if piece.payload.last:
                    batch.files.append(opened.found)
                if opened.large and piece.payload.last:
                    batch.spooled.append(opened.large)
                if batch.full():
                    yield batch
                    batch = Batch(asked, share=share)
        if batch.full():
            yield batch
            batch = Batch(asked, share=share)
    if batch.pieces or batch.rejects:
        yield batch


def _changed(
    asked: Asked, store: Store, tally: Tally, progress: Callable[[int, int], None]
) -> Iterator[tuple[Opened | Reject, KnownFile | None]]:
    """The source's files that are new or changed, read."""
    source = asked.source
    for listing in folder.listings(source.folder, asked.only, asked.without, asked.files, asked.before):
        past = store.known_files([path_hash(source.name, f.path) for f in listing])
        changed, landed = [], []
        for found, known in zip(listing, past, strict=True):
            if known is not None and is_same(found, known) and (source.after == "kept" or has_landed(found, known, tally)):
                landed.append(found)
                files, seen, rejected = tally.unchanged
                tally.unchanged = Unchanged(files + 1, seen + known.n_landed, rejected + known.n_rejected)
            else:
                changed.append((found, known))
        shelve(source, landed, store, tally)
        progress(len(listing) - len(changed), 0)
        limit_s = LIMIT_S + max((found.size for found, _ in changed), default=0) / SLOWEST
        read = sift(
            lambda f: folder.read(f[0], source.name, store.spool),
            changed,
            lambda f, refusal: folder.unread(f[0], source.name, refusal),
            limit_s=limit_s,
        )
        yield from zip(read, (known for _, known in changed), strict=True)


def _new_pieces(opened: Opened, known: KnownFile | None) -> Iterator[Piece]:
    """A file's pieces; those that landed before a crash cut its reading short are left out."""
    payload = replace(opened.payload, edited=known is not None and known.raw_id != opened.payload.raw_id)
    landed = known.parts if known is not None and not known.done and not payload.edited else 0
    some = False
    with opened.large.open("rb") if opened.large else BytesIO(payload.data) as file:
        for piece in pieces(payload, file):
            if piece.payload.part >= landed or piece.payload.last:  # the last one closes the file's ledger
                some = True
                yield piece
    assert some, "every file has a last piece"


def _kept(opened: Opened, source: FolderSource) -> Kept:
    p = opened.payload
    data = opened.large or p.data
    return Kept(p.raw_id, p.uri, p.media_type or "", p.fetched_at, data, p.size, reference=source.archive == "reference")


# ── refine, judge, land ──


def _works(batches: Iterator[Batch], flying: deque[Batch], settings: Settings) -> Iterator[Work]:
    """What the pool is given of each batch; the batch itself waits in `flying` for its result."""
    for batch in batches:
        flying.append(batch)
        source = batch.asked.source
        payloads = tuple(p.payload for p in batch.pieces if p.refusal is None)
        yield Work({source.name: source}, payloads, settings.published, engine=settings.engine)


def _judged(store: Store, batch: Batch, refined: list[Refined], relations: Relations) -> Landing:
    """The rows of a batch: verdicts on its articles in the order in which they came, what they are to others, and its rejects."""
    landing = Landing(payloads=len(batch.pieces) + len(batch.rejects), items=len(batch.rejects))
    outcomes = iter(refined)
    results = [next(outcomes) if p.refusal is None else Refined(1, (p.payload.reject("parse", p.refusal),)) for p in batch.pieces]
    pairs = [o for r in results for o in r.outcomes if not isinstance(o, Reject)]
    past = store.past(key for article, prints in pairs for key in keys(article, prints))
    for reject in batch.rejects:
        refuse(reject, landing)
    judged: list[Judged] = []
    for piece, result in zip(batch.pieces, results, strict=True):
        refused = 0
        for outcome in result.outcomes:
            if isinstance(outcome, Reject):
                refuse(outcome, landing)
                refused += 1
            elif receipt_id := forgotten(*outcome, past):
                turn_away(outcome[0], receipt_id, landing)
                refused += 1
            else:
                judged.append(Judged(*outcome, judge(*outcome, past)))
        landing.items += result.items
        landing.file.append(_ledger(piece, result.items, len(result.outcomes) - refused, refused))
    relations.land(judged, past, landing)
    return landing


def _ledger(piece: Piece, items: int, landed: int, refused: int) -> FileRow:
    p = piece.payload
    return FileRow(
        p.source, p.file, path_hash(p.source, p.file), p.size, p.mtime_ns, p.raw_id, p.part, p.last, items, landed, refused
    )


def note(landing: Landing, tally: Tally) -> None:
    """Add what a batch refused to the tally."""
    for row in landing.reject:
        tally.reasons[row.reason] = tally.reasons.get(row.reason, 0) + 1
        if len(tally.rejects) < SHOWN:
            tally.rejects.append(Reject(*row[:5], row.raw_id, row.seen_at, row.record, row.url))
