"""A look at an address, without the warehouse: what feed is there, or which feeds a page names, and what would land."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from flows.refine import Refined, Work, refine
from tasks.fetch.secrets import bare, filled, redacted
from tasks.fetch.web import Ask, Web
from tasks.parse.discover import Found, feeds_in, guesses
from tasks.types import FeedSource, Payload, Polled, Reject

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tasks.fetch.web import Answer, Terms
    from tasks.types import FeedFacts

TRIED = 12  # addresses of a site that are tried


@dataclass(frozen=True, slots=True)
class Probe:
    """What was found at an address. Addresses are as they are asked, with credentials where they have some."""

    url: str
    answer: Answer
    feed: FeedFacts | None = None
    refined: Refined | None = None
    others: list[Found] = field(default_factory=list)  # further feeds that the site names

    @property
    def trouble(self) -> str:
        """Why it is no feed that can be read; "" if it is one."""
        if self.answer.outcome != "ok":
            return f"{self.answer.outcome}: {self.answer.detail}" if self.answer.detail else str(self.answer.outcome)
        rejects = [o for o in self.refined.outcomes if isinstance(o, Reject)] if self.refined else []
        return "" if self.feed else rejects[0].detail if rejects else "there is no feed"


def probe(url: str, terms: Terms, source: FeedSource | None = None) -> Probe:
    """Fetch an address and read it as a feed; if it is a page, look for its site's feeds and read the first that is one."""
    source = source or FeedSource(name="check", feed=url)
    with Web(terms) as web:
        first = _read(_get(web, filled(url)), url, source)
        if first.feed is not None or first.answer.outcome != "ok":
            return first
        named = feeds_in(first.answer.body, bare(first.answer.url), first.answer.charset)
        guessed = [] if named else [Found(g, None, None) for g in guesses(bare(first.answer.url))]
        for n, candidate in enumerate([*named, *guessed][:TRIED]):
            tried = _read(_get(web, candidate.url), candidate.url, source)
            if tried.feed is not None:
                return replace(tried, others=[f for f in named[n + 1 :] if f.url != tried.url])
    return first


def _get(web: Web, url: str) -> Answer:
    web.ask(Ask(url, "feed"))
    while True:
        for answer in web.answers(1.0):
            return answer


def _read(answer: Answer, url: str, source: FeedSource) -> Probe:
    if answer.outcome != "ok":
        return Probe(url, answer)
    payload = Payload(
        source=source.name, path=redacted(url), uri=bare(answer.url), data=answer.body, raw_id=sha256(answer.body).hexdigest(),
        fetched_at=answer.at, media_type=answer.media_type, charset=answer.charset, polled=Polled(full_text=source.full_text),
    )  # fmt: skip
    [refined] = refine(Work({source.name: source}, (payload,)))
    return Probe(url, answer, refined.feed, refined)


def rows(found: Probe) -> Iterable[dict[str, object]]:
    """What would land, an entry a row."""
    refined = found.refined or Refined(0, ())
    for outcome, wanted in zip(refined.outcomes, refined.wanted, strict=True):
        if isinstance(outcome, Reject):
            yield {"title": None, "published_at": None, "words": None, "url": outcome.url, "text": outcome.reason}
            continue
        article, prints = outcome
        yield {
            "title": article.title,
            "published_at": article.published.at if article.published else None,
            "words": prints.words,
            "url": article.url,
            "text": "from its page" if wanted else "in the feed",
        }
