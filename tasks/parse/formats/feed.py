"""RSS, RDF, Atom and CDF: plain feeds straight off their elements, all others by feedparser between two layers of our own.

Before feedparser stand what it leaves to chance (charset, prolog, entities, stray bytes); behind it a plain walk over the
elements, for the entries it does not find and the fields it loses.
"""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import feedparser

from tasks.charset import decode
from tasks.parse.formats import _quick, _walk, jsonfeed
from tasks.parse.formats._entries import Entry, Feed, items
from tasks.parse.formats._feedparsed import convert
from tasks.parse.formats._prolog import Prolog, scan
from tasks.parse.formats._xmltext import ampersands, document, repair
from warehouse.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tasks.types import Item, Payload, Reject

__all__ = ["NAME", "READS", "SUFFIXES", "Entry", "Feed", "parse", "read", "sniff"]

NAME = "feed"
READS = "RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, CDF: one item an entry"
SUFFIXES = (".rss", ".atom", ".rdf", ".cdf", ".xml")

ROOTS = frozenset({"rss", "feed", "entry", "channel"})
RDF_FEED = re.compile(r"purl\.org/rss/1\.0|netscape\.com/rdf/simple|purl\.org/net/rss1\.1|<(?:\w+:)?(?:item|channel)[\s>]")
OBJECT = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*\{")
BEGINNING = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>/]", re.IGNORECASE)


def parse(payload: Payload) -> Iterator[Item | Reject]:
    """One Item an entry, dates of origin "feed". Refuses what is no feed, holds no entries, or declares hostile entities."""
    content_type = payload.media_type or "application/xml"
    if payload.charset:
        content_type += f"; charset={payload.charset}"
    feed = read(payload.data, headers={"content-type": content_type}, base_url=payload.uri)
    yield from items(payload, feed, NAME)


def read(data: bytes, *, headers: Mapping[str, str] | None = None, base_url: str | None = None) -> Feed:
    """A feed of any format, JSON Feed included, as a server sends it; `base_url` is the address it was got from.

    Relative links are resolved (RFC 3986, xml:base, Content-Location); HTML is made safe; broken XML is read as far as
    it goes. Raises Refusal: "empty", "undecodable", "malformed" and "wrong_type" for what is no feed, "forbidden" for
    entities that expand or reach outside.
    """
    if OBJECT.match(data):
        return jsonfeed.read(data, base_url=base_url)
    sent = {name.lower(): value for name, value in (headers or {}).items()}
    text, prolog = document(data, sent.get("content-type", ""))
    if not prolog.root:
        raise Refusal("malformed", "there is no XML element in it; a feed begins with <rss>, <feed> or <rdf:RDF>")
    base, language = _base(sent, base_url), sent.get("content-language")
    if not (language or prolog.entities) and (quick := _quick.read(text[prolog.start :], base)) and quick.entries:
        return quick
    xml = ampersands(repair(text, prolog))
    feed = _understood(xml, base, language)
    if not (feed.version or feed.entries or feed.title or _is_feed(prolog, xml)):
        raise Refusal("wrong_type", f"its root element is <{prolog.root[:40]}>, which is no feed")
    # One line stands before the root element in what was repaired.
    return replace(feed, broken=_walk.broken(xml, text.count("\n", 0, prolog.start) - 1))


def sniff(head: bytes) -> bool:
    """Whether the root element is that of a feed, whatever stands before it."""
    try:
        text = decode(head)
    except Refusal:
        return False
    prolog = scan(text)
    if prolog.junk and not prolog.declared:
        return False
    return _is_feed(prolog, text)


def _is_feed(prolog: Prolog, text: str) -> bool:
    return prolog.root in ROOTS or (prolog.root == "rdf" and bool(RDF_FEED.search(text)))


def _understood(xml: str, base: str | None, language: str | None) -> Feed:
    sent = {"content-type": "application/xml; charset=utf-8"}
    if base:
        sent["content-location"] = base
    if language:
        sent["content-language"] = language
    feed = Feed()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            feed = convert(feedparser.parse(io.BytesIO(xml.encode("utf-8", "replace")), response_headers=sent))
    except Exception:  # noqa: BLE001, S110  it has no error of its own: whatever it is, the walk below reads on
        pass
    return _completed(feed, _walk.read(xml, base)) if _wants(feed, xml) else feed


def _wants(feed: Feed, xml: str) -> bool:
    """Whether the walk may know more: no entries though there are some, or fields that any entry has."""
    if not feed.entries:
        return bool(BEGINNING.search(xml)) or not (feed.title and feed.link)
    return not feed.link or any(not (e.id and e.link and e.title and e.author) for e in feed.entries)


def _completed(feed: Feed, walked: Feed) -> Feed:
    """What feedparser understood, with the gaps filled from the walk over the elements."""
    if not feed.entries:
        entries = walked.entries
    elif len(feed.entries) == len(walked.entries):
        entries = tuple(_filled(entry, other) for entry, other in zip(feed.entries, walked.entries, strict=True))
    else:
        entries = feed.entries
    return replace(feed, title=feed.title or walked.title, link=feed.link or walked.link, entries=entries)


def _filled(entry: Entry, other: Entry) -> Entry:
    return replace(
        entry,
        title=entry.title or other.title,
        link=entry.link or other.link,
        id=entry.id or other.id,
        author=entry.author or other.author,
        authors=entry.authors or other.authors,
        published=entry.published or (None if entry.updated else other.published),
        summary=entry.summary or (None if entry.content else other.summary),
        summary_type=entry.summary_type if entry.summary else other.summary_type,
        categories=entry.categories or other.categories,
    )


def _base(sent: Mapping[str, str], base_url: str | None) -> str | None:
    """The address that relative links start from: Content-Location seen from the address asked for (RFC 9110 §8.7)."""
    try:
        stated = urljoin(base_url or "", sent.get("content-location", ""))
    except ValueError:
        stated = ""
    for address in (stated, base_url):
        if address and address.lower().startswith(("http://", "https://")):
            return address
    return None
