"""What a whole web page says: the article's text and what is stated about it, each value the best of its statements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import urljoin, urlsplit

from tasks.clean import meta
from tasks.clean.agencies import may_be_agency
from tasks.clean.body import ENGINE, Known, read_body
from tasks.clean.headline import headline
from tasks.clean.jsonld import Statement, state
from tasks.clean.names import agency_of, names
from tasks.clean.tree import flat, read_tree, refuse_depth
from tasks.types import DateClaim

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

    from tasks.types import Origin

Access = Literal["free", "metered", "paywalled", "truncated"]

# What publishers call their tiers (article:content_tier and its kin).
TIERS: Final[dict[str, Access]] = {
    "free": "free",
    "metered": "metered",
    **dict.fromkeys(("locked", "premium", "paid", "paywall", "subscriber", "subscribers", "plus"), "paywalled"),
}
NO_TITLE: Final = re.compile(
    r"(?i)untitled(?: document| page|-\d+)?|new page(?: \d+)?|(?:no|page) title|document|unbenanntes dokument|sans titre"
)
URL_DATE: Final = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_-]|$)")
LABEL: Final = re.compile(
    r"(?i)^(?:(?:first |last )?(?:published|updated|posted|date|stand|veröffentlicht|aktualisiert|erstellt|publié|publicado|"
    r"pubblicato|gepubliceerd|publicerad|publisert|on|am|le|el|il)\b\W{0,3}){1,3}"
)
SITE: Final = 50  # characters; some sites write the headline where their name belongs
# Second-level labels that are no name of a site ("paper.co.uk").
COUNTRY_LABELS: Final = frozenset({"co", "com", "org", "net", "gov", "ac", "edu"})


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says; nothing is interpreted beyond choosing the best of several statements."""

    text: str = ""  # paragraphs are separated by a blank line, list items are lines; "" where there is no article
    title: str | None = None  # without the site's name
    title_from: Origin | None = None
    summary: str | None = None
    authors: tuple[str, ...] = ()
    agency: str | None = None
    dates: tuple[DateClaim, ...] = ()  # as stated, the most trustworthy first
    language: str | None = None  # ISO 639, as stated
    url: str | None = None  # canonical, absolute
    outlet: str | None = None
    image: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    access: Access | None = None
    extractor: str = ENGINE


def read_page(html: str, url: str | None = None) -> Page:
    """Read a page; `url` is where it was found. Raises Refusal("too_deep") where nesting leaves nothing to read."""
    page, cut = _read(html, url)
    if page.text or not cut:
        return page
    flattened, cut = _read(flat(html), url)
    if not flattened.text and cut:
        raise refuse_depth()
    return flattened


def _read(html: str, url: str | None) -> tuple[Page, bool]:
    tree, cut = read_tree(html)
    if tree is None:
        return Page(), cut
    head = meta.read_head(tree)
    said = state(head.scripts, url)
    address = _canonical(tree, head, said, url)
    sites = _sites(head, said, address)
    stated: list[tuple[str | None, Origin]] = [(said.headline, "json-ld"), *((title, "meta") for title in head.all(meta.TITLE))]
    title, title_from = headline(head.headings, stated, head.title, sites, said.section or head.first(meta.SECTION))
    authors, agency = _signed(head, said, sites)
    titles = (title, *(text for text, _ in stated), head.title, *map(meta.words, head.headings))
    known = Known(tuple(filter(None, titles)), authors, said.body, address)
    dates = tuple(_dates(head, said, address))
    text, extractor = read_body(tree, known)  # uses the tree up
    return Page(
        text=text,
        title=None if title and NO_TITLE.fullmatch(title) else title,
        title_from=None if title and NO_TITLE.fullmatch(title) else title_from,
        summary=said.description or head.first(meta.SUMMARY),
        authors=authors,
        agency=agency,
        dates=dates,
        language=_language(head.language, head.first(("og:locale", "content-language", "language")), said.language),
        url=address,
        outlet=_outlet(head.first(meta.OUTLET[:1]), said.publisher, *head.all(meta.OUTLET)),
        image=_absolute(said.image or head.first(meta.IMAGE), address or url),
        section=said.section or head.first(meta.SECTION),
        keywords=said.keywords or _keywords(head),
        access=_access(head, said),
        extractor=extractor,
    ), cut


def _canonical(tree: HtmlElement, head: meta.Head, said: Statement, url: str | None) -> str | None:
    """The page's own address; a statement that names only the site's front page is none."""
    stated_base = tree.find(".//base[@href]")
    base = urljoin(url or "", stated_base.get("href") or "") if stated_base is not None and url else url
    for candidate in (head.canonical, head.first(meta.URL), said.url):
        address = _absolute(candidate, base)
        if address and (not url or _deep(address) or not _deep(url)):
            return address
    return url


def _deep(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.path.strip("/") or parts.query)


def _absolute(address: str | None, base: str | None) -> str | None:
    if not address or len(address) > 2_000:
        return None
    try:
        joined = urljoin(base or "", address.strip())
        return joined if urlsplit(joined).scheme in {"http", "https"} and urlsplit(joined).netloc else None
    except ValueError:
        return None


def _sites(head: meta.Head, said: Statement, url: str | None) -> tuple[str, ...]:
    """Every name under which the site goes: as stated, and as its domain says."""
    try:
        host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    labels = [label for label in host.split(".")[:-1] if label not in COUNTRY_LABELS]
    names_ = (*head.all(meta.OUTLET), said.publisher, host, labels[-1] if labels else None)
    return tuple(name for name in names_ if name and len(name) <= SITE)


def _outlet(*stated: str | None) -> str | None:
    return next((name for name in stated if name and not name.startswith(("http", "@")) and len(name) <= 100), None)


def _calls_itself_agency(value: str, sites: tuple[str, ...]) -> str | None:
    """A byline that names nobody but an agency we do not know ("Northern News Agency"), if that is not the site itself."""
    name = value.strip()
    return name if may_be_agency(name) and name.casefold() not in {site.casefold() for site in sites} else None


def _signed(head: meta.Head, said: Statement, sites: tuple[str, ...]) -> tuple[tuple[str, ...], str | None]:
    """The authors by the first statement that names any, and the agency that any statement names."""
    asked: list[str] = list(said.credits)
    authors: list[str] = []
    for source in (said.authors, head.all(meta.AUTHOR), tuple(head.bylines[:6])):
        asked += source
        authors = list(dict.fromkeys(name for value in source for name in names(value, sites)))
        if authors:
            break
    agency = next((agency for value in asked if (agency := agency_of(value) or _calls_itself_agency(value, sites))), None)
    if agency and not any(" " in name for name in authors):  # beside an agency, a single word is the town it wrote from
        authors = [name for name in authors if not name.isascii()]
    if any(" " in name for name in authors):  # the same people by their first names
        authors = [
            name for name in authors if " " in name or not any(name in other.split() for other in authors if other != name)
        ]
    return tuple(authors), agency


def _dates(head: meta.Head, said: Statement, url: str | None) -> Iterable[DateClaim]:
    published: list[tuple[str, Origin]] = [(value, "json-ld") for value in said.published if _dated(value)]
    published += [(value, "meta") for value in head.all(meta.PUBLISHED) if _dated(value)]
    published += [(value, "meta") for value, marked in head.times if marked]
    if url and (match := URL_DATE.search(url)):
        published.append(("-".join(match.groups()), "url"))
    if not published:
        published += [(value, "meta") for value, _ in head.times[:1]]
    if not published:
        published += [
            (meta.printed_date(text) or LABEL.sub("", text), "text") for text in head.printed if any(map(str.isdigit, text))
        ][:1]
    modified: list[tuple[str, Origin]] = [(value, "json-ld") for value in said.modified]
    modified += [(value, "meta") for value in head.all(meta.MODIFIED)]
    yield from (DateClaim("published", value, origin) for value, origin in dict.fromkeys(published) if _dated(value))
    yield from (DateClaim("modified", value, origin) for value, origin in dict.fromkeys(modified) if _dated(value))


def _dated(value: str) -> bool:
    """Whether a value can be a date, and is not what programs write for none (the year 1, the first second of Unix)."""
    return len(value) < 100 and any(map(str.isdigit, value)) and not value.startswith(("000", "1970-01-01"))


def _language(*stated: str | None) -> str | None:
    for value in stated:
        primary = re.split(r"[-_,; ]", (value or "").strip().lower())[0]
        if re.fullmatch(r"[a-z]{2,3}", primary):
            return primary
    return None


def _keywords(head: meta.Head) -> tuple[str, ...]:
    tags = head.all(meta.TAGS) or tuple((head.first(meta.KEYWORDS) or "").split(","))
    return tuple(dict.fromkeys(word for tag in tags[:100] if (word := tag.strip())))


def _access(head: meta.Head, said: Statement) -> Access | None:
    tier = TIERS.get((head.first(meta.TIER) or "").lower())
    free = said.free
    if free is None and (flag := head.first(("isaccessibleforfree",))) is not None:
        free = flag.lower() == "true"
    if tier == "metered" or free is None:
        return tier
    return "free" if free else "paywalled"
