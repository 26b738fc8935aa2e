"""Reprocessing: facts read anew from the stored texts, after an update of Wirehouse or with another engine.

Versions go through the workers batch by batch; each batch's facts replace the old ones in one transaction.
"""

from __future__ import annotations

from collections import Counter, deque
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from flows.linking import link_facts
from flows.pool import Pool
from flows.refine import Bodies
from flows.settings import VERSION, check_engine
from tasks.extract.facts import Body, extractor
from tasks.types import HeadField
from warehouse.layout import Layout
from warehouse.lock import WriterLock
from warehouse.models import Landing
from warehouse.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from datetime import datetime

    from flows.settings import Settings

Versions = list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Which:
    """Which versions are read anew; all of them where nothing is said."""

    ids: list[str] = field(default_factory=list)  # of articles
    source: str | None = None
    since: datetime | None = None  # published, or first seen, since then
    stale: bool = False  # only those that were never read, or by another extractor, or in vain


@dataclass(slots=True)
class Changes:
    """What reading anew changed: rows before, after and the same, by table."""

    run_id: str
    versions: int = 0
    failed: int = 0  # versions of which no facts could be read
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    same: Counter[str] = field(default_factory=Counter)
    published: bool = False

    def as_object(self) -> dict[str, object]:
        """For scripts."""
        rows = {t: {"before": n, "after": self.after[t], "same": self.same[t]} for t, n in self.before.items()}
        return {
            "run_id": self.run_id, "versions": self.versions, "failed": self.failed, "published": self.published, "facts": rows
        }  # fmt: skip

    def add(self, landing: Landing, changes: list[tuple[str, int, int, int]]) -> None:
        """Count a batch."""
        self.versions += len(landing.extraction)
        self.failed += sum(row.error is not None for row in landing.extraction)
        for table, before, after, same in changes:
            self.before[table] += before
            self.after[table] += after
            self.same[table] += same


def reprocess(
    which: Which,
    settings: Settings,
    engine: str,
    *,
    progress: Callable[[int], AbstractContextManager[Callable[[int, int], None]]] | None = None,
    say: Callable[[str], None] = lambda _text: None,
) -> Changes:
    """Read the facts of stored versions anew, and publish.

    `progress` makes, of the number of spans of batches, what is told as they are done.
    """
    check_engine(engine)
    layout = Layout(settings.data)
    lock = WriterLock(layout.live, "wirehouse reprocess", wait_s=settings.wait_s, on_wait=say)
    noted = {**asdict(which), "stage": "extract", "engine": engine, "workers": settings.workers}
    with Store(layout, lock, flow="reprocess", arguments=noted, code_version=VERSION) as store, Pool(settings.workers) as pool:
        changes = Changes(store.run_id)
        spans = store.batches_to_extract()
        flying: deque[Versions] = deque()
        with progress(len(spans)) if progress else nullcontext(lambda _spans, _items: None) as told:
            for result in pool.extracted(_works(store, spans, which, engine, flying)):
                read, versions = result(), flying.popleft()
                if versions:
                    landing = Landing()
                    link_facts([(*key, facts) for key, facts in zip(versions, read, strict=True)], store, landing)
                    changes.add(landing, store.replace_facts(landing))
                told(1, len(versions))
                store.breathe()
        store.end()
        changes.published = store.publish() is not None
    return changes


def _works(store: Store, spans: list[tuple[int, int]], which: Which, engine: str, flying: deque[Versions]) -> Iterator[Bodies]:
    """The texts of each span of batches; which versions they are of waits in `flying`."""
    for span in spans:
        rows = store.to_extract(
            span, source=which.source, since=which.since, ids=which.ids, stale=which.stale, extractor=extractor(engine)
        )
        flying.append([(article_id, version) for article_id, version, *_ in rows])
        yield Bodies(tuple(replace(Body(*row[2:9]), fields=_fields(row[9])) for row in rows), engine)


def _fields(fields: list[list[Any]] | None) -> tuple[HeadField, ...]:
    return tuple(HeadField(name, text, part, int(start), int(end)) for name, text, part, start, end in fields or ())
