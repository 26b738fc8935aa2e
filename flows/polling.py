"""A poll: feeds asked all at once, read as they come, and landed together with the pages that complete them.

fetch (feeds, then pages of their teasers) → refine → judge → land, then publish. The network runs in a thread of its own; a
feed that hangs holds up no other. A feed's new state commits with its entries: a crash repeats a poll, and loses nothing.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from datetime import timedelta
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from flows.harvest import PollTally, harvest
from flows.journey import Step, at_once, note
from flows.pool import Pool
from flows.refine import Refined, Work
from flows.relate import Relations
from flows.visits import Errand, Visit
from tasks.fetch.secrets import filled, redacted
from tasks.fetch.web import Answer, Ask, Terms, Web
from warehouse.errors import UsageError
from warehouse.models import Landing, RobotsRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from flows.settings import Settings
    from tasks.types import FeedSource
    from warehouse.models import FeedRow
    from warehouse.store import Store

HEARTBEAT_S = 0.2  # how long to wait for an answer before what is in flight is looked at
BATCH = 100  # feeds that land together
BATCH_ARTICLES = 500
PATIENCE_S = 1.0  # how long a feed that is ready waits for others to land with
PAGES = 40  # pages of one feed that are fetched in one poll; the others follow with the next ones
RECENT = timedelta(days=30)  # how long an entry that vanished is known by its print
ROBOTS = timedelta(days=1)  # how long a robots.txt holds (RFC 9309 §2.4)


def poll(
    store: Store,
    feeds: list[tuple[FeedSource, FeedRow]],
    settings: Settings,
    terms: Terms,
    *,
    step: Step = at_once,
    progress: Callable[[int, int], None] = lambda _feeds, _items: None,
) -> PollTally:
    """Ask the feeds and land what they bring into the open store, and publish. `progress` is told of feeds and items."""
    started = monotonic()
    tally = PollTally(store.run_id, feeds=len(feeds))
    robots = {row.host: row.text for row in store.robots(terms.clock() - ROBOTS) if row.text is not None}
    with Web(terms, robots) as web, Pool(settings.workers) as pool:
        rounds = Rounds(store, settings, web, step, tally)
        rounds.ask(feeds)
        for result in pool.refined(rounds.works()):
            rounds.take(result)
            _land(rounds, store, step, tally, progress)
            store.breathe(idle=rounds.idle)
        _land(rounds, store, step, tally, progress)
    tally.books = store.end()
    tally.published = step("publish", partial(store.publish, sparing=settings.sparing)) is not None
    tally.seconds = round(monotonic() - started, 3)
    return tally


def _land(rounds: Rounds, store: Store, step: Step, tally: PollTally, progress: Callable[[int, int], None]) -> None:
    """Land the visits that are ready, in batches."""
    while ready := rounds.ready():
        landing = step("judge", partial(rounds.judged, ready))
        step("land", partial(store.land, landing, [kept for visit in ready for kept in visit.kept]))
        note(landing, tally)
        progress(len(ready), landing.items)


class Rounds:
    """The feeds of one poll, and where each of them is: asked, being read, waiting for pages, or ready to land."""

    def __init__(self, store: Store, settings: Settings, web: Web, step: Step, tally: PollTally) -> None:
        self.store, self.web, self.step, self.tally, self.clock = store, web, step, tally, web.terms.clock
        self.relations = Relations(store, settings)
        self._asked: dict[int, tuple[FeedSource, FeedRow] | Errand] = {}
        self._next_key = 0
        self._pages: dict[str, list[Errand]] = {}  # by address, those that wait for one page
        self._flying: deque[list[Visit | Errand]] = deque()  # what each work in the pool is about
        self._waiting = 0  # visits whose pages have not all come
        self._ready: list[Visit] = []
        self._oldest = 0.0  # when the first of those that are ready became so
        self._silent = {gap.source: gap for gap in store.open_gaps() if gap.kind == "silent"}
        self._noted: set[str] = set()  # hosts whose robots.txt has been landed

    def ask(self, feeds: Iterable[tuple[FeedSource, FeedRow]]) -> None:
        """Ask for every feed: with validators, unless entries of it wait for their pages."""
        unfinished = self.store.retries(self.clock())
        for source, state in feeds:
            try:
                url = filled(source.feed) if state.url == state.declared_url else state.url
            except UsageError as error:
                ask = Ask(redacted(source.feed), "feed")
                self._is_ready(Visit(source, state, Answer(ask, self.clock(), "bad_url", url=ask.url, detail=str(error))))
                continue
            if source.name in unfinished:
                state = state._replace(body_hash=None)  # noqa: PLW2901  it is read again, though it may be the same
            validators = (state.etag, state.last_modified) if state.body_hash else ()
            self._ask(Ask(url, "feed", 0, *validators), (source, state))

    def works(self) -> Iterator[Work]:
        """What is to be refined, as it comes; an empty work when nothing has come for a moment."""
        while self._busy:
            answers = self.web.answers(HEARTBEAT_S if self.web.open else 0.0)
            items = self.step("fetch", partial(self._arrived, answers)) if answers else []
            self._flying.append(items)
            payloads = tuple(i.payload(self.clock()) for i in items)
            yield Work({i.source.name: i.source for i in items}, payloads, engine=self.relations.settings.engine)

    def take(self, result: Callable[[], list[Refined]]) -> None:
        """The results of the oldest work in flight: pages are asked for, and visits that are complete become ready."""
        items = self._flying.popleft()
        refined = self.step("refine", result) if items else result()
        for item, outcome in zip(items, refined, strict=True):
            if isinstance(item, Visit):
                item.refined = outcome
                self._want_pages(item)
            else:
                self._page_came(item, outcome)

    def ready(self) -> list[Visit]:
        """Visits to be landed now, if there are enough of them or they have waited long enough."""
        articles = sum(len(v.refined.outcomes) for v in self._ready if v.refined)
        enough = len(self._ready) >= BATCH or articles >= BATCH_ARTICLES
        if self._busy and not enough and monotonic() - self._oldest < PATIENCE_S:
            return []
        batch, self._ready = self._ready[:BATCH], self._ready[BATCH:]
        return batch

    def judged(self, visits: list[Visit]) -> Landing:
        """The rows of visits, and the robots.txt that were learned."""
        now = self.clock()
        landing = harvest(visits, self.store, self.relations, self._silent, self.tally, now)
        fresh = {host: text for host, text in self.web.learned.copy().items() if host not in self._noted}
        self._noted.update(fresh)
        landing.robots += [RobotsRow(host, text, now) for host, text in fresh.items()]
        return landing

    @property
    def idle(self) -> bool:
        """Whether there is nothing to do but to wait for the network."""
        return not self._ready and not any(self._flying)

    @property
    def _busy(self) -> bool:
        """Whether more may come. Empty works in flight do not count: they would keep each other going."""
        return bool(self.web.open or self._waiting or any(self._flying))

    def _ask(self, ask: Ask, about: tuple[FeedSource, FeedRow] | Errand) -> None:
        self._asked[self._next_key] = about
        self.web.ask(replace(ask, key=self._next_key))
        self._next_key += 1

    def _arrived(self, answers: list[Answer]) -> list[Visit | Errand]:
        """Those that have a body to be read; the others go on at once."""
        visits: list[Visit] = []
        errands: list[Errand] = []
        for answer in answers:
            about = self._asked.pop(answer.ask.key)
            if isinstance(about, Errand):
                answer = self._restored(answer, about)  # noqa: PLW2901
                for errand in self._pages.pop(answer.ask.url, [about]):
                    errand.answer = answer
                    if answer.outcome == "ok":
                        errands.append(errand)
                    else:
                        self._page_came(errand, None)
            else:
                visit = Visit(*about, answer)
                if visit.has_body():
                    visits.append(visit)
                else:
                    self._is_ready(visit)
        known = self.store.known_entries((v.source.name for v in visits), self.clock() - RECENT)
        for visit in visits:
            visit.known = known[visit.source.name]
        return [*visits, *errands]

    def _want_pages(self, visit: Visit) -> None:
        """Ask for the pages of teasers, the first ones of the feed; the others are tried with the next poll."""
        assert visit.refined is not None, "it was read"
        wanted = [(n, entry, entry.url) for n, entry in enumerate(visit.refined.wanted) if entry is not None and entry.url]
        visit.failed.update((n, "deferred") for n, _, _ in wanted[PAGES:])
        pages = self.store.known_pages(redacted(url) for _, _, url in wanted[:PAGES])
        for n, entry, url in wanted[:PAGES]:
            known = pages.get(redacted(url))
            validators = (known.etag, known.last_modified) if known else ()
            errand = Errand(visit, n, entry, known)
            visit.asked += 1
            if url in self._pages:  # another feed has it, too
                self._pages[url].append(errand)
            else:
                self._pages[url] = [errand]
                self._ask(Ask(url, "page", 0, *validators), errand)
        if visit.asked:
            self._waiting += 1
        else:
            self._is_ready(visit)

    def _restored(self, answer: Answer, errand: Errand) -> Answer:
        """A page that did not change comes out of the archive."""
        if answer.outcome != "unchanged" or errand.validators is None:
            return answer
        body = self.store.bytes_of(errand.validators.raw_id)
        if body is None:
            return replace(answer, outcome="cut", detail="it did not change, but its bytes are not in the archive")
        return replace(answer, outcome="ok", body=body, media_type=answer.media_type or "text/html")

    def _page_came(self, errand: Errand, refined: Refined | None) -> None:
        """A page has come, or will not."""
        what = errand.visit.page_came(errand, refined.outcomes[0] if refined else None)
        self.tally.pages[what] += what != "deferred"
        if not errand.visit.asked:
            self._waiting -= 1
            self._is_ready(errand.visit)

    def _is_ready(self, visit: Visit) -> None:
        if not self._ready:
            self._oldest = monotonic()
        self._ready.append(visit)
