"""What an element of a feed means: the name under which feedparser knows it, whatever prefix the feed gives to its namespace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedparser.mixin import _FeedParserMixin

if TYPE_CHECKING:
    from lxml import etree

NAMES: dict[str, str] = {uri.lower(): prefix for uri, prefix in _FeedParserMixin.namespaces.items()}
# Taken from feedparser itself: what it comes to understand one day, we decline until we understand it too.
HANDLED = frozenset(
    name.removeprefix("_start_").removeprefix("_end_").lower()
    for name in dir(_FeedParserMixin)
    if name.startswith(("_start_", "_end_"))
)
# Names under which it keeps what it understood: an element of that name would be taken for it.
KEPT = frozenset(
    """
    authors author_detail links enclosures tags title_detail summary_detail published_parsed updated_parsed created_parsed
    """.split()
)
TOLD = frozenset({"ttl", "sy_updateperiod", "sy_updatefrequency", "logo"})


class Odd(Exception):  # noqa: N818  says why the quick reader declines
    """Something that is not fully understood."""


def meaning(element: etree._Element) -> str:
    """A name such as "title" or "media_content"; "?" and the local name for an element that says nothing to us.

    Raises Odd for what is no element.
    """
    if not isinstance(element.tag, str):
        raise Odd("no element")
    space, _, local = element.tag.rpartition("}")
    uri, local = space.removeprefix("{").lower(), local.lower()
    if "backend.userland.com/rss" in uri:
        uri = "http://backend.userland.com/rss"
    prefix = NAMES.get(uri, element.prefix or "").lower()
    name = f"{prefix}_{local}" if prefix else local
    if name in KEPT:
        raise Odd(f"{name} is a name of feedparser's own")
    return name if name in HANDLED or name in TOLD else f"?{local}"
