"""What feedparser returns, as our Feed and Entry."""

from __future__ import annotations

import re
from calendar import timegm
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from tasks.parse.formats._entries import Entry, Feed, ttl
from tasks.parse.formats._markup import HTML_TAG, one_line, plain, unescape
from tasks.parse.formats._persons import split
from tasks.types import Enclosure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from time import struct_time

    from tasks.types import BodyType

Parsed = dict[str, Any]  # feedparser's own dictionaries, whose values have no types

COARSE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")  # W3CDTF: a year, month or day is no more than that
CLOCK = re.compile(r"\d{1,2}:\d{2}|\d[T ]\d{4,6}\b")
ZONE = re.compile(r"(?:[Zz]|[+-]\d{2}:?\d{0,2}|\b(?!(?:am|pm)\b)[A-Za-z]{1,5}|\([^()]{1,40}\))$", re.IGNORECASE)
TEXTUAL = re.compile(r"$|text|html|xhtml|[^;]*(?:xml|html|json)", re.IGNORECASE)
PACKED = re.compile(r"[A-Za-z0-9+/]{60}")
FAR_MORE = 2  # times as long: a teaser beside the story, not another rendering of it


def convert(parsed: Parsed) -> Feed:
    """A whole result of feedparser.parse."""
    feed = parsed["feed"]
    return Feed(
        version=parsed.get("version") or "",
        title=_title(feed),
        link=_text(feed.get("link")),
        id=_text(feed.get("id")),
        description=_text(feed.get("subtitle")) or _text(feed.get("description")),
        author=_text(feed.get("author")),
        authors=_authors(feed),
        published=_date(feed, "published"),
        updated=_date(feed, "updated"),
        language=_text(feed.get("language")),
        rights=_text(feed.get("rights")),
        categories=_categories(feed),
        image=_text((feed.get("image") or {}).get("href")) or _text(feed.get("logo")),
        ttl_s=ttl(feed.get("ttl"), feed.get("sy_updateperiod"), feed.get("sy_updatefrequency")),
        entries=tuple(_entry(entry) for entry in parsed["entries"]),
    )


def _entry(entry: Parsed) -> Entry:
    content, content_type = _content(entry.get("content") or ())
    summary, summary_type = typed(entry.get("summary"), (entry.get("summary_detail") or {}).get("type"))
    return Entry(
        title=_title(entry),
        link=_text(entry.get("link")),
        id=_text(entry.get("id")),
        author=_text(entry.get("author")),
        authors=_authors(entry),
        published=_date(entry, "published"),
        updated=_date(entry, "updated") or _date(entry, "created"),
        summary=summary or None,
        summary_type=summary_type,
        content=content or None,
        content_type=content_type,
        language=_language(entry),
        rights=_text(entry.get("rights")),
        categories=_categories(entry),
        image=_image(entry),
        enclosures=tuple(_enclosures(entry)),
    )


def _title(holder: Parsed) -> str | None:
    detail = holder.get("title_detail") or {}
    value = _text(holder.get("title")) or ""
    return (plain(value) if "html" in (detail.get("type") or "") else one_line(value)) or None


def _content(contents: Iterable[Parsed]) -> tuple[str, BodyType]:
    """The first of an entry's contents, unless another one says far more. Pictures and films in Base64 are none."""
    best: tuple[str, BodyType] = ("", "text")
    for content in contents:
        media = (content.get("type") or "").lower()
        value, kind = typed(content.get("value"), media)
        if not TEXTUAL.match(media) and PACKED.search(value):
            continue
        if value and (not best[0] or len(value) > FAR_MORE * len(best[0]) + 100):
            best = value, kind
    return best


def typed(value: object, media: str | None) -> tuple[str, BodyType]:
    """A text, and whether it is HTML. One that feedparser calls HTML for want of knowing better is plain if no tag is in it."""
    text = _text(value) or ""
    if media in {"text/plain", "text"}:
        return text, "text"
    return (text, "html") if HTML_TAG.search(text) or "<" in text else (unescape(text), "text")


def _authors(holder: Parsed) -> tuple[str, ...]:
    people = [*(holder.get("authors") or ())] or [holder.get("author_detail") or {}]
    if len(people) == 1 and _is_cut(_text(people[0].get("email")) or "", _text(holder.get("author")) or ""):
        people = [dict(zip(("name", "email"), split(_text(holder.get("author")) or ""), strict=True))]
    names = (_text(person.get("name")) or _text(person.get("email")) for person in people)
    return tuple(dict.fromkeys(one_line(plain(name)) for name in names if name))


def _is_cut(email: str, author: str) -> bool:
    """feedparser knows top-level domains of four letters at most, and takes the last letters of longer ones for the name."""  # noqa: D403
    return bool(email) and author.partition(email)[2][:1].isalnum()


def _categories(holder: Parsed) -> tuple[str, ...]:
    terms = (_text(tag.get("term")) or _text(tag.get("label")) for tag in holder.get("tags") or ())
    return tuple(dict.fromkeys(one_line(unescape(term)) for term in terms if term))


def _language(entry: Parsed) -> str | None:
    """dc:language, else the xml:lang of the text. feedparser writes each into another place."""
    details = [entry, *(entry.get("content") or ()), entry.get("summary_detail") or {}, entry.get("title_detail") or {}]
    return next((language for detail in details if (language := _text(detail.get("language")))), None)


def _image(entry: Parsed) -> str | None:
    """A picture: Media RSS, else an enclosure that is one, else iTunes'."""
    media = [
        *(m for m in entry.get("media_content") or () if _pictured(m)),
        *(entry.get("media_thumbnail") or ()),
        *(m for m in entry.get("enclosures") or () if _pictured(m)),
        entry.get("image") or {},
    ]
    addresses = (_text(m.get("url")) or _text(m.get("href")) for m in media)
    return next((address for address in addresses if address), None)


def _enclosures(entry: Parsed) -> Iterator[Enclosure]:
    """Files that come with the entry, each address once; its pictures are not among them."""
    found: dict[str, Enclosure] = {}
    for media in (*(entry.get("enclosures") or ()), *(entry.get("media_content") or ())):
        address = _text(media.get("href")) or _text(media.get("url"))
        if address and not _pictured(media):
            stated = _text(media.get("length")) or _text(media.get("filesize")) or ""
            n_bytes = int(stated) if stated.isdecimal() and len(stated) < 16 else None
            found.setdefault(address, Enclosure(address, media_type(media.get("type")), n_bytes or None))
    yield from found.values()


def media_type(stated: str | None) -> str | None:
    """As stated, in lower case. "text/html" is what feedparser takes a link to lead to, and no type of a file."""
    found = (stated or "").strip().lower()
    return (found or None) if found != "text/html" else None


def _pictured(media: Parsed) -> bool:
    return media.get("medium") == "image" or (media.get("type") or "").startswith("image/")


def _date(holder: Parsed, name: str) -> str | None:
    """ISO 8601, exactly as precise as it was stated, and without a zone where none was."""
    raw = _text(dict.get(holder, name))  # its own get answers with another date
    return moment(raw, dict.get(holder, f"{name}_parsed")) if raw else None


def moment(raw: str, at: struct_time | None) -> str | None:
    """A date as feedparser understood it (in UTC; None if it did not), exactly as precise as it was stated."""
    if COARSE.fullmatch(raw):
        return raw
    try:
        if at is None:  # it wants a zone where RFC 822 does; without one the rest is still told
            return parsedate_to_datetime(raw).isoformat() if CLOCK.search(raw) else raw
        when = datetime.fromtimestamp(timegm(at), UTC)
    except (OverflowError, ValueError, OSError):
        return raw
    if not CLOCK.search(raw):
        return when.date().isoformat()
    return (when if ZONE.search(raw) else when.replace(tzinfo=None)).isoformat()


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
