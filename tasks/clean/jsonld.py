"""What a page's JSON-LD says of its article (schema.org Article and its kin), however carelessly it was written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

Json = Mapping[str, object] | Sequence[object] | str | float | bool | None
Node = Mapping[str, object]

NODES = 5_000  # a page states some dozens; the rest is hostile or a catalogue
DEPTH = 12  # the deepest honest nesting seen is 6 (@graph, LiveBlogPosting, updates, author)
LENGTH = 2_000_000  # characters of one script; longer ones are application state, not statements

# Types whose name does not end in "Article" or "Posting" and that are yet the page's piece; then those that only frame it.
PIECES = frozenset({"report", "review", "claimreview", "analysisnewsarticle", "creativework", "medicalscholarlyarticle"})
FRAMES = frozenset({"webpage", "itempage", "videoobject", "podcastepisode", "audioobject"})

TRAILING_COMMA = re.compile(r",(?=\s{0,200}[}\]])")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
WRAPPERS = ("<!--", "-->", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "<![CDATA[", "//]]>", "// ]]>", "/*]]>*/", "]]>", ";")
# What can still be read of a script that is no JSON at all.
PAIR = re.compile(r'"(headline|datePublished|dateModified)"\s{0,20}:\s{0,20}"((?:[^"\\\n]|\\.){1,400})"')


@dataclass(frozen=True, slots=True)
class Statement:
    """What JSON-LD states of the article; values as they stand, entities resolved."""

    headline: str | None = None
    alternative: str | None = None
    description: str | None = None
    body: str | None = None
    authors: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()  # organisations among the authors and sources
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    language: str | None = None
    url: str | None = None
    publisher: str | None = None
    image: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    free: bool | None = None


def state(scripts: Sequence[str], url: str | None = None) -> Statement:
    """Read all `application/ld+json` scripts of a page; `url` is the page's own, to tell its article among several."""
    nodes = [node for script in scripts for node in _walk(_load(script))]
    named = {str(node["@id"]): node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    pieces = [node for node in nodes if _types(node) & PIECES or any(t.endswith(("article", "posting")) for t in _types(node))]
    frames = [node for node in nodes if _types(node) & FRAMES]
    if not pieces and not frames:
        return Statement()
    piece = _best(pieces or frames, url)
    frame: Node = next((node for node in frames if "webpage" in _types(node)), {}) if pieces else {}
    people, organisations = _people(piece.get("author") or piece.get("creator"), named)
    _, sources = _people(piece.get("sourceOrganization"), named)
    return Statement(
        headline=_text(piece.get("headline")) or _text(piece.get("name")),
        alternative=_text(piece.get("alternativeHeadline")),
        description=_text(piece.get("description")),
        body=_body(piece.get("articleBody")),
        authors=people,
        credits=(*organisations, *sources),
        published=_all(piece.get("datePublished"), frame.get("datePublished"), piece.get("uploadDate"), piece.get("dateCreated")),
        modified=_all(piece.get("dateModified"), frame.get("dateModified")),
        language=_name(piece.get("inLanguage") or frame.get("inLanguage"), named),
        url=_address(piece.get("url")) or _address(piece.get("mainEntityOfPage")) or _address(piece.get("@id")),
        publisher=_name(piece.get("publisher"), named),
        image=_address(piece.get("image"), named),
        section=_text(_first(piece.get("articleSection"))),
        keywords=_keywords(piece.get("keywords")),
        free=_flag(piece.get("isAccessibleForFree"), _first(piece.get("hasPart"))),
    )


def _load(script: str) -> object:
    """The value of a script, repaired only as far as it must be."""
    if len(script) > LENGTH:
        return None
    text = _unwrapped(CONTROL.sub(" ", script))
    for repaired in (text, TRAILING_COMMA.sub("", text), TRAILING_COMMA.sub("", unescape(text))):
        values: list[object] = []
        at = 0
        try:
            while at < len(repaired) and len(values) < 100:
                value, at = _DECODER.raw_decode(repaired, at)
                values.append(value)
                while at < len(repaired) and repaired[at] in " \t\r\n,;":  # several values in one script
                    at += 1
        except (ValueError, RecursionError):
            if not values:
                continue
        return values
    pairs = dict(reversed(PAIR.findall(text)))
    return {"@type": "Article", **pairs} if pairs else None


def _unwrapped(text: str) -> str:
    """Without the comments in which scripts used to be hidden."""
    text = text.strip()
    for wrapper in WRAPPERS:
        text = text.removeprefix(wrapper).removesuffix(wrapper).strip()
    return text


_DECODER = json.JSONDecoder(strict=False)  # control characters in strings are common


def _walk(value: object) -> Iterator[Node]:
    """Every object, outermost first, in the order written."""
    queue: list[tuple[object, int]] = [(value, 0)]
    seen = 0
    for entry, depth in queue:
        if isinstance(entry, list) and depth < DEPTH:
            queue.extend((part, depth + 1) for part in entry[:500])
        elif isinstance(entry, dict):
            seen += 1
            yield entry
            if depth < DEPTH:
                queue.extend((part, depth + 1) for part in entry.values() if isinstance(part, (dict, list)))
        if seen >= NODES or len(queue) > 10 * NODES:
            return


def _types(node: Node) -> set[str]:
    kinds = node.get("@type")
    return {str(k).rpartition("/")[2].lower() for k in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(k, str)}


def _best(nodes: list[Node], url: str | None) -> Node:
    """The article among several: the one at the page's own address, else the first that has a headline and a date."""

    def rank(node: Node) -> tuple[bool, bool, bool, bool]:
        addresses = {_bare(_address(node.get(key)) or "") for key in ("url", "mainEntityOfPage", "@id")}
        return (
            bool(url) and _bare(url or "") in addresses,
            bool(node.get("headline") or node.get("name")),
            bool(node.get("datePublished")),
            bool(node.get("author")),
        )

    return max(nodes, key=rank)  # max keeps the first of equals


def _bare(url: str) -> str:
    return url.partition("#")[0].partition("?")[0].partition("://")[2].removeprefix("www.").rstrip("/")


def _people(value: object, named: Mapping[str, Node]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Persons and organisations that a property names, as strings, objects, references or lists of these."""
    people: list[str] = []
    organisations: list[str] = []
    for entry in (value if isinstance(value, list) else [value])[:50]:
        if isinstance(entry, str):
            if (name := _text(named[entry].get("name")) if entry in named else _text(entry)) is not None:
                people.append(name)
        elif isinstance(entry, dict):
            node = entry if "name" in entry else named.get(str(entry.get("@id")), entry)
            into = organisations if any("organization" in kind for kind in _types(node)) else people
            names = node.get("name")
            into.extend(n for n in map(_text, names if isinstance(names, list) else [names]) if n)
    return tuple(dict.fromkeys(people)), tuple(dict.fromkeys(organisations))


def _name(value: object, named: Mapping[str, Node]) -> str | None:
    value = _first(value)
    if isinstance(value, dict):
        if "name" not in value:
            value = named.get(str(value.get("@id")), value)
        return _text(_first(value.get("name"))) or _text(value.get("alternateName"))
    return _text(value)


def _address(value: object, named: Mapping[str, Node] | None = None) -> str | None:
    value = _first(value)
    if isinstance(value, dict):
        if named and "url" not in value:
            value = named.get(str(value.get("@id")), value)
        value = _first(value.get("url") or value.get("contentUrl") or value.get("@id"))
    return value.strip() if isinstance(value, str) and value.strip().startswith(("http://", "https://", "/")) else None


def _first(value: object) -> object:
    return (value[0] if value else None) if isinstance(value, list) else value


def _all(*values: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for value in values if (text := _text(_first(value)))))


def _keywords(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = re.split(r"[,;]", value)
    if not isinstance(value, list):
        return ()
    words = (_text(v.get("name") if isinstance(v, dict) else v) for v in value[:100])
    return tuple(dict.fromkeys(w for w in words if w and "://" not in w))


def _flag(*values: object) -> bool | None:
    """`isAccessibleForFree`, in any spelling of a boolean; a part that is not free makes the whole not free."""
    for value in values:
        flag = _first(value.get("isAccessibleForFree")) if isinstance(value, dict) else _first(value)
        word = str(flag).rpartition("/")[2].strip().lower()
        if word in {"true", "false"}:
            return word == "true"
    return None


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    return " ".join(unescape(unescape(value)).split()) or None


def _body(value: object) -> str | None:
    """`articleBody` with its line breaks, which are all that tells its paragraphs."""
    return unescape(value).strip() or None if isinstance(value, str) else None
