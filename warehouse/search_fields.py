"""What the search index has of an article, field by field."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from warehouse.search_words import folded, stems, words

if TYPE_CHECKING:
    from pathlib import Path

    import tantivy

TITLE_STEMS = 3  # how often a title's stems count


class Article(NamedTuple):
    """A row of search_articles.sql."""

    article_id: str
    source: str
    outlet: str
    language: str | None
    at: int
    title: str | None
    text: str
    summary: str | None
    authors: list[str]
    agency: str | None
    place: str | None
    section: str | None
    keywords: list[str]


def document(article: Article) -> tantivy.Document:
    """An article as the index has it. Words stand in a field, separated by blanks; a part of it begins with a gap."""
    from tantivy import Document  # noqa: PLC0415  only who searches pays for it

    made = Document()
    made.add_text("id", article.article_id)
    for mark in filters(source=article.source, outlet=article.outlet, language=article.language or "") | {"article"}:
        made.add_text("is", mark)
    made.add_integer("at", article.at)
    headline, body = words(article.title or ""), words(article.text) + words(article.summary or "")
    makers = [word for name in (*article.authors, article.agency or "") for word in words(name)]
    for field, found in {"title": headline, "outlet": words(article.outlet), "by": makers}.items():
        joined = " ".join(folded(found))
        made.add_text(field, joined)
        made.add_text("all", joined)
    for found in (body, *map(words, (article.place or "", article.section or "", *article.keywords))):
        made.add_text("all", " ".join(folded(found)))
    if (forms := stems(article.language)) is not None:
        made.add_text("stem", " ".join(map(forms.__getitem__, chain(headline * TITLE_STEMS, body))))
    return made


def filters(**wanted: str) -> set[str]:
    """What documents are that have this source, outlet or language."""
    return {f"{name}:{' '.join(folded(words(value))) if name == 'outlet' else value}" for name, value in wanted.items()}


def created(folder: Path) -> tantivy.Index:
    """A new index in an empty folder."""
    from tantivy import Index, SchemaBuilder  # noqa: PLC0415

    schema = SchemaBuilder()
    schema.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    schema.add_text_field("is", tokenizer_name="raw", index_option="basic")
    schema.add_text_field("stamp", stored=True, tokenizer_name="raw", index_option="basic")
    schema.add_integer_field("at", indexed=True, fast=True)
    for name in ("all", "title", "outlet", "by"):
        schema.add_text_field(name, tokenizer_name="whitespace")
    schema.add_text_field("stem", tokenizer_name="whitespace", index_option="freq")
    return Index(schema.build(), str(folder))
