"""The lines at the top of a text, and what each may be: headline, caption, summary, credit, label, time stamp."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from tasks.clean.agencies import agency
from tasks.clean.printed_date import date_at

if TYPE_CHECKING:
    from collections.abc import Iterator

REACH = 2_000  # characters in which a head must end
MOST_LINES = 14
HEADLINE = 160  # characters of the longest headline above a dateline or byline
ALONE = 120  # and of the longest one that nothing but its shape tells
SURE = 20  # letters that headline and title must share where one has more than the other
PROSE = 80  # characters from which a line is a paragraph
LONGER = 1.4  # how many times as long as a headline the paragraph below it is at least
STANDFIRST = 330  # characters of the longest summary that stands above a dateline
CAPTION = 800  # characters of the longest caption of a photo there
CREDIT_AT = 90  # characters at the end of a caption in which its credit stands

LINE = re.compile(r"[^\n]+")
ENDED = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")
NO_HEADLINE = re.compile(r"[.…:;,][\"'”’»)\]]*$|www\.|https?:|^[\"“„«].*[\"”“»]$|[.!?] [^.!?]{20,}[.!?]\W*$|\. \([^()]*\)$")
CREDITED = re.compile(r"[.!?”\"] [(\[][^()]*[)\]]$")
CAPTION_MARK = re.compile(
    r"[)\]]\s*$|\b(?:photo|credit|file photo|getty|reuters/|/ap\b|image|pictured|foto|copyright)\b|©", re.IGNORECASE
)
LABEL = re.compile(
    r"(?:photos?|videos?|image|abstract|full text|correction appended|advertisement|media caption|image caption|share|listen|"
    r"story highlights|updated?|exclusive|breaking(?: news)?|live)\W{0,3}",
    re.IGNORECASE,
)
STAMP = re.compile(
    r"(?:first |last )?(?:published|posted|updated?|created|story created|modified|date|stand|publié le|mis à jour|publicado)\b"
    r"[: ]*(?:on )?[: ]*",
    re.IGNORECASE,
)
LONG_WORD = re.compile(r"[^\W\d_]{5}")
LETTERS = re.compile(r"[\W_]+")
SENTENCE_MARKS = frozenset(".!?…\"'”’)]")
LEADS = ("From ", "Source: ", "By ")

Weight = Literal["short", "line", "caption", "prose", "body"]


class Line(NamedTuple):
    """The characters of a line that is not blank, without the blanks around it."""

    start: int
    end: int


def top_lines(text: str) -> Iterator[Line]:
    """The first lines of a text that are not blank."""
    for match in islice(LINE.finditer(text, 0, REACH), MOST_LINES):
        start, end = match.span()
        if end == REACH and len(text) > REACH:
            newline = text.find("\n", end)
            end = newline if newline >= 0 else len(text)
        line = text[start:end]
        if kept := line.strip():
            start += line.index(kept[0])
            yield Line(start, start + len(kept))


def weight(text: str, line: Line) -> Weight:
    """What a line above a dateline may be by its length and its end; "body": it can be nothing but body."""
    length = line.end - line.start
    if length < PROSE:
        return "short"
    if length > CAPTION:
        return "body"
    if CAPTION_MARK.search(text, max(line.start, line.end - CREDIT_AT), line.end):
        return "caption"
    if length > STANDFIRST:
        return "body"
    return "prose" if text[line.end - 1] in SENTENCE_MARKS else "line"


def lone_headline(text: str, lines: list[Line], title: str | None) -> Line | None:
    """The first line, if it is the known title, or, where none is known, stands above the text as only headlines do."""
    first, *others = lines
    if not others:
        return None
    line = text[first.start : first.end]
    if title and (key := LETTERS.sub("", title.casefold())):
        own = LETTERS.sub("", line.casefold())
        alike = own == key or (min(len(own), len(key)) >= SURE and (own.startswith(key) or key.startswith(own)))
        return first if alike and len(line) <= 2 * HEADLINE else None
    if not 8 <= len(line) <= ALONE or line[0].islower() or line[0] in "-*•–—·(" or line[0].isdigit() or NO_HEADLINE.search(line):
        return None
    if is_label(text, first) or is_stamp(text, first):
        return None
    body = next((other for other in others if not is_stamp(text, other)), None)
    if body is None or body.end - body.start < max(PROSE, LONGER * len(line)) or not ENDED.search(text[body.start : body.end]):
        return None
    return first


def may_be_headline(text: str, line: Line) -> bool:
    """Whether the first line above a dateline or byline is its headline, and no label, stamp or caption."""
    short = line.end - line.start <= HEADLINE
    return short and not (is_label(text, line) or is_stamp(text, line) or CREDITED.search(text[line.start : line.end]))


def agency_line(text: str, line: Line) -> Line | None:
    """The agency whose name is all of the line, but for brackets, dashes and "From"."""
    if line.end - line.start > 60:
        return None
    whole = text[line.start : line.end]
    name = whole.strip("()[]©–—- .:|")
    for lead in LEADS:
        name = name.removeprefix(lead)
    if agency(name) is None:
        return None
    at = line.start + whole.index(name)
    return Line(at, at + len(name))


def is_label(text: str, line: Line) -> bool:
    """Whether a line is one of the words that pages set between headline and text ("Photo", "FULL TEXT.")."""
    return LABEL.fullmatch(text, line.start, line.end) is not None


def is_stamp(text: str, line: Line) -> bool:
    """Whether a line says only when the story was published."""
    if line.end - line.start > 90:
        return False
    lead = STAMP.match(text, line.start, line.end)
    stop = date_at(text, lead.end() if lead else line.start)
    if stop is None:
        return False
    return lead is not None or LONG_WORD.search(text, stop, line.end) is None
