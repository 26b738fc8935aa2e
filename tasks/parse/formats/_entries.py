"""A feed and its entries as any of the feed formats tells them, and the Items they become."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from tasks.parse.formats._markup import one_line, plain
from tasks.types import BodyType, DateClaim, Enclosure
from warehouse.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tasks.types import Item, Payload, Reject


MOST_ENCLOSURES = 20
PERIODS = {"hourly": 3_600, "daily": 86_400, "weekly": 7 * 86_400, "monthly": 31 * 86_400, "yearly": 366 * 86_400}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed. Dates are ISO 8601 (in UTC where a zone is stated), else as the feed writes them."""

    title: str | None = None  # plain text
    link: str | None = None
    id: str | None = None  # RSS guid, Atom id, RDF about
    author: str | None = None  # the first, as written: with an address where there is one
    authors: tuple[str, ...] = ()  # names
    published: str | None = None
    updated: str | None = None
    summary: str | None = None
    summary_type: BodyType = "html"
    content: str | None = None  # the longest of them
    content_type: BodyType = "html"
    language: str | None = None
    rights: str | None = None
    categories: tuple[str, ...] = ()
    image: str | None = None
    enclosures: tuple[Enclosure, ...] = ()  # files that are no pictures; addresses as stated


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed. Dates as in Entry; HTML in description and rights is safe to show."""

    version: str = ""  # such as "rss20", "atom10", "json11"; "" if it cannot be told
    title: str | None = None  # plain text
    link: str | None = None
    id: str | None = None
    description: str | None = None
    author: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    updated: str | None = None
    language: str | None = None
    rights: str | None = None
    categories: tuple[str, ...] = ()
    image: str | None = None
    ttl_s: int | None = None  # how long it asks to be left alone, seconds
    broken: str | None = None  # where it is not well-formed, so that something may be missing
    entries: tuple[Entry, ...] = ()


def items(payload: Payload, feed: Feed, name: str) -> Iterator[Item | Reject]:
    """The feed's entries as Items of format `name`, one with neither title nor text as a Reject.

    Raises Refusal("no_article") for a feed without entries.
    """
    if not feed.entries:
        raise Refusal("no_article", "the feed holds no entries")
    alone = len(feed.entries) == 1 and payload.part == 0 and payload.last
    for number, entry in enumerate(feed.entries):
        record = payload.first_record + number
        item = replace(_item(payload.blank(name), feed, entry), enclosures=tuple(_enclosures(feed, entry, payload.uri)))
        if item.title or item.body:
            yield replace(item, record=record, alone=alone)
        else:
            detail = f"entry {number + 1} has no title and no text"
            yield payload.reject("parse", Refusal("no_article", detail), record)


def web(address: str | None) -> str | None:
    """An address that may lead to an article; None for scripts, mail and what is relative to something unknown."""
    address = one_line(address or "")
    if address.startswith("//"):
        return f"https:{address}"
    head, colon, _ = address.partition(":")
    if colon and head.lower() in {"http", "https"}:
        return address
    named = "." in address.split("/")[0] and not address.startswith((".", "/", "?", "#"))
    return address if named and " " not in address and (not colon or "." in head) else None


def _item(blank: Item, feed: Feed, entry: Entry) -> Item:
    body, body_type, summary = _body(entry)
    return replace(
        blank,
        guid=entry.id,
        url=web(_absolute(feed, entry.link)),
        title=entry.title,
        title_from="feed" if entry.title else None,
        summary=summary,
        summary_type=entry.summary_type if summary else "text",
        body=body,
        body_type=body_type,
        authors=entry.authors or _inherited(feed),
        dates=tuple(_claims(feed, entry)),
        language=entry.language or feed.language,
        keywords=entry.categories,
        image=web(entry.image),
    )


def _enclosures(feed: Feed, entry: Entry, uri: str) -> Iterator[Enclosure]:
    """Files with absolute addresses; what is relative is meant from the feed's own address, else from its site."""
    for enclosure in entry.enclosures[:MOST_ENCLOSURES]:
        try:
            there = urljoin(uri, enclosure.url) if web(uri) else enclosure.url
        except ValueError:
            continue
        if (address := web(_absolute(feed, there))) and address.lower().startswith(("http://", "https://")):
            yield replace(enclosure, url=address)


def ttl(minutes: object, period: object = None, frequency: object = None) -> int | None:
    """Seconds from RSS <ttl>, else from sy:updatePeriod and sy:updateFrequency; None for what is no time up to a month."""
    try:
        if minutes is not None and str(minutes).strip():
            seconds = float(str(minutes)) * 60
        else:
            seconds = PERIODS[str(period).strip().lower()] / float(str(frequency or 1))
    except (ValueError, KeyError, ZeroDivisionError):
        return None
    return round(seconds) if 0 < seconds <= PERIODS["monthly"] else None


def _absolute(feed: Feed, address: str | None) -> str | None:
    """What is still relative, for want of the feed's own address, is meant from the site that the feed names."""
    home = web(feed.link) or ""
    if not address or address.startswith("#") or not home.startswith("http"):
        return address
    try:
        return urljoin(home, address)
    except ValueError:
        return None


def _body(entry: Entry) -> tuple[str, BodyType, str | None]:
    """The longer of content and summary is the body; a summary that says the same is none."""
    content, summary = entry.content or "", entry.summary or ""
    if len(plain(summary)) > len(plain(content)):
        return summary, entry.summary_type, None
    return content, entry.content_type if content else "text", summary if summary and summary != content else None


def _inherited(feed: Feed) -> tuple[str, ...]:
    """RFC 4287 §4.2.1: an entry without an author has the feed's; one that only repeats the feed's title is no person."""
    if not feed.version.startswith(("atom", "json")):
        return ()
    return tuple(name for name in feed.authors if name != feed.title)


def _claims(feed: Feed, entry: Entry) -> Iterator[DateClaim]:
    # RSS has no element for changes: a dc:date that stands alone is when the entry was published.
    alone = not entry.published and feed.version.startswith("rss")
    for kind, value in (("published", entry.published), ("published" if alone else "modified", entry.updated)):
        if value and kind == "published":
            yield DateClaim("published", value, "feed")
        elif value:
            yield DateClaim("modified", value, "feed")
