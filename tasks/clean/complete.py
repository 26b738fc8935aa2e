"""Completing a teaser: the entry of a feed with the text of the page that it leads to."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from tasks.clean.article import clean
from tasks.clean.teaser import belongs, says_more
from tasks.clean.urls import canonical
from warehouse.errors import Refusal

if TYPE_CHECKING:
    from tasks.types import Article, Item, Payload, Source


def page_item(page: Item, entry: Item) -> Item:
    """The entry with its page as the body: what the entry does not say the page may. The headline is first the page's own."""
    return replace(entry, body=page.body, body_type="page", format=page.format, title=None, title_from=None)


def better(entry: Item, page: Article, source: Source, payload: Payload) -> Article:
    """The article with the better of the two texts; `text_from` says which. `page` is made of `page_item`.

    Raises Refusal("no_article") if the page does not carry what the entry says.
    """
    told: Article | None = None
    with suppress(Refusal):
        told = clean(entry, source)
    text = told.text if told else ""
    if not belongs(text, entry.title, page.text, page.title):
        raise Refusal("no_article", "the page does not carry the entry's words: another page, a wall or an error stands there")
    final = canonical(payload.uri)
    aliases = tuple(u for u in (final,) if u and u != page.url)
    if told is not None and not says_more(text, page.text):
        access = page.access if page.access != "truncated" else told.access
        cut = told.access == "truncated" and len(page.text) < len(told.text)
        return replace(told, access="truncated" if cut else access, text_from="feed", aliases=aliases)
    title, title_from = (told.title, told.title_from) if told and told.title else (page.title, page.title_from)
    return replace(
        page, title=title, title_from=title_from, text_from="page", page_raw_id=payload.raw_id, aliases=aliases,
        format=entry.format, truncated=payload.truncated,
    )  # fmt: skip
