"""Visits: a feed on its way through a poll, and the errands to the pages of its teasers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from tasks.clean.teaser import is_teaser
from tasks.fetch.secrets import bare, redacted
from tasks.fetch.web import PARTIAL, Answer
from tasks.types import Payload, Polled, Reject
from warehouse.archive import Kept
from warehouse.models import FetchRow, PageRow, hash64

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from flows.refine import Outcome, Refined
    from tasks.types import Article, FeedSource, Item, Print
    from warehouse.models import FeedRow, KnownEntry, KnownPage


@dataclass(slots=True)
class Visit:
    """A feed on its way through a poll."""

    source: FeedSource
    state: FeedRow  # before
    answer: Answer
    known: Mapping[int, KnownEntry] = field(default_factory=dict)
    raw_id: str | None = None
    refined: Refined | None = None
    better: dict[int, tuple[Article, Print]] = field(default_factory=dict)  # outcome → the same article with its page's text
    failed: dict[int, str] = field(default_factory=dict)  # outcome → why its page could not be had
    waits: dict[int, int] = field(default_factory=dict)  # outcome → seconds that its page's server asked to wait
    asked: int = 0  # pages that have not come yet
    kept: list[Kept] = field(default_factory=list)
    fetches: list[FetchRow] = field(default_factory=list)  # of pages
    pages: list[PageRow] = field(default_factory=list)

    def has_body(self) -> bool:
        """Whether there is something to be read; notes its hash. The same bytes as last time are no news."""
        answer = self.answer
        if answer.outcome != "ok" and not (answer.outcome in PARTIAL and answer.body):
            return False
        self.raw_id = sha256(answer.body).hexdigest()
        if answer.outcome == "ok" and self.raw_id == self.state.body_hash:
            self.answer = replace(answer, outcome="unchanged", detail="the same bytes as before")
            return False
        return True

    def payload(self, now: datetime) -> Payload:
        """The feed's body for a worker, with the entries that are passed over: all but those whose pages are due again."""
        assert self.raw_id is not None, "it has a body"
        settled = {p: e for p, e in self.known.items() if e.retry_at is None or e.retry_at > now}
        polled = Polled(
            known=frozenset(p for p, e in settled.items() if e.vanished_at is None and e.stamp is None),
            dated={p: e.stamp for p, e in settled.items() if e.vanished_at is None and e.stamp is not None},
            vanished=frozenset(p for p, e in settled.items() if e.vanished_at is not None),
            full_text=self.source.full_text,
            whole=self.answer.outcome == "ok",
        )
        return replace(_payload(self.source.name, self.answer, self.raw_id), polled=polled)

    def results(self) -> list[Outcome]:
        """What each new entry came to: with its page's text where that is better, and marked where only a teaser is known."""
        found: list[Outcome] = []
        for n, outcome in enumerate(self.refined.outcomes if self.refined else ()):
            if n in self.better:
                found.append(self.better[n])
            elif n in self.failed and not isinstance(outcome, Reject):
                article, prints = outcome
                short = article.access is None and is_teaser(article.text, cut=False)
                found.append((replace(article, access="truncated"), prints) if short else outcome)
            else:
                found.append(outcome)
        return found

    def outcome(self) -> tuple[str, str | None]:
        """What came of the feed, now that its body was read, and more about it."""
        answer, refined = self.answer, self.refined
        if answer.outcome == "gone" and answer.url != answer.ask.url:
            return "not_found", "it is redirected to an address that is gone"
        if answer.outcome != "ok" or refined is None:
            return answer.outcome, answer.detail
        if refined.feed is None:
            reject = next((o for o in refined.outcomes if isinstance(o, Reject)), None)
            return "not_a_feed", reject.detail if reject else "what came is no feed, as before"
        if refined.feed.broken:
            return "malformed", refined.feed.broken
        return ("ok", None) if refined.feed.listed else ("empty", None)

    def page_came(self, errand: Errand, outcome: Outcome | None) -> str:
        """Note what became of one of its pages; returns that in one word."""
        answer = errand.answer
        assert answer is not None, "its answer has come"
        what, detail = str(answer.outcome), answer.detail
        if isinstance(outcome, Reject):
            what, detail = "no_article", outcome.detail
        if outcome is None or isinstance(outcome, Reject):
            self.failed[errand.n] = what
            self.waits[errand.n] = answer.retry_after_s or 0
        else:
            self.better[errand.n] = outcome
        raw_id = sha256(answer.body).hexdigest() if answer.outcome == "ok" else None
        if raw_id is not None and answer.status != 304:
            self.kept.append(kept(answer, raw_id))
            if answer.etag or answer.last_modified:
                url = redacted(answer.ask.url)
                self.pages.append(PageRow(url, hash64(url), answer.etag, answer.last_modified, raw_id, answer.at))
        if answer.outcome != "deferred":
            self.fetches.append(fetch_row(self.source.name, answer, what, detail, raw_id))
        self.asked -= 1
        return what


@dataclass(slots=True)
class Errand:
    """A page on its way: the entry that it completes."""

    visit: Visit
    n: int  # which of the visit's outcomes
    entry: Item
    validators: KnownPage | None = None
    answer: Answer | None = None

    @property
    def source(self) -> FeedSource:
        """Whose entry it is."""
        return self.visit.source

    def payload(self, _now: datetime) -> Payload:
        """The page for a worker, with its entry."""
        assert self.answer is not None, "its answer has come"
        raw_id = sha256(self.answer.body).hexdigest()
        return replace(_payload(self.source.name, self.answer, raw_id), format="html", entry=self.entry)


def kept(answer: Answer, raw_id: str) -> Kept:
    """A body to be archived."""
    media, partial = answer.media_type or "application/octet-stream", answer.outcome in PARTIAL
    size, url = len(answer.body), redacted(answer.ask.url)
    return Kept(raw_id, url, media, answer.at, answer.body, size, truncated=partial, charset=answer.charset)


def fetch_row(source: str, answer: Answer, outcome: str, detail: str | None, raw_id: str | None) -> FetchRow:
    """A request as ops.fetch keeps it."""
    final = redacted(answer.url) if answer.url and answer.url != answer.ask.url else None
    return FetchRow(
        source, answer.ask.kind, redacted(answer.ask.url), answer.at, round(answer.seconds, 4), outcome, answer.status, final,
        answer.media_type, len(answer.body), raw_id, answer.retry_after_s, detail,
    )  # fmt: skip


def _payload(source: str, answer: Answer, raw_id: str) -> Payload:
    return Payload(
        source=source, path=redacted(answer.ask.url), uri=bare(answer.url), data=answer.body, raw_id=raw_id, fetched_at=answer.at,
        size=len(answer.body), media_type=answer.media_type, charset=answer.charset,
    )  # fmt: skip
