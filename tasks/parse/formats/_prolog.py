"""What stands before an XML document's root element, and what the root is.

Standard: XML 1.0 §2.8. Entities are read here and nowhere else, so that no XML parser ever sees a document type
declaration: plain-text ones are handed on, those that expand or reach outside are named as trouble.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

ROOT = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
DECLARED = re.compile(
    r"""<!ENTITY\s+(?P<parameter>%\s+)?(?P<name>[\w:.-]+)\s+(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<outside>SYSTEM|PUBLIC)\b)"""
)
DOCTYPE = re.compile(r"<!DOCTYPE\b", re.IGNORECASE)
SUBSET = re.compile(r"""(?:[^\["'>]|"[^"]*"|'[^']*')*+(\[|>)""")
SUBSET_END = re.compile(r"""(?:[^\]"'<]|"[^"]*"|'[^']*'|<!--(?:[^-]|-(?!->))*+-->|<(?!!--))*+\]\s*>""")
REFERRED = re.compile(r"&([\w:.-]+);")
REFERENCE = re.compile(r"&(?!#)")
DEFINED = frozenset({"amp", "apos", "gt", "lt", "quot"})

# An entity is a shorthand: more text than this out of all references together is an attack (quadratic blow-up).
EXPANDED = 1_000_000


@dataclass(frozen=True, slots=True)
class Prolog:
    """What was found before the root element."""

    root: str = ""  # local name, lower case; "" if there is no element at all
    start: int = 0  # where its "<" stands
    declared: bool = False  # there is an XML declaration
    junk: bool = False  # something stands before the root that is no part of XML
    entities: dict[str, str] = field(default_factory=dict)  # plain text only
    trouble: str | None = None  # entities that expand or reach outside


def scan(text: str) -> Prolog:
    """Skip a byte order mark, declarations, comments and the document type, up to the root element."""
    position, declared, junk, typed = 0, False, False, False
    endless: set[str] = set()
    entities: dict[str, str] = {}
    trouble: str | None = None
    while (opening := text.find("<", position)) >= 0:
        junk = junk or bool(text[position:opening].strip("﻿ \t\r\n\0"))
        if root := ROOT.match(text, opening):
            trouble = trouble or _blow_up(text, entities)
            return Prolog(root[2].lower(), opening, declared, junk, entities, trouble)
        if text.startswith("<?", opening):
            declared = declared or text.startswith("<?xml", opening)
            position = _after(text, "?>", opening + 2, endless)
        elif text.startswith("<!--", opening):
            position = _after(text, "-->", opening + 4, endless)
        elif not typed and DOCTYPE.match(text, opening):
            typed = True  # there can be but one; what others declare is nothing to us
            position, found, trouble = _doctype(text, opening)
            entities |= found
            if trouble:
                break
        else:
            junk = True
            position = opening + 1
    root = ROOT.search(text, position) if trouble else None
    return Prolog(root[2].lower() if root else "", root.start() if root else 0, declared, junk, entities, trouble)


def _after(text: str, closer: str, start: int, endless: set[str]) -> int:
    """Behind a construct; one that is never closed is skipped by its opening alone, so that what follows is read."""
    end = -1 if closer in endless else text.find(closer, start)
    if end < 0:
        endless.add(closer)
        return start
    return end + len(closer)


def _doctype(text: str, opening: int) -> tuple[int, dict[str, str], str | None]:
    """Where the declaration ends, the plain entities in it, and the trouble with the others."""
    head = SUBSET.match(text, opening + 9)
    if head is None:
        return opening + 9, {}, None
    if head[1] == ">":
        return head.end(), {}, None
    closing = SUBSET_END.match(text, head.end())
    subset = text[head.end() : closing.end() if closing else len(text)]
    entities, trouble = _entities(subset)
    return (closing.end() if closing else head.end()), entities, trouble


def _entities(subset: str) -> tuple[dict[str, str], str | None]:
    entities: dict[str, str] = {}
    for place in re.finditer(r"<!ENTITY\b", subset):
        match = DECLARED.match(subset, place.start())
        if match is None:
            return {}, "an entity declaration that cannot be read"
        if match["parameter"]:
            return {}, f"a parameter entity, {match['name'][:40]!r}"
        if match["outside"]:
            return {}, f"an entity that reaches outside, {match['name'][:40]!r}"
        value = match["double"] if match["double"] is not None else match["single"]
        if REFERENCE.search(value) or "<" in value:
            return {}, f"an entity that expands, {match['name'][:40]!r}"
        if match["name"] not in DEFINED:
            entities.setdefault(match["name"], value)
    return entities, None


def _blow_up(text: str, entities: dict[str, str]) -> str | None:
    if not entities:
        return None
    total = sum(len(entities.get(match[1], "")) for match in REFERRED.finditer(text))
    return "entities that expand to far more text than the file holds" if total > EXPANDED else None
