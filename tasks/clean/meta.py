"""What a page's head and its marked-up elements state: meta and link elements, headings, bylines, times."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lxml.html import HtmlElement

# Names of meta elements (name, property or itemprop, in lower case), the most trustworthy first.
PUBLISHED: Final = tuple(
    """
    article:published_time og:article:published_time article:published og:published_time datepublished date_published
    publication_date parsely-pub-date cxenseparse:recs:publishtime sailthru.date citation_publication_date dc.date.issued
    dcterms.created dcterms.issued dcterms.date dc.date dc.date.created pubdate publishdate publish-date publish_date
    published article.published article_date_original last-published-date originalpublicationdate rnews:datepublished
    prism.publicationdate displaydate date created og:pubdate article:created bt:pubdate
    """.split()
)
MODIFIED: Final = tuple(
    """
    article:modified_time og:modified_time og:updated_time article:modified datemodified dateupdate date_modified
    dcterms.modified dc.date.modified last-modified lastmod article.updated revised bt:moddate
    """.split()
)
AUTHOR: Final = tuple(
    """
    author article:author parsely-author sailthru.author dc.creator dcterms.creator citation_author byl article.author
    article:author_name og:article:author og:author authors creator article_author cxenseparse:author twitter:creator:name
    """.split()
)
TITLE: Final = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "headline",
    "parsely-title",
    "sailthru.title",
    "citation_title",
)
SUMMARY: Final = (
    "og:description",
    "description",
    "twitter:description",
    "dc.description",
    "dcterms.description",
    "sailthru.description",
)
OUTLET: Final = (
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "dc.publisher",
    "publisher",
    "al:android:app_name",
)
URL: Final = ("og:url", "parsely-link", "twitter:url")
IMAGE: Final = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src", "thumbnail", "image")
SECTION: Final = ("article:section", "og:article:section", "parsely-section", "section", "category", "article.section")
KEYWORDS: Final = ("news_keywords", "keywords", "parsely-tags", "sailthru.tags")
TAGS: Final = ("article:tag", "og:article:tag", "citation_keywords")
TIER: Final = ("article:content_tier", "og:article:content_tier", "content_tier", "cxenseparse:articletype", "accesslevel")

NEAR = 80  # elements after the headline in which a byline or a date may stand without being marked up
TITLED = 15  # characters from which a heading is more than a section's name
HEADINGS = 12  # first headings of the page that are looked at
TOGETHER = 3  # levels up from the first byline within which others belong to it
LONG = 200  # characters; a longer byline is a portrait

UNSEEN = frozenset(["script", "style", "noscript", "template"])
APART = frozenset(["br", "p", "div", "li", "h2", "h3", "small"])

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:byline|by-line|authors?(?:-?names?)?|writer|autor|autoren|auteur|firma|signature|journalist)(?![a-z])"
)
_PROFILE = re.compile(r"/(?:authors?|autor(?:en|es)?|auteurs?|journalists?|writers?|profiles?|redaktion|staff)/[^/?#]")
_SIGNED = re.compile(r"(?:By|by|BY|Von|von|Par|Por|Di|Door|Av|Af|Text:|Autor:|Author:|Автор:?)\s[^\W\d_].{2,80}$")
_PRINTED = re.compile(
    r"\b(?:\d{1,2}[./]\s?\d{1,2}[./]\s?(?:20)?\d\d|20\d\d[-./年]\s?\d{1,2}[-./月]\s?\d{1,2}|[^\W\d_]{3,12}\.? \d{1,2},? 20\d\d"
    r"|\d{1,2}\.? (?:de )?[^\W\d_]{3,12}\.?,?(?: de)? 20\d\d)\b"
)
_BYLINE_NOT = re.compile(
    r"bio|box|image|img|avatar|photo|desc|social|follow|related|comment|more|link-list|footer|card|about|twitter|email|role|title"
)
_DATED = re.compile(
    r"(?:^|[\s_-])(?:date|dateline|datetime|time|timestamp|published|pubdate|publish|posted|datum|fecha|zeit)(?![a-z])"
)


_HOUR = re.compile(r"[\s|,•·–-]{1,5}(?:at |um |à |a las )?(\d{1,2}[:.]\d\d(?: ?[ap]\.?m\b\.?)?)")


@dataclass(slots=True)
class Head:
    """Everything that the page states outside JSON-LD and outside its running text."""

    meta: dict[str, list[str]] = field(default_factory=dict)
    title: str | None = None  # of <title>
    canonical: str | None = None
    language: str | None = None  # of <html lang>
    headings: list[HtmlElement] = field(default_factory=list)  # h1
    times: list[tuple[str, bool]] = field(
        default_factory=list
    )  # datetime of <time>, and whether it is marked as the publication's
    marked: list[HtmlElement] = field(default_factory=list)  # rel=author, itemprop=author
    classed: list[HtmlElement] = field(default_factory=list)  # bylines by their class
    bylines: list[str] = field(default_factory=list)  # of the first of both, and near the headline
    printed: list[str] = field(default_factory=list)  # what dated elements say
    scripts: list[str] = field(default_factory=list)  # application/ld+json

    def first(self, names: Iterable[str]) -> str | None:
        """The first value stated under any of the names, which are tried in order."""
        return next((value for name in names for value in self.meta.get(name, ())), None)

    def all(self, names: Iterable[str]) -> tuple[str, ...]:
        """Every value stated under the names, each once."""
        return tuple(dict.fromkeys(value for name in names for value in self.meta.get(name, ())))


def read_head(tree: HtmlElement) -> Head:
    """One walk over the page's tree."""
    head = Head(language=tree.get("lang") or tree.get("xml:lang") or None)
    for element in tree.iter(*_READERS):
        _READERS[element.tag](head, element)
    head.bylines = [*_together(head.marked), *_together(head.classed)]
    if not head.headings:
        head.headings = _other_headings(tree, (head.title, *head.all(TITLE)))
    if head.headings:
        _near(head)
    return head


def _other_headings(tree: HtmlElement, titles: tuple[str | None, ...]) -> list[HtmlElement]:
    """Where a page has no h1: the heading of another level that says what its title says."""
    known = [" ".join(title.casefold().split()) for title in titles if title]
    for heading in islice(tree.iter("h2", "h3"), 50):
        text = words(heading, LONG).casefold()
        if len(text) > TITLED and any(text in title or title in text for title in known):
            return [heading]
    return []


def _together(elements: list[HtmlElement]) -> list[str]:
    """The first byline and those that stand with it; others on the page sign other pieces."""
    if not elements:
        return []
    around = elements[0]
    for _ in range(TOGETHER):
        parent = around.getparent()
        if parent is None or parent.tag in {"body", "article", "main"}:
            break
        around = parent
    return list(
        dict.fromkeys(_signature(element) for element in elements if element is around or around in element.iterancestors())
    )


def _signature(element: HtmlElement) -> str:
    """A byline's text; where it holds several names in elements of their own, one a line."""
    parts = [words(part, LONG) for part in element.iter("a", "span", "li") if len(part) == 0]
    several = [part for part in parts if " " in part]
    return "\n".join(several) if len(several) > 1 else words(element, LONG)


def _near(head: Head) -> None:
    """Bylines and dates that are known only by standing after the headline."""
    signed: list[str] = []
    for element in islice(_following(head.headings[0]), NEAR):
        text = words(element, LONG) if isinstance(element.tag, str) and len(element) < 6 else ""
        if not 5 < len(text) < 120:
            continue
        if (element.tag == "a" and _PROFILE.search(element.get("href") or "")) or _SIGNED.match(text):
            signed.append(text)
        if len(head.printed) < 10 and _PRINTED.search(text):
            head.printed.append(text)
    head.bylines += list(dict.fromkeys(signed))[:6]


def words(element: HtmlElement, limit: int = 20_000) -> str:
    """An element's text in one line, without scripts; not much more than `limit` characters of it."""
    pieces: list[str] = []
    length = 0
    for part in element.iter():
        if isinstance(part.tag, str) and part.tag not in UNSEEN and part.text:
            pieces.append(part.text)
            length += len(part.text)
        if part is not element and part.tail:
            pieces.append(part.tail)
            length += len(part.tail)
        if part.tag in APART:
            pieces.append(" ")
        if length > limit:
            break
    return " ".join("".join(pieces).split())


def printed_date(text: str) -> str | None:
    """The date that a line holds, with the time of day that follows it."""
    match = _PRINTED.search(text)
    if match is None:
        return None
    hour = _HOUR.match(text, match.end())
    return f"{match[0]} {hour[1]}" if hour else match[0]


def _following(element: HtmlElement) -> Iterator[HtmlElement]:
    """The elements after one, in document order, without looking at more of them than are asked for."""
    here: HtmlElement | None = element
    while here is not None:
        for sibling in here.itersiblings():
            yield from sibling.iter()
        here = here.getparent()


def _meta(head: Head, element: HtmlElement) -> None:
    content = " ".join((element.get("content") or "").split())
    if not content or len(content) > 5_000:
        return
    for attribute in ("property", "name", "itemprop", "http-equiv"):
        name = element.get(attribute)
        if name and len(name) < 60:
            values = head.meta.setdefault(name.strip().lower(), [])
            if len(values) < 50:
                values.append(content)


def _link(head: Head, element: HtmlElement) -> None:
    if head.canonical is None and "canonical" in (element.get("rel") or "").lower().split():
        head.canonical = (element.get("href") or "").strip() or None


def _title(head: Head, element: HtmlElement) -> None:
    if head.title is None and next(element.iterancestors("svg"), None) is None:
        head.title = words(element)


def _script(head: Head, element: HtmlElement) -> None:
    if "ld+json" in (element.get("type") or "").lower() and element.text:
        head.scripts.append(element.text)


def _heading(head: Head, element: HtmlElement) -> None:
    if len(head.headings) < HEADINGS:
        head.headings.append(element)


def _time(head: Head, element: HtmlElement) -> None:
    stated = (element.get("datetime") or "").strip()
    if stated and len(stated) < 60 and len(head.times) < 50:
        said = f"{element.get('itemprop') or ''} {element.get('class') or ''}".lower()
        head.times.append((stated, "publish" in said or element.get("pubdate") is not None))
    elif not stated and len(head.printed) < 10 and 5 < len(text := words(element, LONG)) < 100:
        head.printed.append(text)


def _signed(head: Head, element: HtmlElement) -> None:
    """Elements that name an author or a date by their attributes."""
    prop = (element.get("itemprop") or "").lower()
    rel = (element.get("rel") or "").lower()
    named = _CAMEL.sub("-", f"{element.get('class') or ''} {element.get('data-testid') or ''}").lower()
    if "author" in rel.split() or prop in {"author", "author name", "creator"}:
        if len(head.marked) < 20 and 0 < len(words(element, LONG)) < LONG:
            head.marked.append(element)
    elif prop in {"datepublished", "datecreated"} and len(head.times) < 50:
        head.times.append(((element.get("content") or element.get("datetime") or words(element, LONG)).strip()[:60], True))
    elif len(named) > 3 and len(named) < LONG:
        if len(head.classed) < 20 and _BYLINE.search(named) and not _BYLINE_NOT.search(named):
            if 0 < len(words(element, LONG)) < LONG:
                head.classed.append(element)
        elif len(head.printed) < 10 and _DATED.search(named) and 5 < len(text := words(element, LONG)) < 100:
            head.printed.append(text)


_READERS: Final[dict[str, Callable[[Head, HtmlElement], None]]] = {
    "meta": _meta,
    "link": _link,
    "title": _title,
    "script": _script,
    "h1": _heading,
    "time": _time,
    **dict.fromkeys(("a", "span", "div", "p", "address", "li", "ul", "header", "strong"), _signed),
}
