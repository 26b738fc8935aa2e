"""A page's running text: trafilatura as the engine, and repairs around it that hold on any site."""

from __future__ import annotations

import logging
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import trafilatura
from lxml.etree import LxmlError
from trafilatura.settings import Extractor

from tasks.clean.fragment import fragment
from tasks.clean.furniture import pointer, prune
from tasks.clean.meta import words
from tasks.clean.paragraphs import plain_paragraphs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

ENGINE = f"trafilatura {trafilatura.__version__}"
MISSED: Final = 0.7  # of the text in parts of one name: with less the engine took some of them only
STATED: Final = 0.5  # of JSON-LD's text: with less the page shows a part only, or the engine was misled
TAIL: Final = 200  # lines from the end among which the article's last one is looked for
WHOLE: Final = 0.8  # of the engine's text: from here JSON-LD's is taken to be the whole article
PART: Final = 3  # paragraphs from which a box is a part of the text, not a text block with one of them
# It would print what it gives up; whether there is an article is ours to say.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())
_OPTIONS = Extractor(output_format="txt", comments=False)


@dataclass(frozen=True, slots=True)
class Known:
    """What else the page states, by which lines of the text are known for what they are."""

    titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    body: str | None = None  # JSON-LD's articleBody
    url: str | None = None


def read_body(tree: HtmlElement, known: Known) -> tuple[str, str]:
    """The article's text, paragraphs separated by a blank line, and what took it out. `tree` is used up."""
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
        text = trafilatura.extract(tree, options=_OPTIONS)
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
    bare = _bare(stated or "")
    if len(bare) < WHOLE * sum(map(len, map(_bare, lines))):
        return lines
    back = range(len(lines), max(0, len(lines) - TAIL), -1)
    last = next((n for n in back if len(line := _bare(lines[n - 1])) > 30 and line[:60] in bare), 0)
    return lines[:last] if last else lines


def _links(tree: HtmlElement, url: str | None) -> set[str]:
    """The texts of links that lead to other pages of the same site, bare: as lines of their own they are no text."""
    host = url.split("/")[2].removeprefix("www.") if url and url.count("/") > 1 else None
    texts = set()
    for link in tree.iter("a"):
        target = link.get("href") or ""
        if target.startswith("#") or (known := target.partition("://"))[1] and host and host not in known[2].partition("/")[0]:
            continue
        path, _, within = target.partition("#")
        if url and within and url.partition("#")[0].endswith(path):
            continue
        if len(bare := _bare(words(link))) > 12:
            texts.add(bare)
    return texts


DATE_LINE: Final = re.compile(
    r"(?i)(?:(?:last |first )?(?:published|updated|posted|stand|veröffentlicht|aktualisiert|publié|mis à jour|publicado|actualizado|"
    r"atualizado|pubblicato|aggiornato|gepubliceerd|publicerad|uppdaterad|publisert|oppdatert|erstellt)\b.{0,80}\d|"
    r"(?:[^\W\d]{2,12}\.?,? ){0,3}\d{1,4}[./ -].{0,40}\d{1,4}(?:[ :]\d\d)?.{0,15}$|\d{1,2}[:.]\d\d\b.{0,20}$)"
)


def _kept(lines: list[str], known: Known, links: set[str]) -> list[str]:
    titles = {bare for title in known.titles if (bare := _bare(title))}
    authors = {_bare(author) for author in known.authors}
    kept: list[str] = []
    lines = [line for line in map(str.strip, lines) if line]
    for place, line in enumerate(lines):
        item = line.startswith("- ")
        bare = _bare(line)
        if pointer(line.removeprefix("- ")) or bare in links:
            continue
        if len(kept) < 5:
            if bare and any(bare == t or len(t) > 20 and len(bare) < len(t) + 40 and t in bare for t in titles):
                continue
            if len(line) < 120 and DATE_LINE.match(line):
                continue
        if len(line) < 80 and (len(kept) < 5 or place > len(lines) - 4) and bare and authors and _signs(bare, authors):
            continue
        if known.url and len(line) < 300 and _bare(known.url) in bare:
            continue
        kept.append(line)
    return kept


def _signs(bare: str, authors: set[str]) -> bool:
    for author in authors:
        bare = bare.replace(author, "")
    return len(bare) <= 8


def _paragraphs(lines: list[str]) -> str:
    out = []
    for n, line in enumerate(lines):
        if n:
            out.append("\n" if line.startswith("- ") and lines[n - 1].startswith("- ") else "\n\n")
        out.append(line)
    return "".join(out)


def _bare(text: str) -> str:
    """For comparing: letters and digits only."""
    return _SIGNS.sub("", text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()


_SIGNS = re.compile(r"[\W_]+")
