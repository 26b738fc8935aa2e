"""Markdown (CommonMark) with or without front matter: one article a file."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from markdown_it import MarkdownIt

from tasks.charset import decode
from tasks.types import DateClaim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tasks.types import Item, Payload

NAME = "markdown"
READS = "one article of Markdown; front matter gives title, authors, dates, tags, url and language"
SUFFIXES = (".md", ".markdown")
FRONT = re.compile(r"\A﻿?---[ \t]*\r?\n(.{0,20000}?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
PAIR = re.compile(r"^([A-Za-z][A-Za-z0-9_-]{0,40})[ \t]*:[ \t]*(.*)$")
HEADING = re.compile(r"\A\s{0,3}#[ \t]+(.{1,300}?)[ \t]*#*[ \t]*(?:\r?\n|\Z)")
KINDS: tuple[Literal["published", "modified"], ...] = ("published", "modified")
FIELDS = {
    "guid": ("id", "guid"),
    "url": ("url", "link", "canonical_url", "permalink"),
    "title": ("title", "headline"),
    "summary": ("summary", "description", "excerpt"),
    "authors": ("author", "authors", "by", "byline"),
    "published": ("published", "published_at", "date", "pubdate"),
    "modified": ("modified", "updated", "lastmod", "last_modified"),
    "language": ("lang", "language"),
    "outlet": ("outlet", "publisher", "site"),
    "agency": ("agency",),
    "dateline": ("dateline",),
    "section": ("section", "category"),
    "keywords": ("tags", "keywords", "categories"),
    "image": ("image",),
}


def sniff(head: bytes) -> bool:
    """Whether front matter stands at the top: nothing else begins so."""
    match = FRONT.match(head.decode("utf-8", "replace"))
    return match is not None and PAIR.match(match[1].split("\n")[0]) is not None


def parse(payload: Payload) -> Iterator[Item]:
    """The file as one item; its first heading is the title where the front matter has none."""
    text = decode(payload.data, payload.charset)
    front: dict[str, list[str]] = {}
    if match := FRONT.match(text):
        front, text = _front(match[1]), text[match.end() :]

    def first(field: str) -> str | None:
        return next((front[key][0] for key in FIELDS[field] if front.get(key)), None)

    title = first("title")
    heading = HEADING.match(text)
    if heading and (title is None or _same(heading[1], title)):
        title, text = title or heading[1], text[heading.end() :]
    yield replace(
        payload.blank(NAME),
        guid=first("guid"),
        url=first("url"),
        title=title,
        title_from="meta" if first("title") else "text" if title else None,
        summary=first("summary"),
        body=_markdown().render(text),
        body_type="html",
        authors=tuple(name for key in FIELDS["authors"] for name in front.get(key, ())),
        dates=tuple(DateClaim(kind, value, "meta") for kind in KINDS if (value := first(kind))),
        language=first("language"),
        outlet=first("outlet"),
        agency=first("agency"),
        dateline=first("dateline"),
        section=first("section"),
        keywords=tuple(word for key in FIELDS["keywords"] for word in front.get(key, ())),
        image=first("image"),
    )


def _front(block: str) -> dict[str, list[str]]:
    """The flat part of YAML that front matter is written in: `key: value`, `key: [a, b]`, and lists of "- " lines."""
    found: dict[str, list[str]] = {}
    key = ""
    for line in block.splitlines():
        if pair := PAIR.match(line):
            key, value = pair[1].lower().replace("-", "_"), pair[2].strip()
            listed = value[1:-1].split(",") if value.startswith("[") and value.endswith("]") else [value]
            found[key] = [v for v in map(_scalar, listed) if v]
        elif key and (dash := re.match(r"^[ \t]*-[ \t]+(.+)$", line)):
            found[key].append(_scalar(dash[1]))
    return found


def _scalar(value: str) -> str:
    value = value.strip()
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else re.sub(r"[ \t]+#.*$", "", value)


def _same(one: str, other: str) -> bool:
    return re.findall(r"\w+", one.casefold()) == re.findall(r"\w+", other.casefold())


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True})
