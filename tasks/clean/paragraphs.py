"""A page's paragraphs read plainly: the element that holds most of them, and its blocks in order.

The second opinion beside the engine: where that finds nothing, or leaves out most of what stands there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tasks.clean.meta import words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

ENOUGH: Final = 40  # characters from which a block counts as running text
LINKED: Final = 0.5  # more of its text in links, and a block is navigation
MOST: Final = 0.75  # of the page's running text: the deepest element with as much is the article
BREAKS: Final = 80  # characters of an element's own text from which it is a paragraph without being a <p>


def plain_paragraphs(tree: HtmlElement) -> list[str]:
    """The running text of a pruned page, one string a block."""
    lengths: dict[HtmlElement, int] = {}
    total = 0
    blocks = [(block, text) for block in tree.iter("p", "li", "blockquote", "pre", "div", "td") if (text := _running(block))]
    for block, text in blocks:
        total += len(text)
        lengths[block] = lengths.get(block, 0) + len(text)
        for above in block.iterancestors():
            lengths[above] = lengths.get(above, 0) + len(text)
    if not total:
        return []
    best = tree
    while (inner := max(best, key=lambda child: lengths.get(child, 0), default=None)) is not None:
        if lengths.get(inner, 0) < MOST * total:
            break
        best = inner
    return _blocks(best)


def _running(block: HtmlElement) -> str:
    """The text of a block that is running text by itself, else nothing."""
    own = len((block.text or "").strip()) + sum(len((child.tail or "").strip()) for child in block)
    if (block.tag != "p" and own < BREAKS) or own == 0:
        return ""
    text = words(block)
    if len(text) < ENOUGH or sum(len(link.text_content()) for link in block.iter("a")) > LINKED * len(text):
        return ""
    return text


def _blocks(best: HtmlElement) -> list[str]:
    out: list[str] = []
    inside: set[HtmlElement] = set()
    for element in best.iter():
        if not isinstance(element.tag, str) or element.getparent() in inside:
            inside.add(element)
            continue
        heading = element.tag in {"h2", "h3", "h4"}
        if heading or (text := _running(element)):
            text = words(element) if heading else text
            inside.add(element)
            if text and text not in out[-3:]:
                out.append(text)
    return out
