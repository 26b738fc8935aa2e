"""A record with named fields, out of JSON or a table, as an Item; and where in a document the records stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypeVar

from tasks.parse.formats import _names as names
from tasks.parse.formats._entries import web
from tasks.parse.formats._markup import body_of, plain
from tasks.parse.formats._values import LINK_KEYS, NAME_KEYS, Record, fold, folded, instant, line, paragraphs, people, terms, text
from tasks.types import BodyType, DateClaim, Origin
from warehouse.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tasks.types import Item

ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report|Review|Story)$|^Article", re.IGNORECASE)
CUT = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\+\d+ chars\]\s*$")
# HTML is the better body where it says the same, for its paragraphs; where it says less, the plain text is whole.
SAYS_THE_SAME = 0.8
NO_ZONE = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?")

T = TypeVar("T")


def item(blank: Item, record: Record) -> Item:
    """The Item that a record tells of. Raises Refusal("no_article") if it has neither a title nor a text."""
    known = _unwrapped(folded(record))
    typed = record.get("@type")
    if typed is not None and not _is_article(typed):
        raise Refusal("no_article", f"it describes a {line(typed) or 'thing'}, not an article")
    body, body_type = _body(known)
    title = _first(known, names.TITLE, line) or (_first(known, names.NAME, line) if body else None)
    if not title and not body:
        seen = ", ".join(sorted(str(key)[:30] for key in record)[:12]) or "none"
        raise Refusal("no_article", f"it has no title and no text; its fields are: {seen}")
    origin: Origin = "meta" if typed is None else "json-ld"
    access: Literal["free", "paywalled", "truncated"] | None = _access(known)
    if body_type == "text" and (cut := CUT.search(body[-80:])):
        body, access = body[: len(body) - len(cut[0])], "truncated"
    summary, summary_type = body_of(_first(known, names.SUMMARY, text) or "")
    return replace(
        blank,
        guid=_first(known, names.GUID, line),
        url=_first(known, names.URL, lambda value: web(text(value, LINK_KEYS))),
        title=title,
        title_from=origin if title else None,
        summary=summary or None,
        summary_type=summary_type if summary else "text",
        body=body,
        body_type=body_type,
        authors=_first(known, names.AUTHORS, people) or (),
        dates=tuple(_claims(known, origin)),
        language=_first(known, names.LANGUAGE, line),
        outlet=_first(known, names.OUTLET, _publisher),
        agency=_first(known, names.AGENCY, lambda value: line(value, NAME_KEYS)),
        dateline=_first(known, names.DATELINE, line),
        section=_first(known, names.SECTION, line),
        keywords=_first(known, names.KEYWORDS, terms) or (),
        image=_first(known, names.IMAGE, lambda value: web(text(value, LINK_KEYS))),
        access=access,
    )


def records_in(document: object) -> list[object]:
    """The records of a document: itself, its members, or a list that it wraps, at most two levels down."""
    if isinstance(document, list):
        return document
    if not isinstance(document, Mapping):
        raise Refusal("no_article", "the document is no object and no list of objects")
    graph = document.get("@graph")
    if isinstance(graph, list):
        nodes = [node for node in graph if isinstance(node, Mapping) and _is_article(node.get("@type"))]
        return list(nodes) or [document]
    found = _wrapped(document)
    if found is None:
        for key, inner in document.items():
            if isinstance(inner, Mapping) and isinstance(key, str) and not _tells(document):
                found = _wrapped(inner)
                if found is not None:
                    break
    return [document] if found is None else found


def known_names(header: list[str]) -> int:
    """How many of a table's column names are known; 0 if none of them is a title's or a text's."""
    columns = {fold(name) for name in header}
    return len(columns & names.KNOWN) if columns & names.TELLING else 0


def _wrapped(holder: Record) -> list[object] | None:
    if any(paragraphs(value) for key, value in folded(holder).items() if key in names.TEXT and not isinstance(value, Mapping)):
        return None  # it has a text of its own: what it lists is related matter
    known = folded(holder)
    for key in names.LISTS:
        value = known.get(key)
        if isinstance(value, list) and (not value or any(isinstance(member, Mapping) for member in value)):
            return value
        if isinstance(value, Mapping) and _tells(value) and not _tells(holder):
            return [value]
    return None


def _tells(record: Record) -> bool:
    return any(key in names.TELLING for key in folded(record))


def _unwrapped(known: dict[str, object]) -> dict[str, object]:
    """The record with the fields of the objects that hold them: search engines and publishing systems wrap them."""
    for key in names.WRAPPED:
        inner = known.get(key)
        if isinstance(inner, Mapping) and (key in {"fields", "attributes"} or not known.keys() & (names.TELLING - {key})):
            known = {**{name: value for name, value in known.items() if name != key}, **folded(inner)}
    return known


def _first(known: Mapping[str, object], aliases: tuple[str, ...], read: Callable[[object], T | None]) -> T | None:
    """What the first of the aliases gives that holds a value of a type that can be read."""
    for alias in aliases:
        if known.get(alias) is not None and (found := read(known[alias])):
            return found
    return None


def _body(known: Mapping[str, object]) -> tuple[str, BodyType]:
    body, kind = body_of(_first(known, names.TEXT, paragraphs) or "")
    markup, markup_kind = body_of(_first(known, names.HTML, paragraphs) or "")
    if not markup or not body:
        return (body, kind) if body else (markup, markup_kind)
    if markup_kind != "page" and len(plain(markup)) >= SAYS_THE_SAME * len(plain(body)):
        return markup, markup_kind
    return body, kind


def _claims(known: Mapping[str, object], origin: Origin) -> Iterator[DateClaim]:
    published = _dated(known, names.PUBLISHED)
    if published:
        yield DateClaim("published", published[1], origin)
    modified = _dated(known, names.MODIFIED)
    if modified and (published is None or modified[0] != published[0]):
        yield DateClaim("modified", modified[1], origin)


def _dated(known: Mapping[str, object], aliases: tuple[str, ...]) -> tuple[str, str] | None:
    for alias in aliases:
        value = instant(known.get(alias))
        if value:
            # WordPress states the zone in the field's name.
            return alias, f"{value}+00:00" if alias.endswith("gmt") and NO_ZONE.fullmatch(value) else value
    return None


def _publisher(value: object) -> str | None:
    """Who publishes; an address or a number in that place names nobody."""
    name = line(value, NAME_KEYS)
    return None if name is None or "/" in name or name.isdigit() else name


def _access(known: Mapping[str, object]) -> Literal["free", "paywalled"] | None:
    free = known.get("isaccessibleforfree")
    flag = free.lower() if isinstance(free, str) else free
    if flag in (True, "true"):
        return "free"
    return "paywalled" if flag in (False, "false") else None


def _is_article(typed: object) -> bool:
    kinds = typed if isinstance(typed, list) else [typed]
    return any(isinstance(kind, str) and ARTICLE_TYPE.search(kind) is not None for kind in kinds)
