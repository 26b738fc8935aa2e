"""A piece of HTML, as feeds and JSON carry it, to plain text."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

from lxml import etree

from tasks.clean.tree import flat, read_tree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

DROPPED: Final = frozenset(
    """
    script style noscript template form button select option input textarea iframe object embed svg math canvas audio video
    head title meta link nav dialog
    """.split()
)
PARAGRAPHS: Final = frozenset(
    """
    p div section article header footer aside main blockquote h1 h2 h3 h4 h5 h6 ul ol dl table figure figcaption pre address hr
    details summary caption body
    """.split()
)
ROWS: Final = frozenset(["tr", "dt", "dd"])
CELLS: Final = frozenset(["td", "th"])
TAG: Final = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]{0,20}(?=[\s/>])|<!--")
# Breaks that the text has, not its source; control characters, which no HTML text can hold.
PARAGRAPH: Final = "\x01"
LINE: Final = "\x02"  # <br>: two of them are as good as a paragraph
ITEM: Final = "\x03"  # a list item, a table's row: a line, however many there are
BREAK: Final = re.compile(rf"{PARAGRAPH}|{LINE}[^\S{PARAGRAPH}{LINE}{ITEM}]*{LINE}")
ENDS: Final = re.compile(f"[{LINE}{ITEM}]")


def fragment(html: str, base_url: str | None = None) -> str:  # noqa: ARG001  the text keeps no links; kept for the callers
    """The text of a piece of HTML: paragraphs separated by a blank line, <br> and list items as lines, entities resolved.

    Scripts, styles and forms are left out. Plain text comes back as it is, with blanks normalised. Markup that was escaped
    twice, as careless feeds do, is read, too.
    """
    html = html.replace("<![CDATA[", "").replace("]]>", "")
    for _ in range(2):
        if TAG.search(html):
            return _tidy(_marked(html))
        plain = unescape(html)
        if not TAG.search(plain):
            return _plain(plain)
        html = plain
    return _tidy(_marked(html))


def _marked(html: str) -> str:
    """The text with its breaks marked."""
    tree, cut = read_tree(html)
    if cut:
        tree, _ = read_tree(flat(html))
    return "" if tree is None else "".join(_pieces(tree))


def _pieces(tree: HtmlElement) -> list[str]:
    pieces: list[str] = []
    lists = 0
    walker = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        start = event == "start"
        if start and tag in DROPPED:
            walker.skip_subtree()
            continue
        if tag == "li":
            lists += 1 if start else -1
            pieces.append(f"{ITEM}- " if start else ITEM)
        elif tag in PARAGRAPHS:
            pieces.append(ITEM if lists else PARAGRAPH)
        elif tag in ROWS:
            pieces.append(ITEM)
        elif tag == "br" and start:
            pieces.append(LINE)
        elif tag in CELLS and start:
            pieces.append(" ")
        text = element.text if start else element.tail
        if text:
            pieces.append(text.replace("\n", ITEM) if tag == "pre" and start else text)
    return pieces


def _tidy(marked: str) -> str:
    """Blanks to single spaces, breaks to one line feed or a blank line; an item's mark goes to the line after it."""
    paragraphs: list[str] = []
    for paragraph in BREAK.split(marked):
        lines: list[str] = []
        dash = ""
        for line in ENDS.split(paragraph):
            text = " ".join(line.split())
            if text == "-":
                dash = "- "
            elif text:
                lines.append(dash + text)
                dash = ""
        if lines:
            paragraphs.append("\n".join(lines))
    return "\n\n".join(paragraphs)


def _plain(text: str) -> str:
    """Text without markup: its own lines and blank lines are its breaks."""
    paragraphs = (
        "\n".join(filter(None, (" ".join(line.split()) for line in paragraph.split("\n"))))
        for paragraph in re.split(r"\n[^\S\n]*\n", text)
    )
    return "\n\n".join(filter(None, paragraphs))
