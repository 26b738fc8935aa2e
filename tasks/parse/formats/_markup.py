"""Markup inside a format's fields: whether there is any, what is safe of it, and the words in it.

Tags are told by one expression and everything else is text, so that no parser's depth limit cuts a story short and
hostile input costs linear time.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tasks.types import BodyType

# At most 1,000 pieces of attributes: no honest tag has more, and a hostile one must not be scanned again and again.
TAG = re.compile(r"""<(/?)([A-Za-z][A-Za-z0-9:-]*)((?:[^<>"']++|"[^"]*"|'[^']*'){0,1000}+)>""")
ATTRIBUTE = re.compile(r"""([A-Za-z][A-Za-z0-9:_-]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>]+))?""")
REMARK = re.compile(r"<!--|<!\[CDATA\[|\]\]>|<![A-Za-z]|<\?")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
HTML_TAG = re.compile(
    r"</?(?:p|br|div|span|a|img|h[1-6]|ul|ol|li|blockquote|strong|em|b|i|u|figure|table|section|article|body|html)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
PAGE = re.compile(r"\s*(?:<\?xml[^<>]*>\s*)?<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)

# What runs, loads or hides: dropped together with what it holds.
DROPPED = frozenset({"script", "style", "iframe", "object", "embed", "applet", "noscript", "template", "head", "title"})
VOID = frozenset({"embed"})  # dropped, but it holds nothing
APART = frozenset({"br", "p", "div", "li", "tr", "td", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "blockquote"})
KEPT_ATTRIBUTES = frozenset({"alt", "cite", "class", "datetime", "dir", "href", "id", "lang", "rel", "src", "title"})
ADDRESSES = frozenset({"cite", "href", "src"})
SCHEME = re.compile(r"[\s\x00-\x20]*([A-Za-z][A-Za-z0-9+.-]*)\s*:")
HARMLESS = frozenset({"http", "https", "mailto", "ftp", "tel"})


def body_of(value: str) -> tuple[str, BodyType]:
    """A body as some field gives it, and what it is: a whole page, a fragment of HTML (made safe), or plain text."""
    if PAGE.match(value[:1000]):
        return value, "page"
    if HTML_TAG.search(value):
        return safe(value), "html"
    return unescape(value).strip(), "text"


def safe(value: str) -> str:
    """The same HTML without anything that runs or loads: only tags and attributes that carry text or its order."""
    parts: list[str] = []
    for text, tag in _tokens(value):
        parts.append(text.replace("<", "&lt;"))
        if tag is not None:
            closing, name, attributes = tag
            parts.append(f"</{name}>" if closing else f"<{name}{_attributes(attributes)}>")
    return "".join(parts).strip()


def plain(value: str) -> str:
    """The words of a piece of HTML in one line, without markup and with entities resolved."""
    if "<" not in value and "]]>" not in value:
        return one_line(unescape(value))
    parts: list[str] = []
    for text, tag in _tokens(value):
        parts.append(unescape(text))
        if tag is not None and tag[1] in APART:
            parts.append(" ")
    return one_line("".join(parts))


def unescape(value: str) -> str:
    """Plain text with the entities in it resolved, if there are any."""
    return html.unescape(value) if "&" in value and ENTITY.search(value) else value


def one_line(value: str) -> str:
    """A value without line breaks, doubled blanks or control characters."""
    joined = " ".join(value.split())
    if joined.isprintable():
        return joined
    return "".join(c for c in joined if c.isprintable() or c.isspace() or ord(c) > 0x9F)


def _tokens(value: str) -> list[tuple[str, tuple[bool, str, str] | None]]:
    """Pairs of text and the tag that follows it, without comments and without what must not be shown."""
    value = _without_remarks(value)
    found: list[tuple[str, tuple[bool, str, str] | None]] = []
    start, hidden = 0, None
    closers = _closers(value)
    for match in TAG.finditer(value):
        closing, name = bool(match[1]), match[2].lower()
        if hidden is not None:
            if closing and name == hidden:
                start, hidden = match.end(), None
            continue
        text = value[start : match.start()]
        start = match.end()
        if name in DROPPED:
            found.append((text, None))
            # One that is never closed hides nothing: else a stray tag would swallow the story.
            if not closing and name not in VOID and closers.get(name, -1) > match.start():
                hidden = name
            continue
        found.append((text, (closing, name, match[3])))
    found.append((value[start:] if hidden is None else "", None))
    return found


def _closers(value: str) -> dict[str, int]:
    """Where each of the dropped elements is closed last."""
    lower = value.lower()
    return {name: lower.rfind(f"</{name}") for name in DROPPED if f"<{name}" in lower}


def _without_remarks(value: str) -> str:
    if not REMARK.search(value):
        return value
    parts: list[str] = []
    start = 0
    while match := REMARK.search(value, start):
        parts.append(value[start : match.start()])
        mark = match[0]
        if mark in {"<![CDATA[", "]]>"}:
            start = match.end()
            continue
        closer = "-->" if mark == "<!--" else ">"
        end = value.find(closer, match.end())
        if end < 0:  # never closed: what follows is kept as text
            return "".join([*parts, REMARK.sub("", value[match.end() :])])
        start = end + len(closer)
    return "".join([*parts, value[start:]])


def _attributes(source: str) -> str:
    kept = []
    for match in ATTRIBUTE.finditer(source):
        name, value = match[1].lower(), (match[2] or "").strip("\"'")
        if name not in KEPT_ATTRIBUTES:
            continue
        if name in ADDRESSES and not _harmless(value):
            continue
        kept.append(f' {name}="{value.replace("<", "&lt;").replace(chr(34), "&quot;")}"')
    return "".join(kept)


def _harmless(address: str) -> bool:
    scheme = SCHEME.match(re.sub(r"[\t\r\n]", "", html.unescape(address)))
    return scheme is None or scheme[1].lower() in HARMLESS
