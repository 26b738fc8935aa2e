"""A page's running text: trafilatura as the engine, and repairs around it that hold on any site."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import trafilatura
from lxml.etree import LxmlError
from trafilatura.settings import Extractor

from tasks.clean.fragment import fragment
from tasks.clean.furniture import pointer, prune
from tasks.clean.likeness import bare
from tasks.clean.meta import printed_date, words
from tasks.clean.paragraphs import plain_paragraphs
from tasks.clean.tree import boxed

if TYPE_CHECKING:
    from lxml.html import HtmlElement

ENGINE = f"trafilatura {trafilatura.__version__}"
MISSED: Final = 0.7  # of the text in parts of one name: with less the engine took some of them only
STATED: Final = 0.5  # of JSON-LD's text: with less the page shows a part only, or the engine was misled
TAIL: Final = 200  # lines from the end among which the article's last one is looked for
WHOLE: Final = 0.8  # of the engine's text: from here JSON-LD's is taken to be the whole article
ELEMENTS: Final = 5_000  # on a pruned page: from here the engine's second opinions, quadratic in paragraphs, are not asked
SURE: Final = 30  # letters of a line from which finding it in JSON-LD's text is no accident
LINK: Final = 12  # letters of a link from which it is more than a name in the text
HEAD: Final = 5  # lines in which the headline, bylines and dates are printed again
FOOT: Final = 4  # last lines, in which an author may sign
PART: Final = 3  # paragraphs from which a box is a part of the text, not a text block with one of them
# It would print what it gives up; whether there is an article is ours to say.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())
_OPTIONS = Extractor(output_format="txt", comments=False)
_FAST = Extractor(output_format="txt", comments=False, fast=True)
_DATED = re.compile(
    r"(?i)(?:(?:last |first )?(?:published|updated|posted)|stand|veröffentlicht|aktualisiert|erstellt|publié|mis à jour|"
    r"publicado|actualizado|atualizado|pubblicato|aggiornato|gepubliceerd|publicerad|uppdaterad|publisert|oppdatert)\b"
)
_HOUR = re.compile(r"\d{1,2}[:.]\d\d\b[^.!?]{0,20}$")


@dataclass(frozen=True, slots=True)
class Known:
    """What else the page states, by which lines of the text are known for what they are."""

    titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    body: str | None = None  # JSON-LD's articleBody
    url: str | None = None


def read_body(tree: HtmlElement, known: Known) -> tuple[str, str]:
    """The article's text, paragraphs separated by a blank line, and what took it out. `tree` is used up."""
    boxed(tree)
    prune(tree)
    links = _links(tree, known.url)
    lines = _engine(tree)
    parts = _parts(tree)
    if sum(map(len, lines)) < MISSED * _length(parts):
        for part in parts[1:]:
            parts[0].extend(list(part))
        lines = _engine(tree)
    kept = _within(_kept(lines, known, links), known.body)
    found = sum(map(len, kept))
    if known.body and found < STATED * len(known.body):
        return _paragraphs(_kept(fragment(known.body).split("\n"), known, links)), "json-ld"
    if not found:
        return _paragraphs(_kept(plain_paragraphs(tree), known, links)), "paragraphs"
    return _paragraphs(kept), ENGINE


def _engine(tree: HtmlElement) -> list[str]:
    try:
        text = trafilatura.extract(tree, options=_FAST if tree.xpath("count(//*)") > ELEMENTS else _OPTIONS)
    except (ArithmeticError, AttributeError, LookupError, LxmlError, RecursionError, TypeError, ValueError):
        text = None  # a page that trips the engine is read plainly
    return (text or "").split("\n")


def _parts(tree: HtmlElement) -> list[HtmlElement]:
    """The boxes of one name that together hold the most paragraphs: a body that advertisements cut up stands in several."""
    groups: dict[tuple[str | None, str | None, HtmlElement], list[HtmlElement]] = {}
    for element in tree.iter("div", "section"):
        parent = element.getparent()
        above = parent.getparent() if parent is not None else None
        if parent is None or above is None or not element.get("class"):
            continue
        if len(element.findall("p")) >= PART and element.find(".//h1") is None:
            groups.setdefault((element.get("class"), None, parent), []).append(element)
            groups.setdefault((element.get("class"), parent.get("class"), above), []).append(element)
    return max((group for group in groups.values() if len(group) > 1), key=_length, default=[])


def _length(parts: list[HtmlElement]) -> int:
    return sum(len(p.text_content()) for part in parts for p in part.iterchildren("p"))


def _within(lines: list[str], stated: str | None) -> list[str]:
    """Without what follows the article's last line, where JSON-LD states the whole of it."""
    whole = bare(stated or "")
    if len(whole) < WHOLE * sum(len(bare(line)) for line in lines):
        return lines
    for last in range(len(lines), max(0, len(lines) - TAIL), -1):
        line = bare(lines[last - 1])
        if len(line) > SURE and line[:60] in whole:
            return lines[:last]
    return lines


def _links(tree: HtmlElement, url: str | None) -> set[str]:
    """The texts of links that lead to other pages of the same site, bare: as lines of their own they are no text."""
    host = url.split("/")[2].removeprefix("www.") if url and url.count("/") > 1 else None
    texts = set()
    for link in tree.iter("a"):
        target = link.get("href") or ""
        _, scheme, rest = target.partition("://")
        if scheme and host and host not in rest.partition("/")[0]:
            continue
        path, _, place = target.partition("#")
        if place and (not path or (url and url.partition("#")[0].endswith(path))):  # to a place in this page
            continue
        if len(text := bare(words(link))) > LINK:
            texts.add(text)
    return texts


def _kept(lines: list[str], known: Known, links: set[str]) -> list[str]:
    """The lines that are text: no headline, byline, date or address of the page, no pointer to another page."""
    titles = {bare(title) for title in known.titles} - {""}
    authors = {bare(author) for author in known.authors} - {""}
    address = bare(known.url or "")
    lines = [line for line in map(str.strip, lines) if line]
    kept: list[str] = []
    for place, line in enumerate(lines):
        said = bare(line)
        head = len(kept) < HEAD
        if (
            said in links
            or pointer(line.removeprefix("- "))
            or (head and _entitles(said, titles))
            or (head and _dates(line))
            or ((head or place > len(lines) - FOOT) and len(line) < 80 and _signs(said, authors))
            or (address and len(line) < 300 and address in said)
        ):
            continue
        kept.append(line)
    return kept


def _entitles(said: str, titles: set[str]) -> bool:
    """Whether a line is the headline, or holds it beside a kicker."""
    return said in titles or any(len(title) > 20 and len(said) < len(title) + 40 and title in said for title in titles)


def _dates(line: str) -> bool:
    """Whether a line only dates the piece: `Published: ...`, `3 May 2026, 14:02`, `14.02 Uhr`."""
    if len(line) > 120 or line.endswith((".", "!", "?")):
        return False
    date = printed_date(line)
    return bool(_HOUR.match(line)) if date is None else len(line) - len(date) < 30 or bool(_DATED.match(line))


def _signs(said: str, authors: set[str]) -> bool:
    """Whether a line says the authors' names and next to nothing else."""
    rest = said
    for author in authors:
        rest = rest.replace(author, "")
    return rest != said and len(rest) <= 8


def _paragraphs(lines: list[str]) -> str:
    out = []
    for n, line in enumerate(lines):
        if n:
            out.append("\n" if line.startswith("- ") and lines[n - 1].startswith("- ") else "\n\n")
        out.append(line)
    return "".join(out)
