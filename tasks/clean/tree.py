"""HTML to a tree, safely: no network, no entities from outside, bounded depth, whatever the bytes were."""

from __future__ import annotations

import re

from lxml.etree import LxmlError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from warehouse.errors import Refusal

CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
# libxml2 stops at 256 levels and keeps what it has read. Boxes without meaning of their own are what such pages pile up.
BOXES = re.compile(
    r"</?(?:div|span|section|center|font|b|i|em|strong|small|u|a|table|tbody|tr|td|ul|li|blockquote)\b[^<>]*>", re.IGNORECASE
)
PARAGRAPHS = 3  # of a cell that is a column of the page
TOO_DEEP = "Excessive depth"


def read_tree(html: str) -> tuple[HtmlElement | None, bool]:
    """The page's root, None if it holds no element; and whether it was cut off because it nests too deep."""
    data = CONTROL.sub(" ", html).encode("utf-8", "replace")
    if not data.strip():
        return None, False
    # A parser of its own for every page: its error log tells whether this page was read to the end.
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False, recover=True)
    try:
        tree = document_fromstring(data, parser=parser)
    except (LxmlError, ValueError):  # nothing but blanks, comments or rubbish
        return None, False
    return tree, any(TOO_DEEP in entry.message for entry in parser.error_log.filter_from_fatals())


def boxed(tree: HtmlElement) -> None:
    """Make boxes of tables that lay out a page: a cell that holds a headline or several paragraphs is no data."""
    layout: set[HtmlElement] = set()
    for cell in tree.iter("td"):
        if len(cell.findall(".//p")) >= PARAGRAPHS or cell.find(".//h1") is not None:
            layout.update(table for table in cell.iterancestors("table"))
    for table in layout:
        for part in [
            table,
            *(part for part in table.iter("tbody", "tr", "td", "th") if next(part.iterancestors("table")) is table),
        ]:
            part.tag = "div"


def flat(html: str) -> str:
    """The page without its boxes, each of them a line: what is left of a page that nests too deep to be read."""
    return BOXES.sub("\n<br>", html)


def refuse_depth() -> Refusal:
    """What to raise for a page that cannot be read even without its boxes."""
    return Refusal("too_deep", "its elements nest deeper than 256 levels and no article stands before them")
