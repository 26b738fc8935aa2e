"""Retrying: what was refused is read again from its bytes, and lands, or is refused again with what is wrong now.

It goes the way of all news (judge, relate, land), as it was when it was fetched: what is older than the version that we have
since makes no version. A reject that was retried is marked as resolved in the batch that lands what became of it.
"""

from __future__ import annotations

import json
from collections import Counter, deque
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from itertools import groupby
from time import monotonic
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from flows.journey import BATCH_BYTES, READ_SHARE, Tally, journey, note
from flows.pool import Pool
from flows.refine import Refined, Work
from flows.relate import Judged, Relations
from flows.settings import VERSION, check_engine
from flows.shelf import Occasion, Shelf
from flows.shelving import path_hash
from flows.sources import Asked, used_sources
from tasks.judge import forgotten, judge, keys
from tasks.land import refuse, turn_away
from tasks.types import FolderSource, Reject
from warehouse.errors import Refusal
from warehouse.layout import Layout
from warehouse.lock import WriterLock
from warehouse.models import EntryRow, FileRow, Landing, ResolvedRow
from warehouse.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from flows.settings import Settings
    from tasks.parse.unpack import Piece
    from tasks.types import Article, Payload, Print, Source
    from warehouse.models import KnownEntry, Past

Resolution: TypeAlias = Literal["landed", "refused", "outdated"]

BATCH = 100  # payloads: rejects are few, and most of them small
LONG_AGO = datetime(1970, 1, 1)  # noqa: DTZ001  times are UTC, naive


@dataclass(frozen=True, slots=True)
class Which:
    """What is retried; all that is still refused where nothing is said."""

    run: str | None = None
    reason: str | None = None
    source: str | None = None
    stage: str | None = None


class Refused(NamedTuple):
    """An item that is still refused; as open_rejects.sql has it."""

    source: str
    path: str
    record: int
    raw_id: str | None
    seen_at: datetime
    file: str
    given: str | None
    feed_uri: str | None
    whole: bool  # the feed was refused as a whole


class Was(NamedTuple):
    """A piece of a file as the ledger has it."""

    size: int = 0
    mtime_ns: int = 0
    done: bool = True
    n_landed: int = 0
    n_rejected: int = 0


class Attempt(NamedTuple):
    """A piece that is read again, with what of it was refused."""

    piece: Piece
    refused: list[Refused]
    was: Was
    settles: bool  # whether its rejects are done with; else with the file's last piece


@dataclass(slots=True)
class RetryTally(Tally):
    """What a retry did."""

    fates: dict[tuple[Any, ...], Resolution] = field(default_factory=dict)  # of items that were refused, by their place
    without: Counter[str] = field(default_factory=Counter)  # why the bytes of others cannot be had → items

    @property
    def resolutions(self) -> Counter[Resolution]:
        """How many of the items that were refused landed, were refused again, or are outdated."""
        return Counter(self.fates.values())


def retry(
    which: Which,
    settings: Settings,
    *,
    progress: Callable[[int], AbstractContextManager[Callable[[int, int], None]]] | None = None,
    say: Callable[[str], None] = lambda _text: None,
) -> RetryTally:
    """Read what is still refused again, land what can be read, and publish."""
    check_engine(settings.engine)
    layout, started = Layout(settings.data), monotonic()
    lock = WriterLock(layout.live, "wirehouse retry", wait_s=settings.wait_s, on_wait=say)
    with Store(layout, lock, flow="retry", arguments=asdict(which), code_version=VERSION) as store:
        tally, relations = RetryTally(store.run_id), Relations(store, settings)
        refused = still_refused(store, which)
        again = Again(store, used_sources(layout.sources, store.sources(), say=say), settings, tally.without)
        with (
            progress(len(refused)) if progress else nullcontext(lambda _rejects, _items: None) as told,
            Pool(settings.workers) as pool,
        ):
            for result in pool.refined(again.works(refused)):
                landing = _judged(store, again.flying.popleft(), result(), relations)
                store.land(landing)
                note(landing, tally)
                done = {row[:4]: row.resolution for row in landing.resolved if tally.fates.get(row[:4]) != "landed"}
                told(len(done.keys() - tally.fates.keys()), landing.items)
                tally.fates |= done
                store.breathe()
        if again.outdated:
            landing = Landing(resolved=[ResolvedRow(r.source, r.path, r.record, r.raw_id, "outdated") for r in again.outdated])
            store.land(landing)
            tally.fates |= {row[:4]: row.resolution for row in landing.resolved}
        _end(tally, journey(store, again.unread(refused), settings))
    tally.seconds = round(monotonic() - started, 3)
    return tally


def readable(store: Store, sources: dict[str, Source], settings: Settings, source: str | None) -> int:
    """How many items that are still refused could be read now; nothing is written."""
    again = Again(store, sources, replace(settings, engine=None), Counter())
    with Pool(settings.workers) as pool:
        results = (result() for result in pool.refined(again.works(still_refused(store, Which(source=source)))))
        return sum(not isinstance(o, Reject) for refined in results for r in refined for o in r.outcomes)


def still_refused(store: Store, which: Which) -> list[Refused]:
    """What is to be retried, in the order in which it came."""
    rows = store.open_rejects(**asdict(which))
    return [Refused._make((*row[:6], json.loads(row[6] or "{}").get("published"), *row[7:])) for row in rows]


@dataclass(slots=True)
class Again:
    """What is read again, and what of it is in the pool."""

    store: Store
    sources: dict[str, Source]
    settings: Settings
    without: Counter[str]
    outdated: list[Refused] = field(default_factory=list)  # that no longer stand in their files, or have landed since
    flying: deque[list[Attempt]] = field(default_factory=deque)

    def works(self, refused: list[Refused]) -> Iterator[Work]:
        """Pieces that hold something refused, some together."""
        batch: list[Attempt] = []
        given, size, share = None, 0, READ_SHARE if self.settings.engine else 1
        for attempt in self._attempts(refused):
            now = attempt.refused[0].given
            if batch and (len(batch) >= BATCH // share or size >= BATCH_BYTES // share or now != given):
                yield self._work(batch)
                batch, size = [], 0
            batch.append(attempt)
            given, size = now, size + len(attempt.piece.payload.data)
        if batch:
            yield self._work(batch)

    def unread(self, refused: list[Refused]) -> list[Asked]:
        """Files that could not be read then and are in their folders: they are read as any file is."""
        found: dict[str, list[Path]] = {}
        for r in refused:
            source = self.sources[r.source]
            if r.raw_id is None and isinstance(source, FolderSource):
                if (source.folder / r.file).is_file():
                    found.setdefault(r.source, []).append(source.folder / r.file)
                else:
                    self.without["the file is gone from its folder"] += 1
        folders = {name: source for name, source in self.sources.items() if isinstance(source, FolderSource)}
        return [Asked(folders[name], files=sorted(set(files))) for name, files in found.items()]

    def _work(self, batch: list[Attempt]) -> Work:
        self.flying.append(batch)
        payloads = tuple(a.piece.payload for a in batch if a.piece.refusal is None)
        return Work(self.sources, payloads, batch[0].refused[0].given, engine=self.settings.engine)

    def _attempts(self, refused: list[Refused]) -> Iterator[Attempt]:
        shelf = Shelf(self.store, self.sources)
        for (_, _, raw_id, _), group in groupby(refused, key=lambda r: (r.source, r.file, r.raw_id, r.seen_at)):
            if raw_id is None:
                continue
            listed = list(group)
            try:
                yield from self._of_bytes(shelf, listed, raw_id)
            except Refusal as refusal:
                self.without[refusal.detail] += len(listed)

    def _of_bytes(self, shelf: Shelf, listed: list[Refused], raw_id: str) -> Iterator[Attempt]:
        """The pieces of a payload that hold something refused: those records, or all where nothing of it landed."""
        first, left = listed[0], set(listed)
        ledger = {
            part: (Was(**was), edited) for part, was, edited in self.store.ledger_of(path_hash(first.source, first.file), raw_id)
        }
        for piece, upto in shelf.all_pieces(Occasion(first.source, first.file, raw_id, first.seen_at, first.feed_uri)):
            p = piece.payload
            was, edited = ledger.get(p.part, (Was(p.size), False))
            feed, as_before = p.polled is not None, p.part in ledger and not was.done
            whole = first.whole if feed else not was.n_landed and was.n_rejected <= 1
            ours = _in(listed, p, upto, whole=whole) if feed or was.n_rejected or p.part not in ledger else []
            if ours:
                left -= set(ours)
                records = None if whole else frozenset(r.record for r in ours)
                p = replace(p, records=records, edited=edited, size=was.size, mtime_ns=was.mtime_ns)
                yield Attempt(piece._replace(payload=p), ours, was, p.last or as_before or not whole)
        self.outdated += left


def _in(listed: list[Refused], p: Payload, upto: int | None, *, whole: bool) -> list[Refused]:
    """What was refused of a piece. Where nothing of it landed, it may have been refused as a whole, or the file that it is in."""
    ours = [r for r in listed if r.path == p.path and r.record >= p.first_record and (upto is None or r.record < upto)]
    return ours or ([r for r in listed if r.path in (p.path, p.file) and r.record == 0] if whole else [])


def _judged(store: Store, attempts: list[Attempt], refined: list[Refined], relations: Relations) -> Landing:
    """The rows of a batch: what became of each piece's items, and of the rejects that they were."""
    landing = Landing(payloads=len(attempts))
    outcomes = iter(refined)
    results = [
        next(outcomes) if a.piece.refusal is None else Refined(1, (a.piece.payload.reject("parse", a.piece.refusal),))
        for a in attempts
    ]
    pairs = [o for r in results for o in r.outcomes if not isinstance(o, Reject)]
    past = store.past(key for article, prints in pairs for key in keys(article, prints))
    since = store.current_since(past.articles)
    entries = _entries(store, attempts)
    judged: list[Judged] = []
    for attempt, result in zip(attempts, results, strict=True):
        fates: dict[int, Resolution] = {}
        for n, outcome in enumerate(result.outcomes):
            if isinstance(outcome, Reject):
                refuse(outcome, landing)
                fates[outcome.record] = "refused"
            elif receipt_id := forgotten(*outcome, past):
                turn_away(outcome[0], receipt_id, landing)
                fates[outcome[0].record] = "refused"
            else:
                _never_back(*outcome, past, since)
                judged.append(Judged(*outcome, judge(*outcome, past)))
                fates[outcome[0].record] = "landed"
                if n < len(result.prints):
                    _known_from_now(attempt, result.prints[n], judged[-1].verdict.article_id, entries, landing)
        landing.items += len(result.outcomes)
        _settle(attempt, fates, len(result.outcomes), landing)
    relations.land(judged, past, landing)
    return landing


def _never_back(article: Article, prints: Print, past: Past, since: dict[str, datetime]) -> None:
    """Of an article of which a later state has landed this one is no revision: its source has gone on from it."""
    for key in keys(article, prints):
        known = past.articles.get(past.by_key.get(key, ""))
        if known is not None and known.article_id in since and since[known.article_id] > article.seen_at:
            past.articles[known.article_id] = replace(known, carried=known.carried | {article.source: prints.version})


def _settle(attempt: Attempt, fates: dict[int, Resolution], n: int, landing: Landing) -> None:
    """The piece's row in the ledger as it stands now, and what became of its rejects."""
    p, was = attempt.piece.payload, attempt.was
    refused = sum(fate == "refused" for fate in fates.values())
    others = 0 if p.records is None else was.n_rejected - len(p.records)
    landed = n - refused + (0 if p.records is None else was.n_landed)
    landing.file.append(
        FileRow(
            p.source, p.file, path_hash(p.source, p.file), p.size, p.mtime_ns, p.raw_id, p.part, p.last, n, landed,
            max(others, 0) + refused,
        )
    )  # fmt: skip
    best: Resolution = "landed" if "landed" in fates.values() else "refused" if fates else "outdated"
    for r in attempt.refused if attempt.settles else ():
        fate = fates.get(r.record, best if p.records is None else "outdated")
        landing.resolved.append(ResolvedRow(r.source, r.path, r.record, r.raw_id, fate))


def _entries(store: Store, attempts: list[Attempt]) -> dict[str, dict[int, KnownEntry]]:
    """What is known of the feeds' entries, by print."""
    feeds = {a.piece.payload.source for a in attempts if a.piece.payload.polled is not None}
    return store.known_entries(sorted(feeds), LONG_AGO) if feeds else {}


def _known_from_now(
    attempt: Attempt, entry_print: int, article_id: str, entries: dict[str, dict[int, KnownEntry]], landing: Landing
) -> None:
    """The next poll knows the entry as one that has landed."""
    source = attempt.piece.payload.source
    known = entries[source].get(entry_print)
    if known is not None and known.article_id is None:
        landing.entry.append(EntryRow(source, entry_print, article_id, *known[1:]))


def _end(tally: RetryTally, rest: Tally) -> None:
    """Add what was read from folders, and the run's books."""
    tally.books, tally.published = rest.books, rest.published
    tally.rejects += rest.rejects
    for reason, n in rest.reasons.items():
        tally.reasons[reason] = tally.reasons.get(reason, 0) + n
