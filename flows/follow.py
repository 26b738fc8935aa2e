"""Following folders: what is dropped into them is read as soon as it rests, and published.

The process stays, so that models and the stories of the last days need not be read again for each file. The writer's lock is
held only while there is something to land. A few files are a run of their own; a burst becomes a few long ones. What a failed
run was to read is read by a later one.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from flows.dropped import Dropped
from flows.journey import journey
from flows.plain import columns, tell_watches
from flows.refine import Bodies, extract
from flows.relate import Relations
from flows.report import in_one_line
from flows.settings import VERSION, check_engine
from flows.sources import followed, load_all
from flows.watching import Watching
from tasks.extract.facts import Body
from tasks.fetch.secrets import redacted
from warehouse.errors import NoWarehouse, QueryError, StoreError, UsageError
from warehouse.layout import Layout
from warehouse.lock import WriterLock
from warehouse.models import SourceRow
from warehouse.query import look_up, reading
from warehouse.store import Store

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from flows.journey import Tally
    from flows.settings import Settings
    from flows.sources import Asked
    from tasks.types import Source

TICK_S = 0.2  # how soon we notice that we should end,
LOOK_S = 1.0  # ... that folders came or went, or that a source was declared
SWEEP_S, SWEEP_TIMES = 30.0, 100  # the folders are looked through every so many seconds, or so many times as long as it takes
RUN_S = 20.0  # that a run goes on taking files
LEAD_S = 1.0  # at most so long before it may be published a run begins, to be done by then
MANY = 100  # files at rest that are read though they may not be published yet
BACK_OFF_S, MOST_BACK_OFF_S = 2.0, 60.0  # after a failed run


class Memory(NamedTuple):
    """What a run knew of the past, good for the next one if nobody else wrote in between."""

    run_id: str
    relations: Relations


@dataclass(slots=True)
class Follower:
    """The folders that are followed, and where we are with them."""

    arguments: Sequence[str]
    settings: Settings
    say: Callable[[str], None]
    stop: Callable[[], bool]
    layout: Layout
    dropped: Dropped
    watching: Watching
    used: list[SourceRow]
    declared: list[Source] = field(default_factory=list)
    signature: list[tuple[str, int]] | None = None  # of the TOML files that declare them
    memory: Memory | None = None
    looked_at: float = 0.0  # moments of time.monotonic()
    swept_at: float = 0.0
    sweep_again: float = 0.0
    may_run: float = 0.0
    may_publish: float = 0.0
    lead_s: float = 0.0  # what the last run took before it published
    owes: bool = False  # readers lack something that landed
    failures: int = 0
    read: set[str] = field(default_factory=set)  # sources whose folder was read as a whole
    complaints: set[str] = field(default_factory=set)  # what was told; nothing is told twice

    def turn(self) -> None:
        """Look, wait a moment for something to happen, and land what rests."""
        now = time.monotonic()
        if now - self.looked_at >= LOOK_S:
            self._look()
        if now >= self.sweep_again:
            self._sweep()
        for told in self.watching.told(self.dropped.next_look(TICK_S)):
            self.dropped.notice(told.path, written=told.written, added=told.added)
            if told.path.parent == self.layout.sources:
                self.looked_at = 0.0
        self.dropped.settle()
        if self._is_time():
            self._try()

    # ── inside ──

    def _look(self) -> None:
        """Which folders there are to follow now."""
        self.looked_at = time.monotonic()
        signature = sorted((p.name, p.stat().st_mtime_ns) for p in self.layout.sources.glob("*.toml"))
        if signature != self.signature:
            self.declared = load_all(self.layout.sources, self._complain, there=False)
            self.signature = signature
        try:
            asked = followed(self.arguments, self.declared, self.used)
        except UsageError as error:  # what was named has become something else
            self._complain(str(error))
            return
        if not asked:
            self._complain(f"no folder is known yet: put a source's TOML into {self.layout.sources}")
        ours = frozenset({self.layout.data.resolve()})  # what we wrote ourselves is no news
        self.dropped.asked = [replace(a, without=a.without | ours) for a in asked]
        folders = [a.only or a.source.folder for a in asked]
        if self.watching.look([*folders, *([self.layout.sources] if self.layout.sources.is_dir() else [])]):
            self.sweep_again = 0.0
        self.read &= {a.source.name for a in asked if self.watching.has(a.only or a.source.folder)}

    def _sweep(self) -> None:
        began, since = time.monotonic(), self.swept_at
        self.swept_at = time.time()
        self.dropped.sweep(since or self.swept_at)
        self.sweep_again = time.monotonic() + max(SWEEP_S, SWEEP_TIMES * (time.monotonic() - began))

    def _unread(self) -> list[Asked]:
        """Sources whose folders have not been read as a whole yet: what lies there already is read without waiting for news."""
        before = time.time() - self.dropped.rest_s
        return [
            replace(a, before=before)
            for a in self.dropped.asked
            if a.source.name not in self.read and self.watching.has(a.only or a.source.folder)
        ]

    def _is_time(self) -> bool:
        now, ready = time.monotonic(), self.dropped.ready
        if now < self.may_run:
            return False
        return bool(self._unread()) or ready >= MANY or (now >= self.may_publish - self.lead_s and (ready > 0 or self.owes))

    def _try(self) -> None:
        """A run; if it fails, another one later."""
        taken: list[Path] = []
        unread = self._unread()
        whole = {a.source.name for a in unread}
        ends = time.monotonic() + RUN_S

        def files(ready: deque[Path]) -> Iterator[Path]:
            while ready and time.monotonic() < ends and not self.stop():
                taken.append(ready.popleft())
                yield taken[-1]

        asked = unread + [replace(a, files=files(ready)) for a, ready in self.dropped.waiting() if a.source.name not in whole]
        try:
            tally = self._run(asked)
        except Exception as error:  # noqa: BLE001  a run may fail of anything; the follower goes on, and it is tried again
            self.dropped.again(taken)
            self.memory = None
            self.failures += 1
            wait_s = min(MOST_BACK_OFF_S, BACK_OFF_S * 2 ** (self.failures - 1))
            self.may_run = time.monotonic() + wait_s
            if not self.stop():
                self.say(f"{redacted(str(error)) or type(error).__name__}. Trying again in {wait_s:g} s")
            return
        self.failures = 0
        if not self.stop():
            self.read |= whole
        if tally.books.fetched - tally.unchanged.seen - tally.unchanged.rejected:
            self.say(in_one_line(tally))
        for stuck in tally.stuck:
            self._complain(stuck)
        if tally.published:
            tell_watches(self.settings, self.say)

    def _run(self, asked: list[Asked]) -> Tally:
        lock = WriterLock(
            self.layout.live, " ".join(["wirehouse follow", *map(redacted, self.arguments)]), urgency="live",
            wait_s=self.settings.wait_s, on_wait=self.say, stop=self.stop,
        )  # fmt: skip
        noted = {"what": [redacted(a) for a in self.arguments], "workers": self.settings.workers}
        with Store(self.layout, lock, flow="follow", arguments=noted, code_version=VERSION) as store:
            store.use_sources(columns(a.source) for a in asked)
            self.used = store.sources()
            relations = self._relations(store)
            tally = journey(store, asked, self.settings, relations=relations, stop=self.stop)
            self.owes, wait_s = store.publication_due()
            if self.owes and wait_s <= LEAD_S and not self.stop():  # it was done a little early
                time.sleep(wait_s)
                tally.published |= store.publish(sparing=True) is not None
                self.owes, wait_s = store.publication_due()
            self.lead_s = min(LEAD_S, tally.seconds)
            self.may_publish = time.monotonic() + wait_s
            self.memory = Memory(store.run_id, relations) if relations.is_current() else None
        return tally

    def _relations(self, store: Store) -> Relations:
        """What the last run knew of the stories, if nobody wrote since; else what the store knows."""
        if self.memory is None or store.previous_run != self.memory.run_id:
            return Relations(store, self.settings)
        self.memory.relations.go_on_in(store)
        return self.memory.relations

    def _complain(self, text: str) -> None:
        """Say it once."""
        if text not in self.complaints:
            self.complaints.add(text)
            self.say(text)


def follow(
    arguments: Sequence[str], settings: Settings, say: Callable[[str], None], stop: Callable[[], bool], *, rest_s: float
) -> None:
    """Read what lies in the folders of the sources named, or of all that are known, and what is dropped there, until `stop`.

    A file is read when it has not changed for `rest_s` seconds. Raises UsageError for arguments that name no folder.
    """
    check_engine(settings.engine)
    layout = Layout(settings.data)
    used = _used(layout)
    followed(arguments, load_all(layout.sources, lambda _text: None, there=False), used)
    follower = Follower(arguments, replace(settings, sparing=True), say, stop, layout, Dropped(rest_s), Watching(say), used)
    if settings.engine is not None:
        _warm(settings.engine)
    try:
        while not stop():
            follower.turn()
    finally:
        follower.watching.end()


def _warm(engine: str) -> None:
    """Load what reading needs, so that the first file need not wait for it."""
    from flows import warm  # noqa: F401, PLC0415  it takes a second or two

    extract(Bodies((Body("Officials in Nairobi said on Friday that Ada Brink would lead the talks.", language="en"),), engine))


def _used(layout: Layout) -> list[SourceRow]:
    """The sources that were read before, as the published warehouse has them."""
    try:
        with reading(layout) as con:
            return [SourceRow(**row) for row in look_up(con, "sources")]
    except (NoWarehouse, StoreError, QueryError):  # a warehouse of an older version: the first run brings it up to date
        return []
