"""Where a story's body begins, and what stands above it: headline, agency, place, date and byline, of any house.

The head is read line by line. A line that can be nothing else (a dateline, a byline, an agency's name) makes head of all above
it; a line that can be many things (a place, a name, a headline) counts only beside such a one. No evidence, no head.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tasks.clean.agencies import agency, may_be_agency
from tasks.clean.bylines import byline, byline_before_bar, byline_inside, credit_in, is_name, is_role
from tasks.clean.dateline import Piece, dateline
from tasks.clean.dateline_cjk import dateline_cjk
from tasks.clean.head_lines import (
    CAPTION_MARK,
    HEADLINE,
    REACH,
    STANDFIRST,
    Line,
    Weight,
    agency_line,
    is_label,
    is_stamp,
    lone_headline,
    may_be_headline,
    top_lines,
    weight,
)
from tasks.clean.printed_date import date_at, skip_clock
from tasks.clean.printed_place import capitals, known_place, place_at
from tasks.types import HeadField, HeadName

MOST_PROSE = 3  # paragraphs (kicker, summary, note) that may stand above a dateline that names an agency
MOST_ABOVE_CREDIT = 4  # lines that may stand above a byline or an agency's name
WRAPPED = 50  # characters from which a line may be the first of a body that is broken by hand
NAMED_PLACE = 45  # characters of a line that is a place
INSIDE = 420  # characters of headline and caption that may stand in one line with the dateline
TRAILING_CREDIT = re.compile(r"\(([^()\n]{2,40})\)$")
SENTENCE_END = re.compile(r"[.!?…)\]”\"’'][\"”’)]? +(?=(?:De|Mc|Mac|La)?[^\W\d_a-z(][^\W\d_a-z])")


@dataclass(frozen=True, slots=True)
class Opening:
    """The head of a text. `body_start` is the offset of the body's first character, 0 where there is no head."""

    body_start: int
    fields: tuple[HeadField, ...] = ()

    @property
    def agency(self) -> str | None:
        """The agency as printed."""
        return self._text("agency")

    @property
    def place(self) -> str | None:
        """The place as printed, with its state or country."""
        return self._text("place")

    @property
    def date(self) -> str | None:
        """The date as printed in the dateline."""
        return self._text("date")

    @property
    def byline(self) -> str | None:
        """The author or authors, without "By"."""
        return self._text("byline")

    @property
    def headline(self) -> str | None:
        """The headline, if the text itself begins with it."""
        return self._text("headline")

    def _text(self, name: HeadName) -> str | None:
        return next((found.text for found in self.fields if found.name == name), None)


def opening(text: str, title: str | None = None) -> Opening:
    """The head of a plain text whose paragraphs are set apart by newlines or blank lines.

    `title` is what is known to be the headline: then only a first line that equals it is one, unless a dateline or byline
    follows. Offsets are code points of `text`.
    """
    lines = list(top_lines(text))
    if not lines:
        return Opening(0)
    head = _Head(text, lines)
    for number in range(len(lines)):
        if not head.take(number):
            break
    return head.result(title)


@dataclass(slots=True)
class _Head:
    """The head as far as it is read. `loose` are lines not yet known to be head or body, with what they may be."""

    text: str
    lines: list[Line]
    pieces: dict[HeadName, tuple[int, int]] = field(default_factory=dict)
    body_start: int = 0
    loose: list[tuple[int, Weight]] = field(default_factory=list)
    last: str = ""  # the kind of the line before, if it is head

    def take(self, number: int) -> bool:
        """Read a line; False: the body has begun, or no head can follow."""
        for read in (self._byline, self._role, self._dateline, self._agency, self._beside, self._dateline_inside):
            if (goes_on := read(number)) is not None:
                return goes_on
        self.loose.append((number, weight(self.text, self.lines[number])))
        self.last = ""
        return self._may_precede_dateline(known=True)

    def result(self, title: str | None) -> Opening:
        """Fields and start of the body, with the headline if there is one."""
        if not self.pieces and not self.body_start:
            headline = lone_headline(self.text, self.lines, title)
            if headline is not None:
                self.pieces["headline"] = headline
            self.body_start = self._past_furniture(headline)
        fields = tuple(
            HeadField(name, self.text[start:end], "head", start, end)
            for name, (start, end) in sorted(self.pieces.items(), key=lambda item: item[1])
        )
        return Opening(self.body_start, fields)

    def _past_furniture(self, headline: Line | None) -> int:
        """The start of the body behind a headline, labels such as "Photo", and the time of publication below a headline."""
        for line in self.lines:
            below = headline is not None and line.start > headline.start and is_stamp(self.text, line)
            if line != headline and not below and not (headline is None and is_label(self.text, line)):
                return 0 if line == self.lines[0] else line.start
        return 0

    def _byline(self, number: int) -> bool | None:
        line = self.lines[number]
        if line.end - line.start <= HEADLINE and number + 1 < len(self.lines) and (by := byline(self.text, *line)) is not None:
            if not self._may_precede_credit():
                return None
            return self._head_line(number, "byline", byline=by.names, agency=by.agency)
        if (barred := byline_before_bar(self.text, *line)) is not None and self._may_precede_credit():
            names, body = barred
            self._commit("byline", body)
            self.pieces["byline"] = names
            return False
        return None

    def _role(self, number: int) -> bool | None:
        """The line under a byline that says what its author is, or for whom."""
        line = self.text[slice(*self.lines[number])]
        if self.last not in {"byline", "role"} or len(line) > 90 or not (is_role(line) or agency(line) is not None):
            return None
        return self._head_line(number, "role", agency=credit_in(self.text, *self.lines[number]))

    def _dateline(self, number: int) -> bool | None:
        start, end = self.lines[number]
        found = None
        if not self.text[start].isascii() or self.text[start] in "[(":
            found = dateline_cjk(self.text, start, end)
        found = found or dateline(self.text, start, end, credited=bool(self.last))
        if found is None or not self._may_precede_dateline(known=found.known):
            return None
        self._commit("dateline", found.end, found.pieces)
        return False

    def _agency(self, number: int) -> bool | None:
        """An agency's name alone; the line above may be its place ("Washington", "DPA")."""
        if number + 1 >= len(self.lines) or (credit := agency_line(self.text, self.lines[number])) is None:
            return None
        if not self._may_precede_credit():
            return None
        place = None
        if self.loose and self._is_place(self.loose[-1][0], unknown=False):
            place = self.lines[self.loose.pop()[0]]
        return self._head_line(number, "agency", place=place, agency=credit)

    def _beside(self, number: int) -> bool | None:
        """A line that is head only because of the line above: a place, a date, a time stamp."""
        line = self.lines[number]
        if line.end - line.start > HEADLINE or number + 1 >= len(self.lines):
            return None
        if "place" not in self.pieces and self._is_place(number, unknown=self.last == "agency") and self._body_follows(number):
            if self.last:
                return self._head_line(number, "place", place=line)
            return self._place_under_name(number)
        if self.last in {"agency", "place"} and "date" not in self.pieces:
            stop = date_at(self.text, line.start)
            if stop is not None and skip_clock(self.text, stop) == line.end:
                return self._head_line(number, "date", date=(line.start, stop))
        if self.last and is_stamp(self.text, line):
            return self._head_line(number, "role")
        return None

    def _place_under_name(self, number: int) -> bool | None:
        """A place below an unknown agency's initials or name, or below its author's."""
        if not self.loose or not self._may_precede_credit():
            return None
        above = self.lines[self.loose[-1][0]]
        name = self.text[slice(*above)]
        initials = 2 <= len(name) <= 6 and name.isalpha() and name.isupper()
        if (initials or may_be_agency(name)) and len(self.loose) <= 2:
            self.loose.pop()
            return self._head_line(number, "place", agency=above, place=self.lines[number])
        if is_name(name) and self._is_no_phrase(above):
            self.loose.pop()
            return self._head_line(number, "place", byline=above, place=self.lines[number])
        return None

    def _dateline_inside(self, number: int) -> bool | None:
        """A dateline behind a headline or caption in the same line, with the byline before it."""
        start, end = self.lines[number]
        if len(self.loose) > 1:
            return None
        for match in SENTENCE_END.finditer(self.text, start, min(end, start + INSIDE)):
            found = dateline(self.text, match.end(), end, inside=True)
            if found is not None:
                self._commit("dateline", found.end, found.pieces)
                if (names := byline_inside(self.text, start, match.end())) is not None:
                    self.pieces["byline"] = names
                return False
        return None

    def _head_line(self, number: int, kind: str, **pieces: tuple[int, int] | None) -> bool:
        """Make head of a whole line; what it names counts unless a line above named it already."""
        self._commit(kind, self.lines[number + 1].start if number + 1 < len(self.lines) else len(self.text))
        names: tuple[HeadName, ...] = ("agency", "place", "date", "byline")
        for name in names:
            if (piece := pieces.get(name)) is not None:
                self.pieces.setdefault(name, (piece[0], piece[1]))
        return True

    def _commit(self, kind: str, end: int, pieces: tuple[Piece, ...] = ()) -> None:
        """Make head of all that was read: the first of the loose lines is the headline, if it can be one."""
        for number, _ in self.loose:
            self._credit_at_end(self.lines[number])
        if self.loose and not self.body_start and may_be_headline(self.text, self.lines[self.loose[0][0]]):
            self.pieces["headline"] = self.lines[self.loose[0][0]]
        for piece in pieces:
            self.pieces[piece.kind] = (piece.start, piece.end)
        self.body_start, self.last = end, kind
        self.loose.clear()

    def _credit_at_end(self, line: Line) -> None:
        """An agency in brackets at the end of a headline is the story's; at the end of a caption it is the photo's."""
        credit = TRAILING_CREDIT.search(self.text, line.start, line.end)
        if credit is None or line.end - line.start > HEADLINE or agency(credit[1]) is None:
            return
        if CAPTION_MARK.search(self.text[line.start : credit.start()]) is None:
            self.pieces.setdefault("agency", credit.span(1))

    def _may_precede_dateline(self, *, known: bool) -> bool:
        """Whether the loose lines can be headline, summary, labels and captions; more of them if the dateline names an agency."""
        weights = [weighed for _, weighed in self.loose]
        return "body" not in weights and weights.count("prose") <= MOST_PROSE - (not known)

    def _may_precede_credit(self) -> bool:
        lines = [self.lines[number] for number, _ in self.loose]
        return len(lines) <= MOST_ABOVE_CREDIT and sum(line.end - line.start for line in lines) <= 2 * STANDFIRST

    def _is_place(self, number: int, *, unknown: bool) -> bool:
        """Whether a whole line is a place; `unknown`: an unknown one too, as an agency's name stands above it."""
        start, end = self.lines[number]
        if not 2 < end - start <= NAMED_PLACE or place_at(self.text, start, end) != end:
            return False
        line = self.text[start:end]
        if agency(line) is not None:
            return False
        few = len(line.split()) <= 4
        return known_place(line) is not None or (few and (unknown or (self.last != "" and capitals(line))))

    def _body_follows(self, number: int) -> bool:
        return any(line.end - line.start >= WRAPPED for line in self.lines[number + 1 : number + 3])

    def _is_no_phrase(self, line: Line) -> bool:
        """Whether the words of what may be a name do not stand in the text in lower case, as those of a headline would."""
        following = set(re.findall(r"[^\W\d_]+", self.text[line.end : line.end + REACH]))
        words = re.findall(r"[^\W\d_]{3,}", self.text[line.start : line.end])
        return not any(word.lower() in following for word in words if word[0].isupper())
