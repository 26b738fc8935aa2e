"""Reprocessing from the archive: versions read again from their bytes, parse to facts, with today's code and today's sources.

In shadow nothing is written: the published warehouse is read, and what would change is told. To replace, each batch is one
transaction; killed, it is run again, and what was done before is the same by then.
"""

from __future__ import annotations

from collections import deque
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from flows.anew_report import Report
from flows.journey import BATCH, BATCH_BYTES, READ_SHARE
from flows.plain import columns
from flows.pool import Pool
from flows.refine import Refined, Work, refine
from flows.relate import measured_anew
from flows.renewal import compared, is_same
from flows.retry import readable
from flows.settings import VERSION, check_engine
from flows.shelf import Occasion, Shelf
from flows.sources import used_sources
from tasks.types import Reject
from warehouse import anew
from warehouse.errors import Refusal
from warehouse.layout import Layout
from warehouse.lock import WriterLock
from warehouse.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from flows.refine import Outcome
    from flows.settings import Settings
    from tasks.types import FeedSource, FolderSource, Payload, Source
    from warehouse.anew import Stored

GONE = "what was read as this record is no longer found in its bytes"


@dataclass(frozen=True, slots=True)
class Which:
    """Which versions are read anew; all of them where nothing is said."""

    ids: list[str] = field(default_factory=list)  # of articles
    source: str | None = None
    since: datetime | None = None  # published, or first seen, since then,
    until: datetime | None = None  # ... and before then
    format: str | None = None
    extractor: str | None = None
    run: str | None = None  # that found them
    stale: bool = False  # only those that another version of Wirehouse read last, or in vain


class Wanted(NamedTuple):
    """A payload with the versions that were read from it; without one, why there is none."""

    payload: Payload | None
    versions: list[Stored]
    why: str = ""


def reprocess(
    which: Which,
    settings: Settings,
    *,
    replacing: bool,
    own: FolderSource | FeedSource | None = None,
    examples: int = 10,
    progress: Callable[[int], AbstractContextManager[Callable[[int, int], None]]] | None = None,
    say: Callable[[str], None] = lambda _text: None,
) -> Report:
    """Read versions anew from their bytes. `replacing`: what changed takes the place of what stands, and is published.

    `own`: a source as its TOML has it that lies elsewhere. `progress` makes, of the number of spans of batches, what is told of
    them as they are done.
    """
    check_engine(settings.engine)
    layout = Layout(settings.data)
    lock = WriterLock(layout.live, "wirehouse reprocess --replace", wait_s=settings.wait_s, on_wait=say)
    noted = {**asdict(which), "stage": "parse", "engine": settings.engine, "workers": settings.workers}
    if replacing:
        store = Store(layout, lock, flow="reprocess", arguments=noted, code_version=VERSION)
    else:
        store = anew.Shadow(layout, lock, run_id=f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid4().hex[:8]}")
    with store, Pool(settings.workers) as pool:
        sources = used_sources(layout.sources, store.sources(), own, say)
        report = Report(store.run_id, replaced=replacing, most=examples)
        spans = anew.spans(store)
        reading = Reading(store, sources, settings, which, Shelf(store, sources))
        with progress(len(spans)) if progress else nullcontext(lambda _spans, _items: None) as told:
            for result in pool.refined(reading.works(spans)):
                done, reading.done = reading.done, 0
                told(done, _take(store, reading.flying.popleft(), result(), report))
                store.breathe()
            told(reading.done, 0)
        if replacing:
            report.measured = _measure_copies(store, settings)
        if not (which.ids or which.run or which.format or which.extractor or which.stale):
            report.readable = readable(store, sources, settings, which.source)
        if replacing:
            if own is not None:
                store.use_sources([columns(own)])
            store.end()
            report.published = store.publish() is not None
    return report


def _measure_copies(store: Store, settings: Settings) -> int:
    """Measure the copies of versions whose words were read anew, in this run or in one that was cut short; returns how many."""
    n = 0
    while docs := anew.copies_due(store):
        anew.replace_copies(store, docs, measured_anew(docs, store, settings))
        n += len(docs)
        store.breathe()
    return n


@dataclass(slots=True)
class Reading:
    """What is being read anew, and what of it is in the pool."""

    store: Store
    sources: dict[str, Source]
    settings: Settings
    which: Which
    shelf: Shelf
    flying: deque[tuple[int, Work, list[Wanted]]] = field(default_factory=deque)
    done: int = 0  # spans since it was told last

    def works(self, spans: list[tuple[int, int]]) -> Iterator[Work]:
        """Versions' bytes, some hundred payloads at a time."""
        share = READ_SHARE if self.settings.engine else 1
        batch: list[Wanted] = []
        of: tuple[str | None, int] | None = None  # the date that was given, and how often the store had been opened
        n = size = 0
        for span in spans:
            for now, wanted in self._span(span):
                if of and batch and (n >= BATCH // share or size >= BATCH_BYTES // share or now != of):
                    yield self._work(batch, *of)
                    batch, n, size = [], 0, 0
                of = now
                batch.append(wanted)
                n += len(wanted.versions)
                size += _length(wanted.payload)
            self.done += 1
        if batch and of:
            yield self._work(batch, *of)

    def _work(self, batch: list[Wanted], given: str | None, opened: int) -> Work:
        payloads = tuple(w.payload for w in batch if w.payload is not None)
        work = Work(self.sources, payloads, given, engine=self.settings.engine)
        self.flying.append((opened, work, batch))
        return work

    def _span(self, span: tuple[int, int]) -> Iterator[tuple[tuple[str | None, int], Wanted]]:
        """The versions that came in a span of batches, by the bytes that they were read from."""
        versions, opened = (
            anew.stored_versions(self.store, span, asdict(self.which) | {"code_version": VERSION}),
            self.store.opened,
        )
        self.shelf.look_up(s.origin.raw_id for s in versions)
        groups: dict[tuple[Occasion, str | None], list[Stored]] = {}
        for stored in versions:
            o = stored.origin
            groups.setdefault((Occasion(o.source, o.file, o.raw_id, o.seen_at, o.feed_uri), o.given), []).append(stored)
        for (occasion, given), listed in groups.items():
            for wanted in self._of(occasion, listed):
                yield (given, opened), wanted

    def _of(self, occasion: Occasion, listed: list[Stored]) -> Iterator[Wanted]:
        """The pieces of a payload that versions were read from."""
        places = {(s.origin.path, s.origin.record): s for s in listed}
        try:
            for piece, ours in self.shelf.pieces(occasion, set(places)):
                versions = [places.pop(place) for place in sorted(ours)]
                if piece.refusal is not None:
                    yield Wanted(None, versions, f"{piece.refusal.reason}: {piece.refusal.detail}")
                    continue
                records, pages = frozenset(s.origin.record for s in versions), self._pages(versions, occasion)
                yield Wanted(replace(piece.payload, records=records, pages=pages), versions)
        except Refusal as refusal:
            yield Wanted(None, list(places.values()), f"{refusal.reason}: {refusal.detail}")
            return
        if places:
            yield Wanted(None, list(places.values()), GONE)

    def _pages(self, versions: list[Stored], occasion: Occasion) -> dict[int, Payload]:
        paged = [(s.origin.record, s.origin.page_id, s.origin.page_uri) for s in versions]
        return {record: self.shelf.page(page_id, uri, occasion) for record, page_id, uri in paged if page_id}


def _take(store: Store, flown: tuple[int, Work, list[Wanted]], refined: list[Refined], report: Report) -> int:
    """Compare a batch with what stands, and replace that if it is asked for; returns how many versions there were."""
    opened, work, batch = flown
    results = iter(refined)
    found: list[tuple[Stored, Outcome | None, str]] = []
    for wanted in batch:
        if wanted.payload is None:
            found += [(stored, None, wanted.why) for stored in wanted.versions]
        else:
            found += _outcomes(wanted.payload, wanted.versions, next(results), work)
    if opened != store.opened:  # another run may have landed versions, or removed some
        present = anew.refreshed(store, [stored for stored, _, _ in found])
        found = [(present[stored.key], outcome, why) for stored, outcome, why in found if stored.key in present]
    done = compared(found, store, VERSION)
    if report.replaced:
        anew.replace(store, done.renewal)
    report.add(done)
    return len(found)


def _outcomes(payload: Payload, versions: list[Stored], refined: Refined, work: Work) -> list[tuple[Stored, Outcome | None, str]]:
    """For each version what its record says now. What another parser numbers anew is looked for in the whole payload."""
    by_record = {_record(o): o for o in refined.outcomes}
    found: list[tuple[Stored, Outcome | None, str]] = []
    for stored in versions:
        outcome = by_record.get(stored.origin.record)
        fits = outcome is None or isinstance(outcome, Reject) or is_same(*outcome, stored)
        found.append((stored, outcome if fits else _elsewhere(payload, stored, work), GONE))
    return found


def _record(outcome: Outcome) -> int:
    return outcome.record if isinstance(outcome, Reject) else outcome[0].record


def _elsewhere(payload: Payload, stored: Stored, work: Work) -> Outcome | None:
    """The record that is the version's, wherever it stands now in the payload."""
    [whole] = refine(replace(work, payloads=(replace(payload, records=None, pages={}),)))
    ours = [o for o in whole.outcomes if not isinstance(o, Reject) and is_same(*o, stored)]
    if not ours:
        return None
    page = payload.pages.get(stored.origin.record)
    if page is None:
        return ours[0]
    record = _record(ours[0])
    [again] = refine(replace(work, payloads=(replace(payload, records=frozenset({record}), pages={record: page}),)))
    return again.outcomes[0]


def _length(payload: Payload | None) -> int:
    return 0 if payload is None else len(payload.data) + sum(len(page.data) for page in payload.pages.values())
