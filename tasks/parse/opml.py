"""OPML 1.0 and 2.0: lists of feeds, as every feed reader takes and gives them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from tasks.parse.formats._entries import web
from tasks.parse.formats._markup import one_line
from tasks.parse.formats._xmltext import ampersands, document, repair
from warehouse.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DEEPEST = 20  # folders within folders


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed of the list."""

    url: str
    title: str | None
    site: str | None
    folders: tuple[str, ...]  # from the outermost in


def read(data: bytes) -> list[Outline]:
    """The feeds of a list, each address once, in the order of the list.

    Raises Refusal: "empty", "malformed", "wrong_type" for what is no OPML, "forbidden" for entities that expand or reach
    outside, "no_article" for a list without feeds.
    """
    text, prolog = document(data)
    if prolog.root != "opml":
        what = f"its root element is <{prolog.root[:40]}>" if prolog.root else "there is no XML element in it"
        raise Refusal("wrong_type" if prolog.root else "malformed", f"{what}; a list of feeds begins with <opml>")
    found: dict[str, Outline] = {}
    for element in _elements(ampersands(repair(text, prolog))):
        outline = _outline(element)
        if outline is not None:
            found.setdefault(outline.url, outline)
    if not found:
        raise Refusal("no_article", "it lists no feeds: no outline has an xmlUrl")
    return list(found.values())


def write(outlines: Iterable[Outline], title: str) -> str:
    """A list of feeds as OPML 2.0, to be saved as UTF-8.

    Feeds of one folder stand together, those of none first; within a folder the order stays. `read` gives back what was written.
    """
    listed = sorted(outlines, key=lambda o: o.folders)  # stable: within a folder the order stays
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"<head><title>{escape(_legal(title))}</title></head>",
        "<body>",
    ]
    here: tuple[str, ...] = ()
    for outline in listed:
        shared = next(
            (n for n, (a, b) in enumerate(zip(here, outline.folders, strict=False)) if a != b),
            min(len(here), len(outline.folders)),
        )
        lines += ["</outline>"] * (len(here) - shared)
        lines += [f"<outline text={_attribute(name)}>" for name in outline.folders[shared:]]
        here = outline.folders
        name = outline.title or outline.url
        site = f" htmlUrl={_attribute(outline.site)}" if outline.site else ""
        told = f" title={_attribute(outline.title)}" if outline.title else ""
        lines.append(f'<outline type="rss" text={_attribute(name)}{told} xmlUrl={_attribute(outline.url)}{site}/>')
    return "\n".join([*lines, *["</outline>"] * len(here), "</body>", "</opml>", ""])


def _elements(xml: str) -> Iterator[etree._Element]:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(xml.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refusal("malformed", f"it is no XML that can be read ({error})") from error
    if root is not None:
        yield from root.iter(etree.Element)


def _outline(element: etree._Element) -> Outline | None:
    if _name(element) != "outline":
        return None
    told = _attributes(element)
    url = web(told.get("xmlurl"))
    if url is None or "://" not in url:
        return None
    folders = [name for up in element.iterancestors() if _name(up) == "outline" and (name := _label(_attributes(up)))]
    return Outline(url, _label(told, url), web(told.get("htmlurl")), tuple(reversed(folders[:DEEPEST])))


def _label(told: dict[str, str], url: str | None = None) -> str | None:
    """What an outline is called; its address is no name."""
    names = (one_line(told.get(key, "")) for key in ("title", "text"))
    return next((name for name in names if name and name != url), None)


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(name).rpartition("}")[2].lower(): str(value) for name, value in element.attrib.items()}


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _attribute(value: str) -> str:
    return quoteattr(_legal(value))


def _legal(text: str) -> str:
    """Without what no XML document may hold (XML 1.0 §2.2)."""
    return "".join(c for c in text if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff"))
