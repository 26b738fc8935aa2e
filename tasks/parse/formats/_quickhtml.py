"""HTML in feeds, quickly: what is plainly harmless stays as it is, what is known is made safe, what is odd is declined."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedparser.urls import _urljoin
from lxml import etree

from tasks.parse.formats._markup import REMARK, TAG, safe, unescape
from tasks.parse.formats._meaning import Odd

if TYPE_CHECKING:
    from tasks.types import BodyType

# Tags that need no second look: no attribute runs, loads from a relative address, or hides anything. One expression that begins
# with "<" is as fast as a search for that character. Everything not listed here takes the long way.
HARMLESS_TAG = r"""
    /?(?:p|a|br|hr|b|i|u|em|strong|span|div|img|h[1-6]|[uod]l|li|d[td]|blockquote|fig(?:ure|caption)|table|t(?:head|body|foot|[rdh])|
    caption|col(?:group)?|su[pb]|small|big|del|ins|s|strike|code|pre|kbd|samp|var|q|cite|abbr|acronym|address|section|article|aside|
    header|footer|center|font|time|tt)
    (?:\s++(?:
        (?:href|src|cite)=(?:"(?:(?:https?:)?//|mailto:|\#)[^"<>]*+"|'(?:(?:https?:)?//|mailto:|\#)[^'<>]*+')
      | (?:class|id|alt|title|width|height|dir|lang|rel|target|v?align|border|(?:col|row)span|datetime|loading|decoding|sizes|
          srcset|fetchpriority|imageanchor|data-[\w-]++|start|type|name|cellpadding|cellspacing)=(?:"[^"<>]*+"|'[^'<>]*+')
      | style=(?:"[\w\s:;.,%\#!-]*+"|'[\w\s:;.,%\#!-]*+')
    ))*+\s*+/?>
"""
REMARKABLE = re.compile(rf"<(?!{HARMLESS_TAG}|[\s\d=]|!--[^<>-]*+-->|\Z)", re.IGNORECASE | re.VERBOSE)
UNHARMED = re.compile(r"<\s*(?:/\s*)?[A-Za-z!?]")
WHOLE_PAGE = re.compile(
    r"</?(?:[!?](?!--)|(?:frame|frameset|link|meta|base|html|body|head|title|object|applet)\b)", re.IGNORECASE
)
PAIRED = ("script", "style", "iframe", "noscript", "template")
ADDRESS = re.compile(r'(\s(?:href|src|cite)=)"([^"<>]*)"')
ABSOLUTE = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|//|#|\Z)")
PREFIXED = re.compile(r"(</?)[\w.-]+:")
DECLARATION = re.compile(r'\sxmlns(?::[\w.-]+)?="[^"]*"')
EMPTY = re.compile(r"<(?!(?:area|br|col|embed|hr|img|input|source|track|wbr)\b)([\w-]+)([^<>]*?)/>")


def shown(value: str, base: str) -> str:
    """The same HTML, safe to show, its relative addresses resolved. Raises Odd."""
    if "<" not in value or REMARKABLE.search(value) is None:
        return value
    if WHOLE_PAGE.search(value):
        raise Odd("markup of whole pages")
    lower = value.lower()
    if any(lower.count(f"<{name}") != lower.count(f"</{name}>") for name in PAIRED) or lower.count("<!--") != lower.count("-->"):
        raise Odd("something that is never closed")
    if any(not (TAG.match(value, m.start()) or REMARK.match(value, m.start())) for m in UNHARMED.finditer(value)):
        raise Odd("a tag that is none")
    value = safe(value)
    return ADDRESS.sub(lambda match: _resolved(match, base), value) if base else value


def _resolved(match: re.Match[str], base: str) -> str:
    return match[0] if ABSOLUTE.match(match[2]) else f'{match[1]}"{_urljoin(base, match[2].strip())}"'


def typed(value: str, media: str | None) -> tuple[str, BodyType]:
    """A text, and whether it is HTML: it is not without any tag."""
    if media == "text/plain":
        return value, "text"
    return (value, "html") if "<" in value else (unescape(value), "text")


def inner(element: etree._Element) -> str:
    """What an Atom construct of type xhtml holds, as HTML; the <div> that it must be in is no part of it (RFC 4287 §3.1.1)."""
    if len(element) == 1 and not (element.text or "").strip() and not (element[0].tail or "").strip():
        element = element[0] if etree.QName(element[0]).localname == "div" else element
    parts = [(element.text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")]
    for child in element:
        markup = DECLARATION.sub("", etree.tostring(child, encoding="unicode"))
        parts.append(EMPTY.sub(r"<\1\2></\1>", PREFIXED.sub(r"\1", markup)))
    return "".join(parts).strip()
