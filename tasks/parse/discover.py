"""Which feeds a page names (RSS autodiscovery, HTML Living Standard §4.6.7.1), and where one may be that it does not name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urljoin, urlsplit

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from tasks.charset import decode
from tasks.parse.formats._markup import one_line
from warehouse.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

MOST = 20
MOST_GUESSES = 12
MOST_BYTES = 4 << 20
LONGEST = 200  # characters of a title

FEEDS = re.compile(r"application/(?:(?:x[.-])?(?:rss|atom|rdf)|feed)\+(?:xml|json)")
MAYBE = re.compile(r"(?:text|application)/(?:xml|rss|json)|application/x-rss")  # of anything: then its name decides
LOOKS = re.compile(r"(?i)\b(?:rss|atom|feeds?)\b|\.(?:rss|atom|rdf)$")
COMMENTS = re.compile(r"(?i)\bcomments?\b|kommentar|commentaire|comentario|comentário|commenti\b|комментар")

# What clearly is a feed by its address alone; /feeds, /rss/help and the like are pages about them.
FILE = re.compile(
    r"(?i)(?:^|/)(?:feed|rss2?|atom|(?:rss2?|feeds?|atom|index|news-sitemap)\.xml|feed\.json|[^/]*\.(?:rss|atom|rdf))$"
)
WITHIN = re.compile(r"(?i)/(?:rss2?|feeds?|atom)/(?:.*/)?[^/]+\.xml$|/feeds/posts/default$")
ASKED = re.compile(r"(?i)(?:^|&)(?:feed|format|type|output|alt)=(?:rss2?|atom|rdf|feed)(?:&|$)")
PLACES = ("feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feed.json", "news-sitemap.xml")


@dataclass(frozen=True, slots=True)
class Found:
    """A feed that a page names."""

    url: str
    title: str | None
    media_type: str | None


def feeds_in(page: bytes, url: str, charset: str | None = None) -> list[Found]:
    """The feeds that an HTML page names, the likeliest first: the site's own before others', comments last; at most 20.

    `url` is the page's address, `charset` what the transport says. Whatever is no page, and whatever a page names that is no
    http(s) address, is passed over.
    """
    tree = _tree(page, charset)
    if tree is None:
        return []
    base, host = _base(tree, url), _host(_split(url))
    found: dict[tuple[str, ...], Found] = {}
    for feed in (*_linked(tree, base), *_mentioned(tree, base, host)):
        found.setdefault(_key(feed.url), feed)
    ranked = sorted(found.values(), key=lambda f: (_of_comments(f), not _same_site(_host(_split(f.url)), host)))
    return ranked[:MOST]


def guesses(url: str) -> list[str]:
    """Addresses worth a try when a page names no feed: the usual places below it, then at the site's root; at most 12."""
    parts = _split(url)
    if parts is None:
        return []
    root = f"{parts.scheme}://{parts.netloc}/"
    folder, _, last = parts.path.strip("/").rpartition("/")
    below = folder if "." in last else f"{folder}/{last}".strip("/")  # a file's neighbours, a folder's content
    tries = [f"{root}{below}/{place}" for place in PLACES[:4]] if below else []
    return list(dict.fromkeys([*tries, *(root + place for place in PLACES)]))[:MOST_GUESSES]


def _linked(tree: HtmlElement, base: str) -> Iterator[Found]:
    """What is declared to be a feed, in the head or elsewhere."""
    for link in tree.iter("link", "a"):
        media = (link.get("type") or "").split(";")[0].strip().lower()
        rel = (link.get("rel") or "").lower().split()
        named = f"{link.get('title') or ''} {(link.get('href') or '').strip()}"
        typed = FEEDS.fullmatch(media) or (MAYBE.fullmatch(media) and LOOKS.search(named))
        if (("alternate" in rel and typed) or "feed" in rel) and (address := _absolute(link.get("href"), base)):
            yield Found(address, _title(link), media or None)


def _mentioned(tree: HtmlElement, base: str, host: str) -> Iterator[Found]:
    """Links in the text that clearly lead to feeds of the same site, or to a host of feeds."""
    for anchor in tree.iter("a"):
        address = _absolute(anchor.get("href"), base)
        parts = _split(address) if address else None
        if address is None or parts is None:
            continue
        there, path = _host(parts), parts.path.rstrip("/")
        serves_feeds = there.startswith(("feeds.", "feeds2."))
        if not (_same_site(there, host) or serves_feeds or there.startswith(("feed.", "rss."))):
            continue
        if FILE.search(path) or WITHIN.search(path) or ASKED.search(parts.query) or (serves_feeds and path):
            yield Found(address, _title(anchor), None)


def _title(element: HtmlElement) -> str | None:
    """The title of a link, else the beginning of the words that it is made of."""
    words = element.get("title") or "".join(str(part)[:LONGEST] for part in islice(element.itertext(), 10))
    return one_line(words[: 4 * LONGEST])[:LONGEST] or None


def _tree(page: bytes, charset: str | None) -> HtmlElement | None:
    try:
        text = decode(page[:MOST_BYTES], charset)
        return document_fromstring(text.encode("utf-8", "replace"), parser=HTMLParser(encoding="utf-8", huge_tree=False))
    except (Refusal, etree.LxmlError, ValueError, AssertionError):
        return None


def _base(tree: HtmlElement, url: str) -> str:
    """The address that relative ones start from: the first <base> that has one (HTML Living Standard §4.2.3)."""
    stated = next((href for element in tree.iter("base") if (href := element.get("href")) is not None), None)
    return _absolute(stated, url) or url


def _absolute(address: str | None, base: str) -> str | None:
    """An http(s) address without its fragment; None for anything else."""
    try:
        whole = urljoin(base, (address or "").strip()).partition("#")[0] if address and address.strip() else ""
    except ValueError:
        return None
    whole = re.sub(r"[\s\x00-\x1f\x7f]", lambda match: "%20" if match[0] == " " else "", whole)
    return whole if _split(whole) else None


def _split(url: str) -> SplitResult | None:
    """The parts of an http(s) address; None for anything else."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return None
    return parts if usable and not re.search(r"[\s%]", parts.netloc) else None


def _host(parts: SplitResult | None) -> str:
    return (parts.hostname or "").removeprefix("www.") if parts else ""


def _same_site(one: str, other: str) -> bool:
    return bool(one and other) and (one == other or one.endswith(f".{other}") or other.endswith(f".{one}"))


def _of_comments(feed: Found) -> bool:
    return COMMENTS.search(f"{feed.url.partition('://')[2].partition('/')[2]} {feed.title or ''}") is not None


def _key(url: str) -> tuple[str, ...]:
    """What addresses of the same feed share: they differ in scheme, "www." and the last slash."""
    parts = _split(url)
    return (_host(parts), str(parts.port or ""), parts.path.rstrip("/"), parts.query) if parts else (url,)
