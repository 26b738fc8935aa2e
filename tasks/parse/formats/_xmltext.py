"""Feeds as bytes and as text: the charset, and the repairs that make broken XML readable."""

from __future__ import annotations

import codecs
import html
import re
from html.entities import html5, name2codepoint
from xml.sax.saxutils import escape

from tasks.charset import decode
from tasks.parse.formats._prolog import Prolog, scan
from warehouse.errors import Refusal

CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:+-]+)""", re.IGNORECASE)
DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})["']""")
# Charsets of seven bits that switch by escape sequences: their bytes are valid UTF-8, but mean something else.
SWITCHING = re.compile(r"iso-?2022-|hz(?:$|-gb)|csiso2022|utf-?7", re.IGNORECASE)
EBCDIC = b"\x4c\x6f\xa7\x94"  # "<?xm" in it: XML 1.0 appendix F
WIDE_MARKS = ((b"\0\0\0<", "utf-32-be"), (b"<\0\0\0", "utf-32-le"))

# Characters that no XML document may hold (XML 1.0 §2.2), by themselves or by number.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
BY_NUMBER = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,12})|([0-9]{1,12}));")
BY_NAME = re.compile(r"&([A-Za-z][\w.-]{0,40});")
BARE = re.compile(r"&(?!#?\w{1,40};)")
PREDEFINED = frozenset({"amp", "apos", "gt", "lt", "quot"})
PREFIX = re.compile(r"[<\s/]([A-Za-z_][\w.-]{0,30}):[A-Za-z_]")
BOUND = re.compile(r"\bxmlns:([\w.-]{1,30})\s*=")
# A name of over 1,000 characters is none, and feedparser searches names for addresses in quadratic time.
LONG_NAME = re.compile(
    r"(<(?:[\w.-]+:)?(?:author|contributor|creator|editor|managingeditor|name|owner|publisher|webmaster)\b[^<>]{0,1000}>"
    r"\s*(?:<!\[CDATA\[)?)([^<\]]{1001,})",
    re.IGNORECASE,
)
# Comments that are opened and never closed: feedparser looks for the end of each, which is an attack when they are many.
OPENED, CLOSED, MANY = re.compile(r"(?:<|&lt;)!--"), re.compile(r"--(?:>|&gt;)"), 100
NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "georss": "http://www.georss.org/georss",
    "itunes": "http://www.itunes.com/DTDs/PodCast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "wfw": "http://wellformedweb.org/commentAPI/",
    "xhtml": "http://www.w3.org/1999/xhtml",
}


def document(data: bytes, content_type: str = "") -> tuple[str, Prolog]:
    """An XML document's text, and what stands before its root element; `content_type` is what the transport says.

    Raises Refusal: "empty", "undecodable", and "forbidden" for entities that expand or reach outside.
    """
    if not data.strip():
        raise Refusal("empty", "there is nothing in it")
    charset = CHARSET.search(content_type)
    text = unicode_of(data, charset[1] if charset else None)
    prolog = scan(text)
    if prolog.trouble:
        raise Refusal("forbidden", f"its document type declares {prolog.trouble}; remove the declaration")
    return text, prolog


def ampersands(xml: str) -> str:
    """Bare ampersands outside CDATA as XML wants them; a lenient parser drops them, and what follows with them."""
    parts: list[str] = []
    here = 0
    while (start := xml.find("<![CDATA[", here)) >= 0 and (end := xml.find("]]>", start)) >= 0:
        parts += (BARE.sub("&amp;", xml[here:start]), xml[start:end])
        here = end
    return "".join((*parts, BARE.sub("&amp;", xml[here:])))


def unicode_of(data: bytes, charset: str | None) -> str:
    """The text of an XML document; `charset` is what the transport says. Raises Refusal("undecodable")."""
    for mark, name in WIDE_MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    if data.startswith(EBCDIC):
        return data.decode("cp037", "replace")
    match = DECLARED.match(data[:1000])
    inside = match[1].decode("ascii") if match else None
    for name in filter(None, (charset, inside)):
        if SWITCHING.match(name) and data.isascii():
            try:
                codecs.lookup(name)
                return data.decode(name)
            except (LookupError, ValueError):
                continue
    return decode(data, charset or inside)


def repair(text: str, prolog: Prolog) -> str:
    """The document from its root element on, with a plain declaration before it and what XML does not know made good."""
    text = ILLEGAL.sub("", text[prolog.start :]) if ILLEGAL.search(text) else text[prolog.start :]
    text = BY_NUMBER.sub(_legal, text)
    text = BY_NAME.sub(lambda match: _named(match, prolog.entities), text)
    text = LONG_NAME.sub(lambda match: match[1] + re.sub(r"&[^;]*$", "", match[2][:1000]), text)
    if len(OPENED.findall(text)) > len(CLOSED.findall(text)) + MANY:
        text = OPENED.sub("", text)
    return f"<?xml version='1.0' encoding='utf-8'?>\n{_bound(text)}"


def _legal(match: re.Match[str]) -> str:
    number = int(match[1], 16) if match[1] else int(match[2])
    if number > 0x10FFFF or ILLEGAL.match(chr(number)):
        return ""
    return match[0]


def _named(match: re.Match[str], entities: dict[str, str]) -> str:
    """HTML's entities and those the document declares, as text; XML's own five and unknown ones stay."""
    name = match[1]
    if name in PREDEFINED:
        return match[0]
    if name in entities:
        return escape(html.unescape(entities[name]))
    if name in name2codepoint:  # XHTML's are older than HTML 5's, and differ in two
        return escape(chr(name2codepoint[name]))
    known = html5.get(f"{name};")
    return match[0] if known is None else escape(known)


def _bound(text: str) -> str:
    """The root element with the namespaces that the document uses without declaring them."""
    used = set(PREFIX.findall(text)) & NAMESPACES.keys()
    missing = sorted(used - set(BOUND.findall(text)))
    name = re.match(r"<[\w:.-]+", text)
    if not missing or name is None:
        return text
    bindings = "".join(f' xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in missing)
    return f"{name[0]}{bindings}{text[name.end() :]}"
