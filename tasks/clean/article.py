"""The clean record of an item: its text taken apart, its metadata made sound, its dates believed or not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tasks.clean.blocks import paragraphs
from tasks.clean.characters import clean_line, clean_text
from tasks.clean.closing import closing
from tasks.clean.dates import first_valid
from tasks.clean.fragment import fragment
from tasks.clean.language import language
from tasks.clean.names import names
from tasks.clean.opening import opening
from tasks.clean.teaser import FEED_FORMATS, trimmed
from tasks.clean.urls import canonical, domain
from tasks.gazetteer import locate
from tasks.limits import LIMITS
from tasks.types import Article, DateClaim, HeadField
from warehouse.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tasks.types import HeadName, Item, Origin, Source

PLAIN = "text"  # the extractor of texts that come without markup


def clean(item: Item, source: Source, published: str | None = None) -> Article:
    """The clean record of an item. `published` is the date that the user gives for articles that state none.

    Raises Refusal("no_article") where there is neither text nor headline.
    """
    told, extractor = _plain(item)
    body, cut = trimmed(told.body) if item.format in FEED_FORMATS and item.body_type != "page" else (told.body, False)
    parts = _parts(body, told.title)
    title, title_from = _title(told, parts)
    if not parts.text and (not title or item.body_type == "page"):
        raise Refusal("no_article", "no article text was found in it; if you see one there, please report it with the file")
    url = canonical(told.url)
    place = parts.first("place") or clean_line(told.dateline)
    located = locate(place, source.country) if place else None
    dates = [*told.dates, *(DateClaim("published", date, "text") for date in parts.all("date"))]
    dates += [DateClaim("modified", date, "text") for date in parts.all("updated")]
    dates += [DateClaim("published", published, "given")] if published else []
    known = {"timezone": source.timezone, "country": source.country}
    code, confidence = language(parts.text or title or "", told.language or source.language)
    return Article(
        source=item.source,
        outlet=source.outlet or clean_line(told.outlet) or domain(url) or source.name,
        path=item.path,
        raw_id=item.raw_id,
        seen_at=item.seen_at,
        format=item.format,
        record=item.record,
        alone=item.alone,
        edited=item.edited and item.alone,
        text=parts.text,
        head=parts.head,
        tail=parts.tail,
        fields=parts.fields,
        guid=clean_line(told.guid),
        url=url,
        title=title,
        title_from=title_from,
        summary=paragraphs(clean_text(told.summary)) if told.summary else None,
        authors=_authors(told, parts, source),
        agency=clean_line(told.agency) or parts.first("agency"),
        dateline_place=place,
        dateline_country=located.country if located else None,
        published=first_valid(dates, "published", seen_at=item.seen_at, **known),
        modified=first_valid(dates, "modified", seen_at=item.seen_at, **known),
        language=code,
        language_confidence=confidence,
        section=clean_line(told.section),
        keywords=_distinct(map(clean_line, told.keywords)),
        image=canonical(told.image, url),
        access=told.access or ("truncated" if cut else None),
        enclosures=told.enclosures,
        truncated=told.truncated or len(told.body) > LIMITS.text,
        extractor=extractor,
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """A text taken apart: head, body and tail (NITF body.head, body.content, body.end)."""

    text: str
    head: str | None
    tail: str | None
    fields: tuple[HeadField, ...]

    def all(self, name: HeadName) -> list[str]:
        return [f.text for f in self.fields if f.name == name]

    def first(self, name: HeadName) -> str | None:
        return next(iter(self.all(name)), None)


def _plain(item: Item) -> tuple[Item, str]:
    """The item with plain text instead of markup, and what took it out."""
    summary = fragment(item.summary, item.url) if item.summary and item.summary_type != "text" else item.summary
    item = replace(item, summary=summary or None)
    if item.body_type == "text":
        return item, PLAIN
    if item.body_type == "html":
        return replace(item, body=fragment(item.body, item.url)), "fragment"
    from tasks.clean.page import read_page  # noqa: PLC0415  its engine takes 0.5 s to import, and many runs see no page

    page = read_page(item.body, item.url)
    merged = replace(
        item,
        body=page.text,
        title=item.title or page.title,
        title_from=item.title_from if item.title else page.title_from,
        summary=item.summary or page.summary,
        authors=item.authors or page.authors,
        agency=item.agency or page.agency,
        dates=(*item.dates, *page.dates),
        language=item.language or page.language,
        url=item.url or page.url,
        outlet=item.outlet or page.outlet,
        image=item.image or page.image,
        section=item.section or page.section,
        keywords=item.keywords or page.keywords,
        access=item.access or page.access,
    )
    return merged, page.extractor


def _parts(body: str, title: str | None) -> _Parts:
    """Head and tail off the text. Their offsets hold in `head` and `tail` as stored: both are cut out before anything moves."""
    text = clean_text(body[: LIMITS.text]).strip()
    top = opening(text, title)
    head, rest = text[: top.body_start].rstrip(), text[top.body_start :]
    end = closing(rest)
    below = rest[end.body_end :]
    shift = end.body_end + len(below) - len(below.lstrip())
    tail = below.strip()
    fields = [f for f in top.fields if f.end <= len(head)]
    fields += [replace(f, part="tail", start=f.start - shift, end=f.end - shift) for f in end.fields]
    return _Parts(paragraphs(rest[: end.body_end]), head or None, tail or None, tuple(fields))


def _title(told: Item, parts: _Parts) -> tuple[str | None, Origin | None]:
    if stated := clean_line(fragment(told.title) if told.title and "<" in told.title else told.title):
        return stated[: LIMITS.line], told.title_from or "meta"
    if printed := clean_line(parts.first("headline")):
        return printed[: LIMITS.line], "text"
    return None, None


def _authors(told: Item, parts: _Parts, source: Source) -> tuple[str, ...]:
    """Whom the publisher names, else the byline above the text, else the credits below it."""
    papers = [p for p in (source.outlet, told.outlet) if p]
    above = [f.text for f in parts.fields if f.name == "byline" and f.part == "head"]
    below = [f.text for f in parts.fields if f.name == "byline" and f.part == "tail"]
    for stated in (told.authors, above, below):
        if found := _distinct(name for value in stated for name in names(clean_line(value) or "", papers)):
            return found
    return ()


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v for v in values if v))
