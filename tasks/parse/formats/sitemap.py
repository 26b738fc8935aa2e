"""News sitemaps: the sitemaps protocol 0.9 with Google's news extension 0.9, an item an address."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from lxml import etree

from tasks.charset import decode
from tasks.parse.formats._entries import Entry, Feed, web
from tasks.parse.formats._markup import one_line, plain
from tasks.parse.formats._prolog import scan
from tasks.parse.formats._xmltext import ampersands, repair, unicode_of
from tasks.types import DateClaim
from warehouse.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tasks.types import Item, Payload, Reject

NAME = "sitemap"
READS = "news sitemaps: one item an address, with title, date, publication and keywords; the text stands on its page"
SUFFIXES = (".xml",)
RANK = 1
ROOTS = frozenset({"urlset", "sitemapindex"})
NAMED = 5  # sitemaps of an index that a refusal names


@dataclass(frozen=True, slots=True)
class Listed(Entry):
    """An address of a sitemap, with the publication that the news extension names."""

    outlet: str | None = field(default=None, kw_only=True)


def parse(payload: Payload) -> Iterator[Item | Reject]:
    """One Item an address that has a title, a Reject for each other one."""
    charset = f"; charset={payload.charset}" if payload.charset else ""
    told = read(payload.data, headers={"content-type": f"application/xml{charset}"}, base_url=payload.uri)
    if not told.entries:
        raise Refusal("no_article", "the sitemap lists nothing")
    yield from items(payload, told, NAME)


def sniff(head: bytes) -> bool:
    """Whether the root element is that of a sitemap."""
    try:
        return scan(decode(head)).root in ROOTS
    except Refusal:
        return False


def read(data: bytes, *, headers: Mapping[str, str] | None = None, base_url: str | None = None) -> Feed:
    """The sitemap as a feed without texts. Of a sitemap with news only the news are entries.

    Raises Refusal: "wrong_type" for an index of sitemaps, naming some of them, and for what is no sitemap; "forbidden" for
    entities that expand or reach outside; "malformed" for what cannot be read at all.
    """
    stated = {name.lower(): value for name, value in (headers or {}).items()}.get("content-type", "")
    text = unicode_of(data, stated.partition("charset=")[2].strip("\"' ;") or None)
    prolog = scan(text)
    if prolog.trouble:
        raise Refusal("forbidden", f"its document type declares {prolog.trouble}; remove the declaration")
    root = _tree(ampersands(repair(text, prolog)))
    if _name(root) == "sitemapindex":
        places = [web(_words(child)) or "" for child in root.iter(etree.Element) if _name(child) == "loc"]
        some = ", ".join(places[:NAMED]) + (", …" if len(places) > NAMED else "")
        raise Refusal("wrong_type", f"it is an index of {len(places)} sitemaps: name one of them instead ({some})")
    if _name(root) != "urlset":
        raise Refusal("wrong_type", f"its root element is <{_name(root)[:40]}>, which is no sitemap")
    listed = [_entry(child, base_url) for child in root if _name(child) == "url"]
    news = [entry for entry in listed if entry.title]
    return Feed(version=NAME, entries=tuple(news or listed))


def items(payload: Payload, told: Feed, name: str) -> Iterator[Item | Reject]:
    """The addresses as Items; without a title an address is no article yet, and a Reject."""
    for n, entry in enumerate(told.entries):
        record = payload.first_record + n
        if not entry.title or not entry.link:
            detail = f"address {n + 1} states no title: {entry.link or 'nor where it leads'}"
            yield replace(payload.reject("parse", Refusal("no_article", detail), record), url=entry.link)
            continue
        dates = [DateClaim("published", entry.published, "feed")] if entry.published else []
        dates += [DateClaim("modified", entry.updated, "feed")] if entry.updated else []
        yield replace(
            payload.blank(name), record=record, alone=False, url=entry.link, title=entry.title, title_from="feed",
            dates=tuple(dates), language=entry.language, outlet=entry.outlet if isinstance(entry, Listed) else None,
            keywords=entry.categories, image=web(entry.image),
        )  # fmt: skip


def _tree(xml: str) -> etree._Element:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(xml.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refusal("malformed", f"it is no XML that can be read ({error})") from error
    if root is None:
        raise Refusal("malformed", "there is no XML element in it")
    return root


def _entry(url: etree._Element, base: str | None) -> Listed:
    """What an address states. Elements of images and videos have names of their own: they are not looked into for others'."""
    link = title = published = updated = language = outlet = image = None
    keywords: list[str] = []
    for child in url.iter(etree.Element):
        words, name, inside = _words(child), _name(child), _name(parent) if (parent := child.getparent()) is not None else ""
        match inside, name:
            case "url", "loc":
                link = _absolute(words, base)
            case "url", "lastmod":
                updated = words or None
            case "news", "title":
                title = plain(words) or None
            case "news", "publication_date":
                published = words or None
            case "news", "keywords":
                keywords = [k for part in words.split(",") if (k := one_line(part))]
            case "publication", "name":
                outlet = plain(words) or None
            case "publication", "language":
                language = words or None
            case "image", "loc":
                image = image or _absolute(words, base)
    return Listed(
        title=title, link=link, published=published, updated=updated, language=language, categories=tuple(keywords), image=image,
        outlet=outlet,
    )  # fmt: skip


def _absolute(address: str, base: str | None) -> str | None:
    try:
        return web(urljoin(base or "", address)) if address else None
    except ValueError:
        return None


def _words(element: etree._Element) -> str:
    return (element.text or "").strip()


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""
