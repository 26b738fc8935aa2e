"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from tasks.parse.formats._entries import Entry, Feed, items, web
from tasks.parse.formats._jsontext import load
from tasks.parse.formats._markup import safe
from tasks.parse.formats._values import Record, folded, instant, line, people, terms, text
from tasks.types import Enclosure
from warehouse.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tasks.types import Item, Payload, Reject

NAME = "jsonfeed"
READS = "JSON Feed 1.0 and 1.1: one item an entry"
SUFFIXES = (".jsonfeed",)

VERSION = re.compile(r"jsonfeed\.org/version/(\d)(?:\.(\d))?")
OPENING = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version\\?/')


def parse(payload: Payload) -> Iterator[Item | Reject]:
    """One Item an entry, dates of origin "feed"; an entry that is no object, or says nothing, is one Reject."""
    yield from items(payload, read(payload.data, charset=payload.charset, base_url=payload.uri), NAME)


def read(data: bytes, *, charset: str | None = None, base_url: str | None = None) -> Feed:
    """A JSON Feed; HTML is made safe. Raises Refusal: "malformed", "wrong_type", "too_deep", "undecodable"."""
    document = load(data, charset)
    if not isinstance(document, Mapping):
        raise Refusal("wrong_type", "a JSON Feed is an object")
    known = folded(document)
    version = VERSION.search(text(known.get("version")) or "")
    entries = known.get("items")
    if version is None and not isinstance(entries, list):
        raise Refusal("wrong_type", "an object without a JSON Feed version and without items")
    home = _address(known, base_url, "homepageurl")
    base = home or _address(known, base_url, "feedurl") or base_url
    authors = people(known.get("authors")) or people(known.get("author"))
    return Feed(
        version=f"json{version[1]}{version[2] or '0'}" if version else "json",
        title=line(known.get("title")),
        link=home,
        id=_address(known, base_url, "feedurl"),
        description=safe(text(known.get("description")) or "") or None,
        author=authors[0] if authors else None,
        authors=authors,
        language=line(known.get("language")),
        image=_address(known, base, "icon", "favicon"),
        entries=tuple(_entry(entry, base) for entry in entries) if isinstance(entries, list) else (),
    )


def sniff(head: bytes) -> bool:
    """Whether it is an object that names JSON Feed as its version near the beginning."""
    flat = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")  # UTF-16 too
    return flat.startswith(b"{") and OPENING.search(flat) is not None


def _entry(entry: object, base: str | None) -> Entry:
    """One item; what is no object is an entry that says nothing, so that the others keep their numbers."""
    if not isinstance(entry, Mapping):
        return Entry()
    known = folded(entry)
    markup, words = text(known.get("contenthtml")), text(known.get("contenttext"))
    authors = people(known.get("authors")) or people(known.get("author"))
    identity = line(known.get("id"))
    return Entry(
        title=line(known.get("title")),
        link=_address(known, base, "url", "externalurl") or (identity if identity and web(identity) == identity else None),
        id=identity,
        author=authors[0] if authors else None,
        authors=authors,
        published=_utc(instant(known.get("datepublished"))),
        updated=_utc(instant(known.get("datemodified"))),
        summary=text(known.get("summary")),
        summary_type="text",
        content=safe(markup) if markup else words,
        content_type="html" if markup else "text",
        language=line(known.get("language")),
        categories=terms(known.get("tags")),
        image=_address(known, base, "image", "bannerimage") or _attached(known.get("attachments")),
        enclosures=tuple(_enclosures(known.get("attachments"), base)),
    )


def _enclosures(attachments: object, base: str | None) -> Iterator[Enclosure]:
    for attachment in attachments if isinstance(attachments, list) else ():
        if not isinstance(attachment, Mapping):
            continue
        known, media = folded(attachment), line(attachment.get("mime_type"))
        address, size = _address(known, base, "url"), known.get("sizeinbytes")
        if address and not (media or "").startswith("image/"):
            yield Enclosure(address, media, size if isinstance(size, int) and 0 < size < 1 << 53 else None)


def _attached(attachments: object) -> str | None:
    for attachment in attachments if isinstance(attachments, list) else ():
        if isinstance(attachment, Mapping) and (line(attachment.get("mime_type")) or "").startswith("image/"):
            return line(attachment.get("url"))
    return None


def _address(known: Record, base: str | None, *keys: str) -> str | None:
    address = next((found for key in keys if (found := line(known.get(key)))), None)
    if address is None or base is None or not base.startswith(("http://", "https://")):
        return address
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _utc(moment: str | None) -> str | None:
    """RFC 3339 as ISO 8601 in UTC; a time without a zone keeps none."""
    try:
        at = datetime.fromisoformat(moment) if moment else None
    except ValueError:
        return moment
    if at is None or at.tzinfo is None:
        return moment
    try:
        return at.astimezone(UTC).isoformat(timespec="seconds")
    except OverflowError:
        return moment
