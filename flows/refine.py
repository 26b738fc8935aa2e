"""Refining: parse, clean, extract and fingerprint in one go, so that an article crosses between processes once each way.

What it takes and gives is picklable and self-contained. Workers import neither duckdb nor prefect.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from tasks.clean.article import clean
from tasks.clean.complete import better, page_item
from tasks.clean.teaser import is_teaser
from tasks.extract.facts import DAYS, Body, facts, failed
from tasks.fingerprint import fingerprint
from tasks.parse import parse
from tasks.parse.polled import date_stamp, entry_print, read_feed
from tasks.revision import Telling, note_of
from tasks.sift import LIMIT_S, sift
from tasks.stories import story_terms
from tasks.types import Article, FeedFacts, Item, Payload, Polled, Print, Reject
from warehouse.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tasks.extract.facts import Facts
    from tasks.types import Source

SLOWEST = 100_000  # bytes that parsing must manage in a second; feeds of 50,000 entries are read at five times that
Outcome: TypeAlias = "tuple[Article, Print] | Reject"


@dataclass(frozen=True, slots=True)
class Work:
    """Payloads to be refined together, of the sources named; `span` narrows a single payload to some of its items."""

    sources: Mapping[str, Source]
    payloads: tuple[Payload, ...]
    published: str | None = None
    span: tuple[int, int] | None = None
    engine: str | None = None  # what finds the names (tasks.extract.engines); without one no facts are read


@dataclass(frozen=True, slots=True)
class Bodies:
    """Texts whose facts are to be read."""

    bodies: tuple[Body, ...]
    engine: str


@dataclass(frozen=True, slots=True)
class Refined:
    """What one payload held: the items that were counted in it when parsed, and what became of each."""

    items: int
    outcomes: tuple[Outcome, ...]
    feed: FeedFacts | None = None  # of a feed that is polled; the fields below are filled for such feeds only
    known: tuple[int, ...] = ()  # prints of the entries that were passed over
    prints: tuple[int, ...] = ()  # of each outcome's entry
    stamps: tuple[int, ...] = ()  # of the date of change that each outcome's entry states
    wanted: tuple[Item | None, ...] = ()  # for each outcome the entry, if it is a teaser whose page is wanted

    def plus(self, other: Refined) -> Refined:
        """Two halves of one payload."""
        return Refined(
            self.items + other.items, self.outcomes + other.outcomes, self.feed or other.feed, self.known + other.known,
            self.prints + other.prints, self.stamps + other.stamps, self.wanted + other.wanted,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A payload's items and rejects."""

    items: list[Item | Reject]
    feed: FeedFacts | None = None
    prints: dict[int, int] = field(default_factory=dict)  # record → print


def refine(work: Work) -> list[Refined]:
    """What became of each payload, in order."""
    return [_refine(payload, work) for payload in work.payloads]


def extract(work: Bodies) -> list[Facts]:
    """What each text says, in order; where it cannot be read, why."""
    return list(
        sift(
            lambda body: facts(body, work.engine),
            work.bodies,
            lambda _, why: failed(f"{why.reason}: {why.detail}", work.engine),
        )
    )


def count(work: Work) -> int:
    """How many items the work's only payload holds."""
    return len(_parsed(work.payloads[0]).items)


def _refine(payload: Payload, work: Work) -> Refined:
    source = work.sources[payload.source]
    if payload.entry is not None:
        return _page(payload, payload.entry, work)
    parsed = _parsed(payload)
    outcomes = parsed.items[slice(*work.span)] if work.span is not None else parsed.items
    if payload.records is not None or payload.pages:
        return _anew(payload, outcomes, source, work)
    if payload.polled is None:
        return Refined(len(outcomes), _cleaned(outcomes, source, work))
    told = [(entry_print(o), o) for o in outcomes]
    passes = _passed(told, payload.polled)
    fresh = [(p, o) for (p, o), passed in zip(told, passes, strict=True) if not passed]
    cleaned = _cleaned([o for _, o in fresh], source, work)
    return Refined(
        items=len(outcomes),
        outcomes=tuple(_marked(o) for o in cleaned),
        feed=parsed.feed,
        known=tuple(p for (p, _), passed in zip(told, passes, strict=True) if passed),
        prints=tuple(p for p, _ in fresh),
        stamps=tuple(date_stamp(o) for _, o in fresh),
        wanted=tuple(map(partial(_wanted, payload.polled.full_text), (o for _, o in fresh), cleaned)),
    )


def _anew(payload: Payload, told: list[Item | Reject], source: Source, work: Work) -> Refined:
    """Those records that are wanted of a payload that was read before; entries of which the page was read with its text."""
    polled = payload.polled is not None
    wanted = [o for o in told if payload.records is None or o.record in payload.records]
    paged = {o.record: o for o in wanted if o.record in payload.pages and isinstance(o, Item)}
    cleaned = iter(_cleaned([o for o in wanted if o.record not in paged], source, work))
    outcomes = (
        _page(payload.pages[o.record], paged[o.record], work).outcomes[0]
        if o.record in paged
        else _marked(next(cleaned)) if polled else next(cleaned)
        for o in wanted
    )  # fmt: skip
    return Refined(len(told), tuple(outcomes), prints=tuple(map(entry_print, wanted)) if polled else ())


def _passed(told: list[tuple[int, Item | Reject]], polled: Polled) -> list[bool]:
    """Which entries are known in their form.

    What comes back after it had vanished may be an edit that was undone, if it states a date of change. What states another
    date than when its page was read may have changed there; but a feed that dates most of its entries anew says nothing by it.
    """
    again = [p in polled.dated and polled.dated[p] != date_stamp(o) for p, o in told]
    trusted = sum(again) <= max(2, len(told) // 2)
    return [
        p in polled.known or (p in polled.dated and not (new and trusted)) or (p in polled.vanished and date_stamp(o) == 0)
        for (p, o), new in zip(told, again, strict=True)
    ]


def _cleaned(outcomes: list[Item | Reject], source: Source, work: Work) -> tuple[Outcome, ...]:
    """Each item as an article with its facts and its print, or what it was refused for."""

    def article_and_print(item: Item) -> tuple[Article, Print]:
        return _finished(clean(item, source, work.published))

    refined = sift(article_and_print, (i for i in outcomes if isinstance(i, Item)), _refuse)
    return tuple(_extracted(next(refined), source, work.engine) if isinstance(i, Item) else i for i in outcomes)


def _extracted(outcome: Outcome, source: Source, engine: str | None) -> Outcome:
    """An article with what its text says. Where that cannot be read it lands all the same, and its row says why."""
    if isinstance(outcome, Reject) or engine is None:
        return outcome
    article, prints = outcome
    [read] = extract(Bodies((_body(article, source),), engine))
    return replace(article, facts=read), prints


def _body(a: Article, source: Source) -> Body:
    published = a.published.at if a.published and a.published.precision in DAYS else None
    return Body(a.text, a.title, a.language, published, source.country, a.dateline_place, a.dateline_country, a.fields)


def _finished(article: Article) -> tuple[Article, Print]:
    """A clean article with the note that it states, and what it is compared with others by."""
    note = note_of(Telling(article.title, article.text, article.head, article.tail))
    story = story_terms(article.title, article.text, article.language)
    article = replace(article, note=note.text, note_kind=note.kind) if note else article
    return article, replace(fingerprint(article), story=story)


def _refuse(item: Item, refusal: Refusal) -> Reject:
    return Reject(
        "clean", refusal.reason, refusal.detail, item.source, item.path, item.raw_id, item.seen_at, item.record, item.url
    )


def _parsed(payload: Payload) -> _Parsed:
    """A payload's items and rejects; a payload with nothing in it counts as one reject, but a feed may list nothing."""
    limit_s = LIMIT_S + len(payload.data) / SLOWEST
    read = _feed if payload.polled is not None else _file
    parsed = next(sift(read, [payload], lambda p, refusal: p.reject("parse", refusal), limit_s=limit_s))
    return _Parsed([parsed]) if isinstance(parsed, Reject) else parsed


def _file(payload: Payload) -> _Parsed:
    found = list(parse(payload))
    if not found:
        raise Refusal("no_article", "readable, but there is no article in it")
    return _Parsed(found)


def _feed(payload: Payload) -> _Parsed:
    facts, found = read_feed(payload)
    return _Parsed(found, facts)


# ── teasers and their pages ──


def _marked(outcome: Outcome) -> Outcome:
    if isinstance(outcome, Reject):
        return outcome
    article, prints = outcome
    return replace(article, text_from="feed"), prints


def _wanted(full_text: str, told: Item | Reject, outcome: Outcome) -> Item | None:
    """The entry, if its page is to be fetched: by its source's wish, or because it looks like a teaser."""
    if isinstance(told, Reject) or not told.url or full_text == "feed":
        return None
    if isinstance(outcome, Reject):
        return told if outcome.reason == "no_article" else None
    article, _ = outcome
    cut = article.access == "truncated"
    return told if full_text == "page" or is_teaser(article.text, cut=cut) else None


def _page(payload: Payload, entry: Item, work: Work) -> Refined:
    """The entry's article with the text of its page, if that is the better one; refused if the page does not carry it."""
    source = work.sources[payload.source]

    def completed(page: Payload) -> tuple[Article, Print]:
        parsed = next((o for o in parse(page) if isinstance(o, Item)), None)
        if parsed is None or parsed.body_type != "page":
            raise Refusal("wrong_type", "what came is no HTML page")
        return _finished(better(entry, clean(page_item(parsed, entry), source), source, page))

    done = next(sift(completed, [payload], lambda p, refusal: p.reject("fetch", refusal)))
    return Refined(1, (_extracted(done, source, work.engine),))
