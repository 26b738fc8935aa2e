"""A plain walk over a feed's elements, by local name: what is left when a feed parser gives up or loses a field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from lxml import etree

from tasks.parse.formats._entries import Entry, Feed
from tasks.parse.formats._markup import body_of, one_line, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

ENTRIES = frozenset({"item", "entry"})
LINE = re.compile(r"\bline (\d+)")
ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"


def read(xml: str, base: str | None) -> Feed:
    """The feed as its elements say it: no namespaces, no types, no inheritance. Holds nothing if it cannot be read."""
    # An element nested beyond libxml2's limit ends the document there: what stands before it is kept.
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(xml.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return Feed()
    if root is None:
        return Feed()
    entries = [element for element in root.iter(etree.Element) if _name(element) in ENTRIES]
    entries = [element for element in entries if not any(_name(up) in ENTRIES for up in element.iterancestors())]
    channel = next((element for element in root.iter(etree.Element) if _name(element) in {"channel", "feed"}), root)
    fields = _fields(channel)
    return Feed(
        title=_words(fields, "title"),
        link=_link(fields, base),
        entries=tuple(_entry(element, base) for element in entries),
    )


def broken(xml: str, before: int = 0) -> str | None:
    """Where the XML is not well-formed, as a sentence for people; None if it is. `before` lines were taken off its beginning."""
    try:
        etree.fromstring(xml.encode("utf-8", "replace"), etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        return "its XML is damaged: " + LINE.sub(lambda match: f"line {int(match[1]) + before}", error.msg or "it ends too early")
    except ValueError as error:
        return f"its XML is damaged: {error}"
    return None


def _entry(element: etree._Element, base: str | None) -> Entry:
    fields = _fields(element)
    author = _words(fields, "author", "creator", "byline")
    body = _markup(fields, "encoded", "content", "body", "description", "summary", "abstract")
    text, kind = body_of(body) if body else ("", "text")
    identity = _words(fields, "guid", "id") or element.get(ABOUT)
    return Entry(
        title=_words(fields, "title"),
        link=_link(fields, base) or element.get("href"),
        id=identity,
        author=author,
        authors=(author,) if author else (),
        published=_words(fields, "pubdate", "published", "issued", "date"),
        updated=_words(fields, "updated", "modified"),
        summary=text or None,
        summary_type=kind,
        categories=tuple(filter(None, (_own_words(e) or e.get("term") for e in fields.get("category", ())))),
    )


def _fields(element: etree._Element) -> dict[str, list[etree._Element]]:
    fields: dict[str, list[etree._Element]] = {}
    for child in element.iterchildren(etree.Element):
        fields.setdefault(_name(child), []).append(child)
    return fields


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _words(fields: dict[str, list[etree._Element]], *names: str) -> str | None:
    return next((words for element in _among(fields, names) if (words := _own_words(element))), None)


def _own_words(element: etree._Element) -> str | None:
    words = "".join(str(piece) for piece in element.itertext())
    return plain(words) or one_line(words) or None


def _markup(fields: dict[str, list[etree._Element]], *names: str) -> str | None:
    for element in _among(fields, names):
        inner = element.text or ""
        if len(element):
            inner = "".join([inner, *(etree.tostring(child, encoding="unicode") for child in element)])
        if inner.strip():
            return inner.strip()
    return None


def _link(fields: dict[str, list[etree._Element]], base: str | None) -> str | None:
    """RSS writes the address between the tags, Atom into href; a link to something else than the page is none."""
    for element in fields.get("link", ()):
        address = (element.text or "").strip() or (element.get("href") or "").strip()
        if address and element.get("rel", "alternate") == "alternate":
            try:
                return urljoin(base or "", address)
            except ValueError:
                return address
    return None


def _among(fields: dict[str, list[etree._Element]], names: Iterable[str]) -> Iterable[etree._Element]:
    for name in names:
        yield from fields.get(name, ())
