"""A poll: feeds asked all at once, read as they come, and landed together with the pages that complete them.

fetch (feeds, then pages of their teasers) → refine → judge → land, then publish. The network runs in a thread of its own; a
feed that hangs holds up no other. A feed's new state commits with its entries: a crash repeats a poll, and loses nothing.
"""

from __future__ import annotations

import random
from collections import Counter, deque
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from hashlib import sha256
from time import monotonic
from typing import TYPE_CHECKING

from flows.journey import Step, Tally, at_once, note
from flows.pool import Pool
from flows.refine import Refined, Work
from tasks import gaps
from tasks.clean.teaser import is_teaser
from tasks.fetch.secrets import bare, filled, redacted
from tasks.fetch.web import Answer, Ask, Terms, Web
from tasks.health import GOOD, PARTIAL, Round, after
from tasks.judge import judge, keys
from tasks.land import land, refuse
from tasks.types import Payload, Polled, Reject
from warehouse.archive import Kept
from warehouse.models import EntryRow, FetchRow, GapRow, Landing, PageRow, RobotsRow, hash64

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    from flows.settings import Settings
    from tasks.judge import Verdict
    from tasks.types import Article, FeedSource, Item, Print
    from warehouse.models import FeedRow, KnownEntry, KnownPage, Past
    from warehouse.store import Store

HEARTBEAT_S = 0.2  # how long to wait for an answer before what is in flight is looked at
BATCH = 100  # feeds that land together
BATCH_ARTICLES = 500
PATIENCE_S = 1.0  # how long a feed that is ready waits for others to land with
PAGES = 40  # pages of one feed that are fetched in one poll; the others follow with the next ones
RECENT = timedelta(days=30)  # how long an entry that vanished is known by its print
ROBOTS = timedelta(days=1)  # how long a robots.txt holds (RFC 9309 §2.4)
RETRY = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6), timedelta(hours=24))  # of a page that could not be had
FINAL = frozenset({"robots", "gone", "blocked", "bad_url", "no_article"})  # outcomes after which a page is not asked for again


@dataclass(slots=True)
class Visit:
    """A feed on its way through a poll."""

    source: FeedSource
    state: FeedRow
    answer: Answer
    known: Mapping[int, KnownEntry] = field(default_factory=dict)
    raw_id: str | None = None
    refined: Refined | None = None
    better: dict[int, tuple[Article, Print]] = field(default_factory=dict)  # outcome → the same article with its page's text
    failed: dict[int, str] = field(default_factory=dict)  # outcome → why its page could not be had
    asked: int = 0  # pages that have not come yet
    kept: list[Kept] = field(default_factory=list)
    fetches: list[FetchRow] = field(default_factory=list)  # of pages
    pages: list[PageRow] = field(default_factory=list)


@dataclass(slots=True)
class Errand:
    """A page on its way: the entry that it completes."""

    visit: Visit
    n: int  # which of the visit's outcomes
    entry: Item
    validators: KnownPage | None = None
    answer: Answer | None = None


@dataclass(slots=True)
class PollTally(Tally):
    """What a poll did."""

    feeds: int = 0  # asked
    outcomes: Counter[str] = field(default_factory=Counter)  # of the feeds
    pages: Counter[str] = field(default_factory=Counter)  # outcomes of pages
    troubles: list[FeedRow] = field(default_factory=list)  # feeds that did not work
    gaps: list[GapRow] = field(default_factory=list)  # that opened in this poll

    @property
    def answered(self) -> int:
        """Feeds that worked."""
        return sum(self.outcomes[outcome] for outcome in GOOD)


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
        rounds = Rounds(store, web, step, tally)
        rounds.ask(feeds)
        for result in pool.refined(rounds.works()):
            rounds.take(result)
            while ready := rounds.ready():
                landing = step("judge", partial(rounds.judged, ready))
                step("land", partial(store.land, landing, [kept for visit in ready for kept in visit.kept]))
                note(landing, tally)
                progress(len(ready), landing.items)
            store.breathe()
    tally.books = store.end()
    tally.published = step("publish", store.publish) is not None
    tally.seconds = round(monotonic() - started, 3)
    return tally


class Rounds:
    """The feeds of one poll, and where each of them is: asked, being read, waiting for pages, or ready to land."""

    def __init__(self, store: Store, web: Web, step: Step, tally: PollTally) -> None:
        self.store, self.web, self.step, self.clock, self.tally = store, web, step, web.clock, tally
        self._asked: dict[int, tuple[FeedSource, FeedRow] | Errand] = {}
        self._flying: deque[list[Visit | Errand]] = deque()  # what each work in the pool is about
        self._ready: list[Visit] = []
        self._oldest = 0.0  # when the first of those that are ready became so
        self._waiting = 0  # visits whose pages have not all come
        self._gaps = {gap.source: gap for gap in store.open_gaps() if gap.kind == "silent"}
        self._noted: set[str] = set()  # hosts whose robots.txt has been landed

    def ask(self, feeds: Iterable[tuple[FeedSource, FeedRow]]) -> None:
        """Ask for every feed; with validators, unless entries of it wait for their pages."""
        unfinished = self.store.retries(self.clock())
        for source, state in feeds:
            url = filled(source.feed) if state.url == state.declared_url else state.url
            fresh = source.name in unfinished or state.body_hash is None
            self._ask(Ask(url, "feed", 0, *(() if fresh else (state.etag, state.last_modified))), (source, state))

    def works(self) -> Iterator[Work]:
        """What is to be refined, as it comes; an empty work when nothing has come for a moment."""
        while self.web.open or self._waiting or any(self._flying):
            answers = self.web.answers(HEARTBEAT_S if self.web.open else 0.0)
            items = self.step("fetch", partial(self._arrived, answers)) if answers else []
            self._flying.append(items)
            sources = [i.source if isinstance(i, Visit) else i.visit.source for i in items]
            yield Work({s.name: s for s in sources}, tuple(map(self._payload, items)))

    def take(self, result: Callable[[], list[Refined]]) -> None:
        """The results of the oldest work in flight: pages are asked for, and visits that are complete become ready."""
        items = self._flying.popleft()
        refined = self.step("refine", result) if items else result()
        for item, outcome in zip(items, refined, strict=True):
            if isinstance(item, Visit):
                item.refined = outcome
                self._want_pages(item)
            else:
                self._read_page(item, outcome)

    def ready(self) -> list[Visit]:
        """Visits to be landed now, if there are enough of them or they have waited long enough."""
        if not self._ready:
            return []
        articles = sum(len(v.refined.outcomes) for v in self._ready if v.refined)
        done = not (self.web.open or self._waiting or any(self._flying))
        if done or len(self._ready) >= BATCH or articles >= BATCH_ARTICLES or monotonic() - self._oldest >= PATIENCE_S:
            batch, self._ready = self._ready[:BATCH], self._ready[BATCH:]
            return batch
        return []

    # ── fetch ──

    def _ask(self, ask: Ask, about: tuple[FeedSource, FeedRow] | Errand) -> None:
        key = len(self._asked)
        self._asked[key] = about
        self.web.ask(replace(ask, key=key))

    def _arrived(self, answers: list[Answer]) -> list[Visit | Errand]:
        """Those that have a body to be read; the others go on at once."""
        bodies: list[Visit | Errand] = []
        for answer in answers:
            about = self._asked[answer.ask.key]
            self._asked[answer.ask.key] = None  # type: ignore[assignment]  # it may hold a long text
            if isinstance(about, Errand):
                about.answer = self._restored(answer, about)
                if about.answer.outcome == "ok":
                    bodies.append(about)
                else:
                    self._done(about, None)
            else:
                visit = Visit(*about, answer)
                if _has_body(visit):
                    bodies.append(visit)
                else:
                    self._is_ready(visit)
        visits = [b for b in bodies if isinstance(b, Visit)]
        known = self.store.known_entries((v.source.name for v in visits), self.clock() - RECENT)
        for visit in visits:
            visit.known = known[visit.source.name]
        return bodies

    def _payload(self, item: Visit | Errand) -> Payload:
        """What a worker is given of a visit or an errand."""
        if isinstance(item, Errand):
            assert item.answer is not None, "its answer has come"
            answer, source, about = item.answer, item.visit.source, item.entry
            raw_id = sha256(answer.body).hexdigest()
            return _payload(source.name, answer, raw_id, entry=about)
        assert item.raw_id is not None, "it has a body"
        now = self.clock()
        settled = {p: e for p, e in item.known.items() if e.retry_at is None or e.retry_at > now}
        listed = frozenset(p for p, e in settled.items() if e.vanished_at is None)
        polled = Polled(listed, frozenset(settled.keys() - listed), item.source.full_text, whole=item.answer.outcome == "ok")
        return _payload(item.source.name, item.answer, item.raw_id, polled=polled)

    def _want_pages(self, visit: Visit) -> None:
        """Ask for the pages of teasers, the first ones of the feed; the others are tried with the next poll."""
        assert visit.refined is not None, "it was read"
        wanted = [(n, entry) for n, entry in enumerate(visit.refined.wanted) if entry is not None]
        visit.failed.update((n, "deferred") for n, _ in wanted[PAGES:])
        pages = self.store.known_pages(redacted(entry.url or "") for _, entry in wanted[:PAGES])
        for n, entry in wanted[:PAGES]:
            url = entry.url or ""
            errand = Errand(visit, n, entry, pages.get(redacted(url)))
            sent = (errand.validators.etag, errand.validators.last_modified) if errand.validators else ()
            self._ask(Ask(url, "page", 0, *sent), errand)
            visit.asked += 1
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

    def _read_page(self, errand: Errand, refined: Refined) -> None:
        [outcome] = refined.outcomes
        self._done(errand, outcome)

    def _done(self, errand: Errand, outcome: tuple[Article, Print] | Reject | None) -> None:
        """A page has come, or will not."""
        visit, answer = errand.visit, errand.answer
        assert answer is not None, "its answer has come"
        raw_id = sha256(answer.body).hexdigest() if answer.outcome == "ok" else None
        what, detail = str(answer.outcome), answer.detail
        if isinstance(outcome, Reject):
            what, detail = "no_article", outcome.detail
        elif outcome is not None:
            visit.better[errand.n] = outcome
        if outcome is None or isinstance(outcome, Reject):
            visit.failed[errand.n] = what
        fresh = answer.status != 304
        if raw_id is not None and fresh:
            visit.kept.append(_kept(answer, raw_id))
            if answer.etag or answer.last_modified:
                url = redacted(answer.ask.url)
                visit.pages.append(PageRow(url, hash64(url), answer.etag, answer.last_modified, raw_id, answer.at))
        if answer.outcome != "deferred":
            self.tally.pages[what] += 1
            visit.fetches.append(_fetch_row(visit.source.name, answer, what, detail, raw_id))
        visit.asked -= 1
        if not visit.asked:
            self._waiting -= 1
            self._is_ready(visit)

    def _is_ready(self, visit: Visit) -> None:
        if not self._ready:
            self._oldest = monotonic()
        self._ready.append(visit)

    # ── judge ──

    def judged(self, visits: list[Visit]) -> Landing:
        """The rows of these feeds: verdicts on their entries, their new states, what was fetched."""
        landing = Landing(payloads=len(visits))
        visits = [v for v in visits if not self._deferred(v)]
        results = [_results(v) for v in visits]
        past = self.store.past(key for found in results for o in found if not isinstance(o, Reject) for key in keys(*o))
        seen = [self._land(visit, found, past, landing) for visit, found in zip(visits, results, strict=True)]
        self._judge_silences(seen, landing)
        fresh = {host: text for host, text in self.web.learned.copy().items() if host not in self._noted}
        self._noted.update(fresh)
        landing.robots += [RobotsRow(host, text, self.clock()) for host, text in fresh.items()]
        return landing

    def _deferred(self, visit: Visit) -> bool:
        """Whether a feed was not asked after all: nothing is known of it that was not known before."""
        deferred = visit.answer.outcome == "deferred"
        self.tally.outcomes["deferred"] += deferred
        return deferred

    def _land(
        self, visit: Visit, results: list[tuple[Article, Print] | Reject], past: Past, landing: Landing
    ) -> tuple[FeedRow, FeedRow, Round]:
        """Add a feed's rows; returns its state before and after, and what this poll saw."""
        source, refined = visit.source.name, visit.refined or Refined(0, ())
        verdicts: list[Verdict | None] = []
        for outcome in results:
            if isinstance(outcome, Reject):
                refuse(outcome, landing)
                verdicts.append(None)
            else:
                verdicts.append(judge(*outcome, past))
                land(*outcome, verdicts[-1], landing)  # type: ignore[arg-type]  # it was just appended
        vanished = self._entries(visit, refined, verdicts, landing)
        counts = Counter(v.kind if v else "rejected" for v in verdicts)
        known = Counter("refused" if visit.known[p].article_id is None else "seen" for p in refined.known)
        what, detail = _outcome(visit)
        seen = _round(visit, what, detail, counts["new"], results)
        state = after(visit.state, seen, random.uniform(-1, 1))  # noqa: S311  spreads polls, keeps no secret
        raw_id = visit.raw_id if visit.answer.body else None
        landing.fetch.append(
            _fetch_row(source, visit.answer, what, detail, raw_id)._replace(
                n_items=refined.items, n_known=known["seen"], n_refused=known["refused"], n_new=counts["new"],
                n_revised=counts["revised"], n_seen=counts["seen"], n_rejected=counts["rejected"], n_vanished=vanished,
                next_at=state.next_at,
            )
        )  # fmt: skip
        landing.fetch += visit.fetches
        landing.page += visit.pages
        landing.feed.append(state)
        landing.items += refined.items
        if results and raw_id is not None:
            visit.kept.append(_kept(visit.answer, raw_id))
        self.tally.outcomes[what] += 1
        if what not in GOOD:
            self.tally.troubles.append(state)
        return visit.state, state, seen

    def _entries(self, visit: Visit, refined: Refined, verdicts: list[Verdict | None], landing: Landing) -> int:
        """The feed's list of entries as it stands now; returns how many it no longer has."""
        at, source = visit.answer.at, visit.source.name
        rows: dict[int, EntryRow] = {}
        for n, (entry_print, verdict) in enumerate(zip(refined.prints, verdicts, strict=True)):
            before = visit.known.get(entry_print)
            tries, retry_at = _retry(visit, n, at, before.tries if before else 0)
            article_id = verdict.article_id if verdict else None
            rows[entry_print] = EntryRow(source, entry_print, article_id, before.seen_at if before else at, None, tries, retry_at)
        for entry_print in refined.known:
            before = visit.known[entry_print]
            if before.vanished_at is not None and entry_print not in rows:  # it is back
                rows[entry_print] = EntryRow(source, entry_print, *before._replace(vanished_at=None))
        vanished = []
        if refined.feed is not None and refined.feed.broken is None and visit.answer.outcome == "ok":
            here = {*refined.known, *refined.prints}
            vanished = [p for p, e in visit.known.items() if p not in here and e.vanished_at is None]
        for entry_print in vanished:
            before = visit.known[entry_print]
            rows[entry_print] = EntryRow(source, entry_print, *before._replace(vanished_at=at, retry_at=None))
        landing.entry += rows.values()
        return len(vanished)

    def _judge_silences(self, seen: list[tuple[FeedRow, FeedRow, Round]], landing: Landing) -> None:
        """Open a gap for each feed that is silent against its past, and close those of feeds that have news again."""
        suspects: list[FeedRow] = []
        for before, state, found in seen:
            if found.new and (gap := self._gaps.pop(state.source, None)):
                landing.gap.append(gap._replace(closed_at=found.at))
            elif not found.new and state.source not in self._gaps and gaps.may_be_silent(state, found.at):
                suspects.append(state)
            if lost := gaps.overrun(before, found.at, found.listed, found.new):
                landing.gap.append(lost)
                self.tally.gaps.append(lost)
        pasts = self.store.volumes([s.source for s in suspects], gaps.since(self.clock())) if suspects else {}
        for state in suspects:
            past = {hour: gaps.Hour(*found) for hour, found in pasts[state.source].items()}
            if opened := gaps.silence(state, past, state.polled_at or self.clock()):
                self._gaps[state.source] = opened
                landing.gap.append(opened)
                self.tally.gaps.append(opened)


def _has_body(visit: Visit) -> bool:
    """Whether there is something to be read; also notes the body's hash. The same bytes as last time are no news."""
    answer = visit.answer
    if answer.outcome != "ok" and not (answer.outcome in PARTIAL and answer.body):
        return False
    visit.raw_id = sha256(answer.body).hexdigest()
    conditional = bool(answer.ask.etag or answer.ask.last_modified)
    if answer.outcome == "ok" and visit.raw_id == visit.state.body_hash and (conditional or visit.state.etag is None):
        visit.answer = replace(answer, outcome="unchanged", detail="the same bytes as before")
        return False
    return True


def _payload(source: str, answer: Answer, raw_id: str, *, polled: Polled | None = None, entry: Item | None = None) -> Payload:
    return Payload(
        source=source, path=redacted(answer.ask.url), uri=bare(answer.url), data=answer.body, raw_id=raw_id, fetched_at=answer.at,
        size=len(answer.body), media_type=answer.media_type, charset=answer.charset, format="html" if entry else None,
        polled=polled, entry=entry,
    )  # fmt: skip


def _results(visit: Visit) -> list[tuple[Article, Print] | Reject]:
    """What each new entry came to: with its page's text where that is better, and marked where only a teaser is known."""
    found: list[tuple[Article, Print] | Reject] = []
    for n, outcome in enumerate(visit.refined.outcomes if visit.refined else ()):
        if n in visit.better:
            found.append(visit.better[n])
        elif n in visit.failed and not isinstance(outcome, Reject):
            article, prints = outcome
            short = article.access is None and is_teaser(article.text, cut=False)
            found.append((replace(article, access="truncated"), prints) if short else outcome)
        else:
            found.append(outcome)
    return found


def _retry(visit: Visit, n: int, at: datetime, tries: int) -> tuple[int, datetime | None]:
    """How often an entry's page was asked for in vain, and when it is asked for again."""
    why = visit.failed.get(n)
    if why is None:
        return 0, None
    if why == "deferred":
        return tries, at
    if why in FINAL or tries >= len(RETRY):
        return tries + 1, None
    return tries + 1, at + RETRY[tries]


def _outcome(visit: Visit) -> tuple[str, str | None]:
    """What came of a feed, now that its body was read."""
    answer, refined = visit.answer, visit.refined
    if answer.outcome == "gone" and answer.url not in (answer.ask.url, answer.moved_to):
        return "not_found", "it is redirected to an address that is gone"
    if answer.outcome != "ok" or refined is None:
        return answer.outcome, answer.detail
    if refined.feed is None:
        reject = next((o for o in refined.outcomes if isinstance(o, Reject)), None)
        return "not_a_feed", reject.detail if reject else "what came is no feed, as before"
    if refined.feed.broken:
        return "malformed", refined.feed.broken
    return ("ok", None) if refined.feed.listed else ("empty", None)


def _round(visit: Visit, what: str, detail: str | None, new: int, results: list[tuple[Article, Print] | Reject]) -> Round:
    answer, feed = visit.answer, visit.refined.feed if visit.refined else None
    moved = redacted(answer.moved_to) if answer.moved_to and bare(answer.moved_to) == redacted(answer.moved_to) else None
    dates = [o[0].published.at for o in results if not isinstance(o, Reject) and o[0].published]
    return Round(
        at=answer.at, outcome=what, detail=detail, moved_to=moved, retry_after_s=answer.retry_after_s, fresh_s=answer.fresh_s,
        etag=answer.etag, last_modified=answer.last_modified, body_hash=visit.raw_id, read=feed is not None and what in GOOD,
        title=feed.title if feed else None, site=feed.site if feed else None, format=feed.format if feed else None,
        ttl_s=feed.ttl_s if feed else None, listed=feed.listed if feed else 0, new=new, published=dates,
    )  # fmt: skip


def _kept(answer: Answer, raw_id: str) -> Kept:
    media = answer.media_type or "application/octet-stream"
    return Kept(
        raw_id, redacted(answer.ask.url), media, answer.at, answer.body, len(answer.body), truncated=answer.outcome in PARTIAL
    )


def _fetch_row(source: str, answer: Answer, outcome: str, detail: str | None, raw_id: str | None) -> FetchRow:
    final = redacted(answer.url) if answer.url and answer.url != answer.ask.url else None
    return FetchRow(
        source, answer.ask.kind, redacted(answer.ask.url), answer.at, round(answer.seconds, 4), outcome, answer.status, final,
        answer.media_type, len(answer.body), raw_id, answer.retry_after_s, detail,
    )  # fmt: skip
