"""A feed as it is polled: what it says of itself, its entries, and a print of each by which it is known again."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tasks.parse.formats import feed, jsonfeed, sitemap
from tasks.parse.formats._entries import items
from tasks.parse.formats._xmltext import unicode_of
from tasks.types import FeedFacts, Item, Reject
from warehouse.errors import Refusal
from warehouse.models import hash64

if TYPE_CHECKING:
    from tasks.parse.formats._entries import Feed
    from tasks.types import Payload

ENDS = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|(</(?:[\w-]+:)?(?:item|entry|url)\s*>)", re.DOTALL | re.IGNORECASE
)
DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
TAG = re.compile(r"<[^<>]*>")
HEAD = 4096


def read_feed(payload: Payload) -> tuple[FeedFacts, list[Item | Reject]]:
    """The feed's own facts, and an Item or a Reject for each entry; none for a feed that lists nothing.

    Of a body that was cut off the entries that are whole are read. Raises Refusal for what is no feed.
    """
    assert payload.polled is not None, "it is a feed that is polled"
    if not payload.polled.whole:
        payload = _whole_entries(payload)
        if not payload.data:
            return FeedFacts(), []
    if not payload.data.strip():
        raise Refusal("empty", "there is nothing in it")
    if sitemap.sniff(payload.data[:HEAD]):
        return _read(payload, sitemap.read(payload.data, headers=_headers(payload), base_url=payload.uri), sitemap.NAME)
    if jsonfeed.sniff(payload.data[:HEAD]) or feed.OBJECT.match(payload.data):
        return _read(payload, jsonfeed.read(payload.data, base_url=payload.uri), jsonfeed.NAME)
    return _read(payload, feed.read(payload.data, headers=_headers(payload), base_url=payload.uri), feed.NAME)


def entry_print(item: Item | Reject) -> int:
    """64 bits of what an entry says: address, title, words, authors, categories, enclosures.

    Not its GUID and dates, which some feeds make up anew at each request, nor its markup and images, in which tokens change.
    """
    if isinstance(item, Reject):
        return hash64(f"{item.reason}\0{item.detail}\0{item.url}")
    enclosures = (urlsplit(e.url)._replace(query="").geturl() for e in item.enclosures)
    said = (item.url or "", item.title or "", *item.authors, "", *item.keywords, "", *enclosures)
    return hash64("\0".join((*said, _words(item.body), _words(item.summary or ""))))


def date_stamp(item: Item | Reject) -> int:
    """64 bits of the date of change that an entry states; 0 if it states none."""
    stated = [claim.value for claim in item.dates if claim.kind == "modified"] if isinstance(item, Item) else []
    return hash64("\0".join(stated)) if stated else 0


def _read(payload: Payload, told: Feed, name: str) -> tuple[FeedFacts, list[Item | Reject]]:
    facts = FeedFacts(
        told.title,
        told.link,
        told.version or name,
        getattr(told, "ttl_s", None),
        len(told.entries),
        getattr(told, "broken", None),
    )
    if not told.entries:
        return facts, []
    make = sitemap.items if name == sitemap.NAME else items
    outcomes = list(make(payload, told, name))
    return facts, [replace(o, alone=False) if isinstance(o, Item) else o for o in outcomes]


def _headers(payload: Payload) -> dict[str, str]:
    content_type = payload.media_type or "application/xml"
    return {"content-type": f"{content_type}; charset={payload.charset}" if payload.charset else content_type}


def _whole_entries(payload: Payload) -> Payload:
    """The body up to the end of the last whole entry: half a text would land, and be revised by the other half."""
    text = unicode_of(payload.data, payload.charset)
    names = ("url",) if sitemap.sniff(payload.data[:HEAD]) else ("item", "entry")
    ends = [match.end() for match in ENDS.finditer(text) if match[1] and match[1].lower().rstrip(" \t\r\n>").endswith(names)]
    whole = text[: ends[-1]] if ends else ""
    return replace(payload, data=DECLARED.sub("", whole, count=1).encode("utf-8", "replace"), charset="utf-8")


def _words(text: str) -> str:
    return " ".join(TAG.sub(" ", text).split())
