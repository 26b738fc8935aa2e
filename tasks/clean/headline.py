"""The page's headline among its several statements, without the name of the site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tasks.clean.likeness import bare_name
from tasks.clean.meta import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

    from tasks.types import Origin

SEPARATOR = re.compile(r"\s+[|\-–—·•»«›‹:/]{1,2}\s+|\s*[|｜»ㅣ]\s*|\s*::\s*|(?<=\w)\s+[—–-]\s*(?=\S+$)|\s*[ー－]\s*(?=\S+$)")
KICKER: Final = re.compile(r"\s:(?=[^\s\d/])")
SOFT_HYPHEN: Final = "\xad"
PART: Final = 0.25  # of the longer statement: a shorter one says something else
SECTION: Final = 0.4  # of the title: a shorter heading that shares nothing with it names a section or the site
SHORTENED: Final = 0.4  # of the site's name: less of it may begin any word
EDITIONS: Final = frozenset(
    """
    news online sport sports com couk uk us magazine newspaper tv radio website international world digital deutschland english
    business politics opinion india africa europe asia edition live today de fr es it nl
    """.split()
)
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
    names = {bare_name(site) for site in sites if site} - {""}
    printed = [
        (text, heading)
        for heading in headings
        if 0 < len(text := _printed(heading)) < LONG and bare_name(text) not in names and not _logo(heading)
    ]
    parts = {bare_name(section)} - {""} if section else set()
    search = [(_without_site(text, names, parts), origin) for text, origin in stated if text and len(text) < LONG]
    search = [(text, origin) for text, origin in search if text and bare_name(text) not in names]
    if title and len(title) < LONG:
        title = _without_site(title, names, parts, [*(text for text, _ in search), *(text for text, _ in printed)])
        if bare_name(title) in names:
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
    if title and (len(printed) != 1 or len(bare_name(printed[0][0])) < SECTION * len(bare_name(title))):
        return title, "meta"
    if printed:
        return printed[0][0], "text"
    return title, ("meta" if title else None)


def _logo(heading: HtmlElement) -> bool:
    """Whether a heading only leads to the front page."""
    link = heading.find(".//a[@href]")
    if link is None or len(words(link, LONG)) < len(words(heading, LONG)):
        return False
    path = (link.get("href") or "").partition("://")
    return (path[2].partition("/")[2] if path[1] else path[0].partition("?")[0]).strip("/") in {"", "index.html", "index.php"}


def _printed(heading: HtmlElement) -> str:
    """A heading's text; where a kicker and its colon are elements of their own, the blank is theirs, not the text's."""
    return KICKER.sub(": ", words(heading, LONG).replace(SOFT_HYPHEN, ""))


def _without_site(stated: str, names: set[str], parts: set[str], others: Iterable[str] = ()) -> str:
    """Cut the site's name, and what else other statements of the headline show to be no part of it."""
    stated = " ".join(stated.split())
    wholes = {bare_name(other) for other in others}
    for _ in range(3):
        cuts = list(SEPARATOR.finditer(stated))
        if not cuts or bare_name(stated) in wholes:
            return stated
        last, first = cuts[-1], cuts[0]
        if _is_site(stated[last.end() :], names):
            stated = stated[: last.start()].strip()
            names = names | parts
            continue
        if _is_site(stated[: first.start()], names):
            stated = stated[first.end() :].strip()
            continue
        shorter = next((stated[: cut.start()].strip() for cut in cuts if bare_name(stated[: cut.start()]) in wholes), None)
        return shorter or stated
    return stated


def _is_site(part: str, names: set[str]) -> bool:
    """Whether a part of a title names the site: in full, shortened, or with an edition ("The Herald Sport")."""
    said = bare_name(part)
    return len(said) > 1 and any(
        said == name
        or (len(said) >= SHORTENED * len(name) and name.startswith(said))
        or (len(name) > 2 and said.startswith(name) and said[len(name) :] in EDITIONS)
        for name in names
    )


def _kickerless(text: str, heading: HtmlElement, stated: str) -> str:
    """A heading that holds a kicker in an element of its own, before the headline that is stated elsewhere."""
    bare, other = bare_name(text), bare_name(stated)
    if len(heading) and other and bare.endswith(other):  # where both are alike, the other has no elements to be run together
        return stated
    return text


def _alike(one: str, other: str) -> float:
    """Share of words in common, of the shorter one."""
    a, b = set(re.findall(r"\w+", one.casefold())), set(re.findall(r"\w+", other.casefold()))
    if not a or not b:
        return 0.0
    short, long = sorted((bare_name(one), bare_name(other)), key=len)
    if len(short) < PART * len(long):
        return 0.0
    return 1.0 if short in long else len(a & b) / min(len(a), len(b))
