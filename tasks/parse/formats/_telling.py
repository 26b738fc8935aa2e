"""What one channel or entry tells, element by element in the order of the document, as feedparser takes it in.

Elements are dispatched by their meaning to readers (`_readers.py`), each of which notes one kind of statement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from feedparser.mixin import _FeedParserMixin
from feedparser.urls import _urljoin, make_safe_absolute_uri

from tasks.parse.formats._feedparsed import media_type
from tasks.parse.formats._meaning import Odd, meaning
from tasks.parse.formats._quickhtml import inner, shown
from tasks.types import Enclosure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    from lxml import etree

    Reader: TypeAlias = Callable[["Telling", etree._Element, "Scope"], None]  # noqa: SLF001  lxml has no other name for it

XML = "{http://www.w3.org/xml/1998/namespace}"  # in lower case, as all names of attributes are here
SPACE = re.compile(r"\s")
ABSOLUTE = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:/[^\s?#;]*)?(?:\?[^\s#&;]+(?:&[^\s#&;]+)*)?(?:#[^\s;]+)?")
REFERENCE = re.compile(r"&[\w.-]+;")
TYPES = {"text": "text/plain", "plain": "text/plain", "html": "text/html", "xhtml": "application/xhtml+xml"}

# What the walk that stands behind feedparser takes from elements of any namespace, where the entry says it in no other way.
GAPS = {
    "title": "title", "link": "link", "guid": "id", "id": "id", "author": "author", "creator": "author", "byline": "author",
    "pubdate": "published", "published": "published", "issued": "published", "date": "published", "category": "categories",
    **dict.fromkeys(("encoded", "content", "body", "description", "summary", "abstract"), "text"),
}  # fmt: skip


class Scope(NamedTuple):
    """What elements inherit: xml:base and xml:lang."""

    base: str
    language: str | None


class Text(NamedTuple):
    """A text construct: HTML is safe to show."""

    value: str
    media: str | None
    language: str | None


@dataclass(slots=True)
class Document:
    """What is known of the whole feed before its elements are read."""

    version: str
    scoped: bool  # some element has a base or language of its own
    names: dict[str, str] = field(default_factory=dict)

    def meaning(self, element: etree._Element) -> str:
        """`meaning(element)`, remembered."""
        tag = element.tag
        name = self.names.get(tag)
        if name is None:
            name = self.names[tag] = meaning(element)
        return name

    def within(self, element: etree._Element, scope: Scope) -> Scope:
        """The scope of an element's contents."""
        if not self.scoped:
            return scope
        told = attributes(element)
        base, language = told.get(f"{XML}base", told.get("base")), told.get(f"{XML}lang", told.get("lang"))
        if base:
            base = make_safe_absolute_uri(scope.base, base) or scope.base if scope.base else _urljoin("", base)
        return Scope(base or scope.base, scope.language if language is None else language.replace("_", "-") or None)


@dataclass(slots=True)
class Telling:
    """What was told so far. Dates are ISO 8601, addresses absolute where a base is known."""

    document: Document
    entry: bool  # of an entry; else of the feed
    hushed: bool = False  # a content was told before, so that a second summary is the summary
    title: str | None = None
    link: str | None = None
    id: str | None = None
    linked: bool = False  # the link is told as one, not taken from the id
    author: str | None = None
    authors: list[str] = field(default_factory=list)
    dates: dict[str, str] = field(default_factory=dict)
    summary: Text | None = None
    contents: list[Text] = field(default_factory=list)
    subtitle: Text | None = None
    captions: list[tuple[etree._Element, Scope]] = field(default_factory=list)
    rights: Text | None = None
    language: str | None = None
    title_language: str | None = None
    categories: list[str] = field(default_factory=list)
    image: str | None = None
    attached: list[dict[str, str]] = field(default_factory=list)  # attributes, in lower case
    media: list[dict[str, str]] = field(default_factory=list)
    thumbnails: list[str] = field(default_factory=list)
    timing: dict[str, str] = field(default_factory=dict)
    gaps: set[str] = field(default_factory=set)

    def hear(self, parent: etree._Element, scope: Scope, readers: Mapping[str, Reader]) -> None:
        """Take in the children. Raises Odd."""
        document = self.document
        names, scoped = document.names, document.scoped
        for element in parent:
            name = names.get(element.tag) or document.meaning(element)
            reader = readers.get(name)
            if reader is not None:
                reader(self, element, document.within(element, scope) if scoped else scope)
            elif name[0] == "?":
                self._pass(element, name)
            else:
                raise Odd(f"{name} is not known")

    def picture(self) -> str | None:
        """Media RSS, else a thumbnail, else an enclosure that is one, else iTunes'."""
        for media in self.media:
            if pictured(media) and (address := stated(media)):
                return address
        if self.thumbnails:
            return self.thumbnails[0]
        for media in self.attached:
            if pictured(media) and (address := stated(media)):
                return address
        return self.image

    def enclosures(self) -> tuple[Enclosure, ...]:
        """Files that come with the entry, each address once; its pictures are not among them."""
        if not (self.attached or self.media):
            return ()
        found: dict[str, Enclosure] = {}
        for media in (*self.attached, *self.media):
            if not pictured(media) and (address := stated(media)) and address not in found:
                size = (media.get("length") or media.get("filesize") or "").strip()
                n_bytes = int(size) if size.isdecimal() and len(size) < 16 else 0
                found[address] = Enclosure(address, media_type(media.get("type")), n_bytes or None)
        return tuple(found.values())

    def _pass(self, element: etree._Element, name: str) -> None:
        if gap := GAPS.get(name[1:]):
            self.gaps.add(gap)
        if len(element) and any(self.document.meaning(inside)[0] != "?" for inside in element.iterdescendants()):
            raise Odd("something known within something that is not")


def attributes(element: etree._Element) -> dict[str, str]:
    """By name in lower case."""
    return {str(name).lower(): str(value) for name, value in element.items()}


def pictured(media: dict[str, str]) -> bool:
    """Whether a file is a picture."""
    return media.get("medium") == "image" or media.get("type", "").lower().startswith("image/")


def stated(media: dict[str, str]) -> str:
    """The address of a file, as it is written."""
    return (media.get("url") or media.get("uri") or media.get("href") or "").strip()


def address(value: str, base: str) -> str:
    """An address as feedparser resolves it."""
    if ABSOLUTE.fullmatch(value):
        return value
    if SPACE.search(value) or ("&" in value and REFERENCE.search(value)):
        raise Odd("an address with blanks or entities")
    return str(_urljoin(base, value))


def words(element: etree._Element) -> str:
    """The text of an element that holds nothing else."""
    if len(element):
        raise Odd(f"{element.tag} holds more than words")
    text = element.text
    return text.strip() if text else ""


def construct(told: Telling, element: etree._Element, scope: Scope, default: str) -> Text:
    """A text of type text, html or xhtml (RFC 4287 §3.1); RSS does not say which, so it is guessed as feedparser guesses."""
    media, atom = default, told.document.version.startswith("atom")
    if element.keys():
        if element.get("mode") or element.get("src"):
            raise Odd("a text that is elsewhere, or coded")
        media = (element.get("type") or default).lower()
        media = TYPES.get(media, media)
    if media == "application/xhtml+xml" and atom:
        return Text(shown(inner(element), scope.base), "text/html", scope.language)
    value = words(element)
    if media == "text/html":
        return Text(shown(value, scope.base), media, scope.language)
    if media != "text/plain":
        raise Odd("a text of another type")
    if "&" in value or "<" in value:
        if not atom and _FeedParserMixin.looks_like_html(value):
            return Text(shown(value, scope.base), "text/html", scope.language)
        if "&" in value and REFERENCE.search(value):
            raise Odd("a plain text with entities")
    return Text(value, media, scope.language)
