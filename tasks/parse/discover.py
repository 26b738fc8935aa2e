"""Which feeds a page names (RSS autodiscovery, HTML Living Standard §4.6.7.1), and where one may be that it does not name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from tasks.charset import decode
from tasks.parse.formats._markup import one_line
from warehouse.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

MOST = 20
MOST_BYTES = 4 << 20
FEEDS = re.compile(r"application/(?:rss|atom|rdf)\+xml|application/feed\+json")
MAYBE = re.compile(r"(?:text|application)/(?:xml|rss|json)|application/x-rss")
LOOKS = re.compile(r"(?i)\b(?:rss|atom|feeds?)\b|\.(?:rss|atom|rdf)$")
COMMENTS = re.compile(r"(?i)\bcomments?\b|kommentar|commentaire|comentario")
HOSTS = frozenset({"feeds.feedburner.com", "feeds.megaphone.fm", "rss.app"})
PLACES = ("feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feed.json", "news-sitemap.xml")


@dataclass(frozen=True, slots=True)
class Found:
    """A feed that a page names."""

    url: str
    title: str | None
    media_type: str | None


def feeds_in(page: bytes, url: str, charset: str | None = None) -> list[Found]:
    """The feeds that an HTML page names, the likeliest first: the site's own before others', comments last; at most 20."""
    tree = _tree(page, charset)
    if tree is None:
        return []
    base = _base(tree, url)
    found: dict[str, Found] = {}
    for feed in (*_linked(tree, base), *_mentioned(tree, base)):
        found.setdefault(feed.url, feed)
    host = _host(url)
    ranked = sorted(found.values(), key=lambda f: (bool(COMMENTS.search(f"{f.url} {f.title or ''}")), _host(f.url) != host))
    return ranked[:MOST]


def guesses(url: str) -> list[str]:
    """Addresses worth a try when a page names no feed: the usual places below it, then at the site's root."""
    parts = urlsplit(url)
    root = f"{parts.scheme}://{parts.netloc}/"
    below = root + parts.path.strip("/") + "/" if parts.path.strip("/") else root
    tries = [*(urljoin(below, place) for place in PLACES[:4]), *(urljoin(root, place) for place in PLACES)]
    return list(dict.fromkeys(tries))[:12]


def _linked(tree: HtmlElement, base: str) -> Iterator[Found]:
    for link in tree.iter("link"):
        media = (link.get("type") or "").split(";")[0].strip().lower()
        rel = (link.get("rel") or "").lower().split()
        named = " ".join((link.get("href") or "", link.get("title") or ""))
        if ("alternate" in rel and FEEDS.fullmatch(media)) or (
            "alternate" in rel and MAYBE.fullmatch(media) and LOOKS.search(named)
        ):
            if address := _absolute(link.get("href"), base):
                yield Found(address, one_line(link.get("title") or "") or None, media)
        elif "feed" in rel and (address := _absolute(link.get("href"), base)):
            yield Found(address, one_line(link.get("title") or "") or None, media or None)


def _mentioned(tree: HtmlElement, base: str) -> Iterator[Found]:
    """Links in the text that clearly lead to feeds of the same site."""
    for anchor in tree.iter("a"):
        address = _absolute(anchor.get("href"), base)
        if address is None or not (_host(address) == _host(base) or _host(address) in HOSTS):
            continue
        path = urlsplit(address).path.rstrip("/")
        last = path.rpartition("/")[2].lower()
        if last in {*PLACES, "rss2", "feeds.xml"} or last.endswith((".rss", ".atom", ".rdf")):
            yield Found(address, one_line("".join(map(str, anchor.itertext()))) or None, None)


def _tree(page: bytes, charset: str | None) -> HtmlElement | None:
    try:
        text = decode(page[:MOST_BYTES], charset)
        return document_fromstring(text.encode("utf-8", "replace"), parser=HTMLParser(encoding="utf-8", huge_tree=False))
    except (Refusal, etree.LxmlError, ValueError, AssertionError):
        return None


def _base(tree: HtmlElement, url: str) -> str:
    for element in tree.iter("base"):
        return _absolute(element.get("href"), url) or url
    return url


def _absolute(address: str | None, base: str) -> str | None:
    """An http(s) address without its fragment; None for anything else."""
    try:
        whole = urljoin(base, (address or "").strip()).partition("#")[0] if address and address.strip() else ""
    except ValueError:
        return None
    return whole if whole.lower().startswith(("http://", "https://")) and not re.search(r"[\s\x00-\x1f]", whole) else None


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
