"""What an invented paper has to tell: entries, feeds of them, and their pages."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Literal
from xml.sax.saxutils import escape, quoteattr

from tests.conftest import THINGS, TOWNS, VERBS, story
from tests.newsserver import Reply

if TYPE_CHECKING:
    from collections.abc import Iterable

EPOCH = datetime(2026, 3, 2, 6, tzinfo=UTC)
ATOM = "http://www.w3.org/2005/Atom"
SPACES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "atom": ATOM,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as a feed and its page tell it. What is "" or None is not stated."""

    number: int
    title: str
    guid: str
    url: str
    text: str  # all of it, paragraphs apart by blank lines
    full: bool  # whether the feed has all of it, or only a teaser
    published: datetime | None
    updated: datetime | None
    author: str
    category: str

    @property
    def paragraphs(self) -> list[str]:
        return self.text.split("\n\n")

    @property
    def teaser(self) -> str:
        """Its first sentences, as long as a feed has them."""
        return self.paragraphs[0][:160].rsplit(" ", 1)[0] + " …"


def entry(
    n: int,
    *,
    title: str | None = None,
    guid: str | None = None,
    url: str | None = None,
    text: str | None = None,
    full: bool = True,
    published: datetime | Literal[""] | None = None,
    updated: datetime | None = None,
) -> Entry:
    """Invented article n, published 7 minutes after the one before. None is filled in by number; "" leaves a thing out."""
    thing, town, verb = THINGS[n % 10], TOWNS[n * 7 % 10], VERBS[n * 3 % 10]
    return Entry(
        number=n,
        title=f"The {thing} no{n} of {town} is {verb} again" if title is None else title,
        guid=f"tag:paper.example,2026:{n}" if guid is None else guid,
        url=f"https://paper.example/news/{n}.html" if url is None else url,
        text=story(n, 250) if text is None else text,
        full=full,
        published=None if published == "" else published or EPOCH + timedelta(minutes=7 * n),
        updated=updated,
        author="Ines Farid",
        category="Region",
    )


def rss(
    entries: Iterable[Entry],
    *,
    title: str = "The Invented Post",
    ttl: int | None = None,
    link: str | None = None,
    extra: str = "",
) -> bytes:
    """An RSS 2.0 feed; `ttl` in minutes, `extra` is XML of the channel."""
    parts = [
        _tag("title", title),
        _tag("link", link or "https://paper.example/"),
        _tag("description", "News that never happened"),
        _tag("language", "en"),
        _tag("ttl", "" if ttl is None else str(ttl)),
        extra,
        *map(_item, entries),
    ]
    spaces = "".join(f" xmlns:{prefix}={quoteattr(uri)}" for prefix, uri in SPACES.items())
    return _document(f'<rss version="2.0"{spaces}><channel>', parts, "</channel></rss>")


def atom(entries: Iterable[Entry], *, title: str = "The Invented Post", link: str | None = None, extra: str = "") -> bytes:
    """An Atom 1.0 feed (RFC 4287); `extra` is XML of the feed."""
    listed = list(entries)
    home = link or "https://paper.example/"
    newest = max((moment for e in listed if (moment := e.updated or e.published)), default=EPOCH)
    parts = [
        _tag("title", title),
        _tag("id", home),
        f"<link href={quoteattr(home)}/>",
        _tag("updated", newest.isoformat()),
        extra,
        *map(_atom_entry, listed),
    ]
    return _document(f'<feed xmlns="{ATOM}" xml:lang="en">', parts, "</feed>")


def page(told: Entry, *, paywall: bool = False) -> Reply:
    """The article's page, as a news site has it around the text; behind a `paywall` only the first paragraph is shown."""
    shown = told.paragraphs[:1] if paywall else told.paragraphs
    title, url = escape(told.title), quoteattr(told.url)
    stated = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": told.title, "mainEntityOfPage": told.url,
        **({"datePublished": told.published.isoformat()} if told.published else {}),
        **({"dateModified": told.updated.isoformat()} if told.updated else {}),
        **({"author": {"@type": "Person", "name": told.author}} if told.author else {}),
        "publisher": {"@type": "Organization", "name": "The Invented Post"}, "isAccessibleForFree": not paywall,
    }  # fmt: skip
    menu = "".join(f'<li><a href="/{s.lower()}">{s}</a></li>' for s in ("World", "Region", "Business", "Sport", "Culture"))
    teasers = "".join(
        f'<li><a href="/news/{told.number + n}.html">In brief: {thing} and more</a></li>' for n, thing in enumerate(THINGS, 1)
    )
    paragraphs = "\n".join(f"<p>{escape(p)}</p>" for p in shown)
    offer = (
        '<div class="paywall"><p>This article is for subscribers.</p><a href="/subscribe">Subscribe now</a></div>'
        if paywall
        else ""
    )
    byline = f'<p class="byline">By <a rel="author" href="/people/1">{escape(told.author)}</a></p>' if told.author else ""
    data = json.dumps(stated).replace("</", r"<\/")
    html = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title} | The Invented Post</title>
<link rel="canonical" href={url}>
<meta property="og:title" content={quoteattr(told.title)}>
<meta property="og:type" content="article">
<script type="application/ld+json">{data}</script>
</head>
<body>
<header><a href="/">The Invented Post</a><nav><ul>{menu}</ul></nav></header>
<main>
<article>
<h1>{title}</h1>
{byline}
<div class="body">
{paragraphs}
</div>
{offer}
</article>
<aside><h2>Most read</h2><ul>{teasers}</ul></aside>
</main>
<footer><p>© 2026 The Invented Post. All rights reserved.</p><a href="/privacy">Privacy</a></footer>
</body>
</html>
"""
    return Reply(html.encode(), media_type="text/html; charset=utf-8")


def _item(told: Entry) -> str:
    parts = [
        _tag("title", told.title),
        _tag("link", told.url),
        _tag("guid", told.guid, ' isPermaLink="false"'),
        _tag("pubDate", format_datetime(told.published) if told.published else ""),
        _tag("atom:updated", told.updated.isoformat() if told.updated else ""),
        _tag("dc:creator", told.author),
        _tag("category", told.category),
        _tag("description", told.teaser),
        _tag("content:encoded", _html(told) if told.full else ""),
    ]
    return "<item>" + "".join(parts) + "</item>\n"


def _atom_entry(told: Entry) -> str:
    updated = told.updated or told.published
    parts = [
        _tag("title", told.title),
        _tag("id", told.guid),
        f"<link href={quoteattr(told.url)}/>" if told.url else "",
        _tag("published", told.published.isoformat() if told.published else ""),
        _tag("updated", updated.isoformat() if updated else ""),
        f"<author>{_tag('name', told.author)}</author>" if told.author else "",
        f"<category term={quoteattr(told.category)}/>" if told.category else "",
        _tag("summary", told.teaser),
        _tag("content", _html(told) if told.full else "", ' type="html"'),
    ]
    return "<entry>" + "".join(parts) + "</entry>\n"


def _html(told: Entry) -> str:
    return "".join(f"<p>{escape(p)}</p>" for p in told.paragraphs)


def _tag(name: str, value: str, attributes: str = "") -> str:
    return f"<{name}{attributes}>{escape(value)}</{name}>" if value else ""


def _document(start: str, parts: list[str], end: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{start}{"".join(parts)}{end}\n'.encode()
