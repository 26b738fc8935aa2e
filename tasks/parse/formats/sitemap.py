"""News sitemaps: the sitemaps protocol 0.9 (sitemaps.org) with Google's news extension 0.9, an item an address."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from lxml import etree

from tasks.charset import decode
from tasks.parse.formats import _walk
from tasks.parse.formats._entries import Entry, Feed, web
from tasks.parse.formats._markup import plain
from tasks.parse.formats._prolog import Prolog, scan
from tasks.parse.formats._xmltext import ampersands, document, repair
from tasks.types import DateClaim
from warehouse.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tasks.types import Item, Payload, Reject

# No RANK: the roots of feeds and sitemaps differ, and an .xml file that begins with neither is better told that it is no feed.
NAME = "sitemap"
READS = "news sitemaps: one item an address, with title, date, publication and keywords; the text stands on its page"
SUFFIXES = (".xml",)

ROOTS = frozenset({"urlset", "sitemapindex"})
NAMESPACE = "/schemas/sitemap/"
PARTS = frozenset({"news", "image", "video"})  # extensions, each of which has a title or a loc of its own
CLEAR = re.compile(r"https?://[\w.-]+(?:[/?#][!-~]*)?", re.ASCII)  # an address that needs no second look

Told = dict[tuple[str, str], str]
"""What an address states, by extension ("url" for the protocol itself) and element."""


@dataclass(frozen=True, slots=True)
class Listed(Entry):
    """An address of a sitemap, with the publication that the news extension names."""

    outlet: str | None = field(default=None, kw_only=True)


def parse(payload: Payload) -> Iterator[Item | Reject]:
    """One Item an address that has a title, a Reject for each other one."""
    content_type = payload.media_type or "application/xml"
    if payload.charset:
        content_type += f"; charset={payload.charset}"
    told = read(payload.data, headers={"content-type": content_type}, base_url=payload.uri)
    if not told.entries:
        raise Refusal("no_article", "the sitemap lists nothing")
    yield from items(payload, told, NAME)


def sniff(head: bytes) -> bool:
    """Whether the root element is that of a sitemap, whatever its prefix and whatever stands before it."""
    try:
        text = decode(head)
    except Refusal:
        return False
    prolog = scan(text)
    if prolog.junk and not (prolog.declared or NAMESPACE in text):
        return False
    return prolog.root in ROOTS


def read(data: bytes, *, headers: Mapping[str, str] | None = None, base_url: str | None = None) -> Feed:
    """The sitemap as a feed without texts; `base_url` is the address it was got from. Dates stay as written (W3C datetime).

    Of a sitemap with news, only the addresses with news are entries; of a plain one all are, without titles. Broken XML is
    read as far as it goes. Raises Refusal: "empty", "undecodable", "malformed"; "wrong_type" for an index of sitemaps, naming
    one of them, and for what is no sitemap; "forbidden" for entities that expand or reach outside.
    """
    sent = {name.lower(): value for name, value in (headers or {}).items()}
    text, prolog = document(data, sent.get("content-type", ""))
    if prolog.root not in ROOTS:
        what = (
            f"its root element is <{prolog.root[:40]}>, which is no sitemap" if prolog.root else "there is no XML element in it"
        )
        raise Refusal("wrong_type" if prolog.root else "malformed", what)
    root, broken = _tree(text, prolog)
    if prolog.root == "sitemapindex":
        raise _index(root, base_url)
    told = [_told(element) for element in root.iter(etree.Element) if _name(element) == "url"]
    news = [one for one in told if ("news", "") in one]
    return Feed(version=NAME, broken=broken, entries=tuple(_entry(one, base_url) for one in news or told))


def items(payload: Payload, told: Feed, name: str) -> Iterator[Item | Reject]:
    """The addresses as Items; one without a title is no article yet, and one that leads nowhere never will be: Rejects."""
    for n, entry in enumerate(told.entries):
        record = payload.first_record + n
        if not entry.title or not entry.link:
            # No number in it: a feed's rejects are known again by their detail, wherever in the list they stand.
            detail = "the address states no title" if entry.link else "there is no address that leads to a page"
            yield replace(payload.reject("parse", Refusal("no_article", detail), record), url=entry.link)
            continue
        dates = [DateClaim("published", entry.published, "feed")] if entry.published else []
        dates += [DateClaim("modified", entry.updated, "feed")] if entry.updated else []
        yield replace(
            payload.blank(name), record=record, alone=False, url=entry.link, title=entry.title, title_from="feed",
            dates=tuple(dates), language=entry.language, outlet=entry.outlet if isinstance(entry, Listed) else None,
            keywords=entry.categories, image=entry.image,
        )  # fmt: skip


def _tree(text: str, prolog: Prolog) -> tuple[etree._Element, str | None]:
    """The root, and what is broken. Sound XML is taken as it is; the repairs take longer than the reading."""
    try:
        strict = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
        return etree.fromstring(text[prolog.start :].encode(), strict), None
    except (etree.XMLSyntaxError, ValueError):
        xml = ampersands(repair(text, prolog))
    lenient = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(xml.encode("utf-8", "replace"), lenient)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refusal("malformed", f"it is no XML that can be read ({error})") from error
    if root is None:
        raise Refusal("malformed", "there is no XML element in it")
    return root, _walk.broken(xml)


def _index(root: etree._Element, base: str | None) -> Refusal:
    stated = (_absolute(_words(element), base) for element in root.iter(etree.Element) if _name(element) == "loc")
    places = list(dict.fromkeys(filter(None, stated)))
    if not places:
        return Refusal("wrong_type", "it is an index of sitemaps, and names none")
    likely = next((p for p in places if "news" in p.partition("://")[2].partition("/")[2].lower()), places[0])
    several = f"{len(places)} sitemaps: add one of them, such as {likely}"
    return Refusal("wrong_type", f"it is an index of {several if len(places) > 1 else f'1 sitemap: add that, {likely}'}")


def _entry(told: Told, base: str | None) -> Listed:
    keywords = (_line(word) for word in told.get(("news", "keywords"), "").split(","))
    return Listed(
        title=_line(told.get(("news", "title"), "")) or None,
        link=_absolute(told.get(("url", "loc"), ""), base),
        published=told.get(("news", "publication_date")) or None,
        updated=told.get(("url", "lastmod")) or None,
        language=told.get(("news", "language")) or None,
        categories=tuple(dict.fromkeys(filter(None, keywords))),
        image=_absolute(told.get(("image", "loc"), ""), base),
        outlet=_line(told.get(("news", "name"), "")) or None,
    )


def _told(url: etree._Element) -> Told:
    """What stands in a <url>, the first of each kind; not what stands in another <url>, which a forgotten end tag put into it."""
    told: Told = {}
    waiting = [(child, "url") for child in reversed(url)]
    while waiting:
        element, part = waiting.pop()
        name = _name(element)
        if name == "url":
            continue
        if name in PARTS:
            part = name
            told.setdefault((part, ""), "")
        elif name and not told.get((part, name)):
            told[part, name] = _words(element)
        if len(element):
            waiting += [(child, part) for child in reversed(element)]
    return told


def _absolute(address: str, base: str | None) -> str | None:
    if CLEAR.fullmatch(address) and "/." not in address:
        return address
    try:
        return web(urljoin(base or "", address)) if address else None
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _line(words: str) -> str:
    """Plain text in one line; most is so already, and names and keywords come again and again."""
    return plain(words) if "<" in words or "&" in words or not words.isprintable() else " ".join(words.split())


def _words(element: etree._Element) -> str:
    """The element's text, that of markup and unknown entities inside it too."""
    return ("".join(map(str, element.itertext())) if len(element) else element.text or "").strip()


def _name(element: etree._Element) -> str:
    return _local(element.tag) if isinstance(element.tag, str) else ""


@lru_cache(maxsize=256)
def _local(tag: str) -> str:
    """The name without its namespace, or the prefix of one that is not declared."""
    return tag.rpartition("}")[2].rpartition(":")[2].lower()
