"""The page's headline among its several statements, without the name of the site."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from tasks.clean.meta import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

    from tasks.types import Origin

SEPARATOR = re.compile(r"\s+[|\-–—·•»«›‹:/]{1,2}\s+|\s*[|｜»ㅣ]\s*|\s*::\s*|(?<=\w)\s+[—–-]\s*(?=\S+$)|\s*[ー－]\s*(?=\S+$)")
KICKER: Final = re.compile(r"\s:(?=[^\s\d/])")
SOFT_HYPHEN: Final = "\xad"
PART: Final = 0.25  # of the longer statement: a shorter one says something else
LONG: Final = 400  # characters; a longer statement is no headline


def headline(
    headings: Iterable[HtmlElement],
    stated: Iterable[tuple[str | None, Origin]],
    title: str | None,
    sites: Iterable[str],
    section: str | None = None,
) -> tuple[str | None, Origin | None]:
    """The best headline and where it was stated.

    `headings` are the page's h1; `stated` what its metadata say, the surest first (JSON-LD headline, og:title); `title` is
    <title>; `sites` are names of the site and its publisher, which alone are no headline and are cut off the end; so is
    the name of the `section` before them.
    """
    names = {_bare(site) for site in sites if site} - {""}
    printed = [(text, heading) for heading in headings if 0 < len(text := _printed(heading)) < LONG and _bare(text) not in names]
    parts = {_bare(section)} - {""} if section else set()
    search = [(_without_site(text, names, parts), origin) for text, origin in stated if text and len(text) < LONG]
    search = [(text, origin) for text, origin in search if text and _bare(text) not in names]
    if title and len(title) < LONG:
        title = _without_site(title, names, parts, [*(text for text, _ in search), *(text for text, _ in printed)])
        if _bare(title) in names:
            title = None
    best, share = None, 0.0
    for text, heading in printed:
        for other in [*(text for text, _ in search), *([title] if title else [])]:
            alike = _alike(text, other)
            if alike > share:
                best, share = _kickerless(text, heading, other), alike
    if best and share >= 0.5:
        return best, "text"
    if search:
        return search[0]
    if title and (not printed or len(printed) > 1):
        return title, "meta"
    if printed:
        return printed[0][0], "text"
    return title, ("meta" if title else None)


def _printed(heading: HtmlElement) -> str:
    """A heading's text; where a kicker and its colon are elements of their own, the blank is theirs, not the text's."""
    return KICKER.sub(": ", words(heading, LONG).replace(SOFT_HYPHEN, ""))


def _without_site(stated: str, names: set[str], parts: set[str], others: Iterable[str] = ()) -> str:
    """Cut the site's name, and what else other statements of the headline show to be no part of it."""
    stated = " ".join(stated.split())
    wholes = {_bare(other) for other in others}
    for _ in range(3):
        cuts = list(SEPARATOR.finditer(stated))
        if not cuts or _bare(stated) in wholes:
            return stated
        last, first = cuts[-1], cuts[0]
        if _is_site(stated[last.end() :], names):
            stated = stated[: last.start()].strip()
            names = names | parts
            continue
        if _is_site(stated[: first.start()], names):
            stated = stated[first.end() :].strip()
            continue
        shorter = next((stated[: cut.start()].strip() for cut in cuts if _bare(stated[: cut.start()]) in wholes), None)
        return shorter or stated
    return stated


def _is_site(part: str, names: set[str]) -> bool:
    bare = _bare(part)
    return bool(bare) and any(
        bare == name
        or (len(bare) >= 3 and len(name) >= 3 and (name.startswith(bare) or bare.startswith(name)) and len(part) < 40)
        for name in names
    )


def _kickerless(text: str, heading: HtmlElement, stated: str) -> str:
    """A heading that holds a kicker in an element of its own, before the headline that is stated elsewhere."""
    bare, other = _bare(text), _bare(stated)
    if len(heading) and other and bare.endswith(other):  # where both are alike, the other has no elements to be run together
        return stated
    return text


def _alike(one: str, other: str) -> float:
    """Share of words in common, of the shorter one."""
    a, b = set(re.findall(r"\w+", one.casefold())), set(re.findall(r"\w+", other.casefold()))
    if not a or not b:
        return 0.0
    short, long = sorted((_bare(one), _bare(other)), key=len)
    if len(short) < PART * len(long):
        return 0.0
    return 1.0 if short in long else len(a & b) / min(len(a), len(b))


def _bare(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold().strip().removeprefix("the ")
    return "".join(c for c in folded if c.isalnum())
