"""The lines at the top of a text, and what each may be: headline, caption, summary, credit, label, time stamp."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from tasks.clean.agencies import agency
from tasks.clean.printed_date import date_at, skip_clock, with_zone

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
STAMP_LENGTH = 110  # characters of a line that says when the story was published
LONGEST_WEEKDAY = 13  # characters of a date without a number
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
WIRE_LABEL = re.compile(  # what wires print above a headline: urgency, embargo, note to the desks, slug with its count of words
    r"(?i:[(\[]?(?:urgente?|flash|bulletin|news ?alert|eilmeldung|eil|snap|for immediate release|\d{2,4} words)\W{0,3}|"
    r"(?:strictly )?(?:embargoed (?:until|to|for|till)|embargo(?: until|:)|sperrfrist\b|"
    r"not for (?:release|publication) (?:before|until)|for release (?:on|at|until|after)\b).{1,90}|"
    r"[(\[]?(?:eds|editors|note to editors|attention,? editors)[:.].{1,220}|"
    r"[(\[](?:updates?|updating|adds?|recasts?|rewrites|corrects|repeats|refiles|clarifies|changes|edits) [^()\[\]]{1,200}[)\]])|"
    r"\^?(?:BC-\S+|(?:[A-Z]{2}-)?[A-Z]\w*(?:[-–—/]\w+)+,?(?: \d(?:st|nd|rd|th) [\w-]{2,12},?)*,? ?(?:\(\d{2,5}\)|\d{2,5}))\^?|"
    r"[A-Z\d]+(?:-[A-Z\d]+)*/? \((?:UPDATE|WRAPUP|CORRECTED|REFILE|PIX|TV)[^()]{0,40}\)"
)
STAMP = re.compile(
    r"(?:(?P<updated>(?:last )?(?:updated?|modified)|stand|(?:zuletzt )?aktualisiert|mis à jour|actualizado|atualizado|"
    r"aggiornato)|(?:first |originally )?(?:published|posted|created|story created|date|veröffentlicht|erschienen|publié|"
    r"publicado|pubblicato))\b"
    r"[: ]*(?:(?:on|am|le|el|il|em)\b)?[: ]*",
    re.IGNORECASE,
)
CLOCK_BEFORE = re.compile(r"\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: ?[A-Z]{2,4})?,? (?:[|•·–-] )?(?:on )?", re.IGNORECASE)
BETWEEN = re.compile(r"[ ,;.|/•·()–—-]*(?:and )?")
MOST_DATES = 2  # of publication and of the last change
YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
DIGIT = re.compile(r"\d")
LONG_WORD = re.compile(r"[^\W\d_]{5}")
LETTERS = re.compile(r"[\W_]+")
SENTENCE_MARKS = frozenset(".!?…\"'”’)]")
LEADS = ("From ", "Source: ", "By ")

Weight = Literal["short", "line", "caption", "prose", "body"]


class Line(NamedTuple):
    """The characters of a line that is not blank, without the blanks around it."""

    start: int
    end: int


class Stamp(NamedTuple):
    """The characters of the dates on which a story was published and last changed."""

    published: Line | None
    updated: Line | None


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
    if title and LETTERS.sub("", title):
        return first if len(line) <= 2 * HEADLINE and is_title(text, first, title) else None
    if not 8 <= len(line) <= ALONE or line[0].islower() or line[0] in "-*•–—·(" or line[0].isdigit() or NO_HEADLINE.search(line):
        return None
    if is_label(text, first) or is_stamp(text, first):
        return None
    body = next((other for other in others if not (is_stamp(text, other) or is_note(text, other))), None)
    if body is None or body.end - body.start < max(PROSE, LONGER * len(line)) or not ENDED.search(text[body.start : body.end]):
        return None
    return first


def is_title(text: str, line: Line, title: str) -> bool:
    """Whether a line is the known title, letter by letter; a long one may say more or less of it."""
    own, key = (LETTERS.sub("", part.casefold()) for part in (text[line.start : line.end], title))
    return own == key or (min(len(own), len(key)) >= SURE and (own.startswith(key) or key.startswith(own)))


def may_be_headline(text: str, line: Line) -> bool:
    """Whether the first line above a dateline or byline is its headline, and no label, stamp or caption."""
    short = line.end - line.start <= HEADLINE
    return short and not (is_label(text, line) or is_stamp(text, line) or CREDITED.search(text[line.start : line.end]))


def agency_line(text: str, line: Line) -> Line | None:
    """The agency whose name is all of the line, but for brackets, dashes and "From"."""
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


def wire_labels(text: str, lines: list[Line]) -> int:
    """How many lines at the top a wire set there for its desks; one line at least is left."""
    return next((n for n, line in enumerate(lines[:-1]) if not is_wire_label(text, line)), len(lines) - 1)


def is_wire_label(text: str, line: Line) -> bool:
    """Whether a line is what wires print for their desks above a story: urgency, embargo, slug ("BC-Pier-Storm, 500")."""
    return line.end - line.start <= 250 and WIRE_LABEL.fullmatch(text, line.start, line.end) is not None


def is_note(text: str, line: Line) -> bool:
    """Whether a line below a headline is no text but one for the desks: "(Adds details, quotes)"."""
    return (text[line.start] in "([" or line.end - line.start < PROSE) and is_wire_label(text, line)


def is_stamp(text: str, line: Line) -> bool:
    """Whether a line says only when the story was published."""
    return stamp(text, line) is not None


def dated(text: str, lines: list[Line]) -> bool:
    """Whether a date with its year stands alone above a text: no diary, in which others follow."""
    line, *others = lines
    if not others or others[0].end - others[0].start < PROSE or stamp(text, line) is None:
        return False
    return YEAR.search(text, *line) is not None and not any(is_stamp(text, other) for other in others)


def stamp(text: str, line: Line) -> Stamp | None:
    """When a story was published and changed, as a line says that says nothing else; None if it does not."""
    length = line.end - line.start
    if length > STAMP_LENGTH or (length > LONGEST_WEEKDAY and DIGIT.search(text, *line) is None):
        return None
    found: dict[bool, Line] = {}
    at = line.start
    led = STAMP.match(text, at, line.end) is not None
    while len(found) < MOST_DATES:
        lead = STAMP.match(text, at, line.end)
        start = lead.end() if lead else at
        clock = CLOCK_BEFORE.match(text, start, line.end)
        start = clock.end() if clock else start
        end = date_at(text, start)
        if end is None or end > line.end:
            break
        found.setdefault(lead is not None and lead["updated"] is not None, Line(start, with_zone(text, end)))
        gap = BETWEEN.match(text, skip_clock(text, end), line.end)
        at = gap.end() if gap else end
        if STAMP.match(text, at, line.end) is None:
            break
    if not found or (not led and LONG_WORD.search(text, at, line.end)):
        return None
    return Stamp(found.get(False), found.get(True))
