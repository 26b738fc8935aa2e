"""The reading of a text's head, line by line: what each line is, and what it makes of those above it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tasks.clean.agencies import agency, may_be_agency, may_be_house
from tasks.clean.bylines import (
    byline,
    byline_before_bar,
    byline_inside,
    credit_in,
    goes_on,
    is_address,
    is_role,
    is_special,
    may_be_person,
    no_phrase,
    signed,
    unnamed,
)
from tasks.clean.dateline import Piece, dateline
from tasks.clean.dateline_cjk import dateline_cjk
from tasks.clean.head_lines import (
    CAPTION_MARK,
    HEADLINE,
    STANDFIRST,
    Line,
    Weight,
    agency_line,
    dated,
    is_label,
    is_note,
    is_stamp,
    is_title,
    is_wire_label,
    lone_headline,
    may_be_headline,
    stamp,
    weight,
    wire_labels,
)
from tasks.clean.houses import agency_above
from tasks.clean.printed_date import date_at, skip_clock
from tasks.clean.printed_place import capitals, known_place, place_at, with_bracket

if TYPE_CHECKING:
    from tasks.types import HeadName

MOST_PROSE = 3  # paragraphs (kicker, summary, note) that may stand above a dateline that names an agency
MOST_ABOVE_CREDIT = 4  # lines that may stand above a byline or an agency's name
WRAPPED = 50  # characters from which a line may be the first of a body that is broken by hand
LONGEST_CREDIT = 60  # characters of a line that is an agency's name
NAMED_PLACE = 45  # characters of a line that is a place
INSIDE = 420  # characters of headline and caption that may stand in one line with the dateline
TRAILING_CREDIT = re.compile(r"\(([^()\n]{2,40})\)$")
SPECIAL_BEHIND = re.compile(
    r"[(\[]?(?:Special|SPECIAL|Exclusive) (?:to|for|TO) [\w.&'’ ]{2,50}[)\]]?(?:: | ?— | [–-] |\n+)(?=\S)"
)
SENTENCE_END = re.compile(r"[.!?…)\]”\"’'][\"”’)]? +(?=(?:De|Mc|Mac|La)?[^\W\d_a-z(][^\W\d_a-z])")


@dataclass(slots=True)
class Head:
    """The head as far as it is read. `loose` are lines not yet known to be head or body, with what they may be."""

    text: str
    lines: list[Line]
    title: str | None = None  # what is known to be the headline
    pieces: dict[HeadName, tuple[int, int]] = field(default_factory=dict)
    stamps: list[tuple[HeadName, Line]] = field(default_factory=list)
    body_start: int = 0
    loose: list[tuple[int, Weight]] = field(default_factory=list)
    last: str = ""  # the kind of the line before, if it is head

    def take(self, number: int) -> bool:
        """Read a line; False: the body has begun, or no head can follow."""
        for read in (self._byline, self._role, self._dateline, self._agency, self._signed, self._beside, self._dateline_inside):
            if (more := read(number)) is not None:
                return more
        self.loose.append((number, weight(self.text, self.lines[number])))
        self.last = ""
        return self._may_precede_dateline(known=True)

    def close(self) -> None:
        """Take the headline and the furniture below it, where nothing else was head."""
        if not self.pieces and not self.body_start:
            labels = wire_labels(self.text, self.lines)
            headline = lone_headline(self.text, self.lines[labels:], self.title)
            if headline is not None:
                self.pieces["headline"] = headline
            self.body_start = self._past_furniture(labels, headline)

    def _past_furniture(self, labels: int, headline: Line | None) -> int:
        """The start of the body behind a headline, labels such as "Photo", and the time of publication."""
        stamped = headline is not None or dated(self.text, self.lines[labels:])
        for number, line in enumerate(self.lines):
            furniture = number < labels or line == headline or (is_label if headline is None else is_note)(self.text, line)
            if not furniture and not (stamped and self._take_stamp(line)):
                return 0 if number == 0 else line.start
        return 0

    def _take_stamp(self, line: Line) -> bool:
        """Note when the story was published and changed, if a line says so."""
        found = stamp(self.text, line)
        if found is None:
            return False
        self.stamps += [("date", found.published)] if found.published else []
        self.stamps += [("updated", found.updated)] if found.updated else []
        return True

    def _byline(self, number: int) -> bool | None:
        start, end = self.lines[number]
        if end - start <= HEADLINE and number + 1 < len(self.lines):
            last = number + goes_on(self.text, self.lines[number], self.lines[number + 1])
            by = byline(self.text, start, self.lines[last].end)
            if by is not None and last + 1 < len(self.lines):
                if not self._may_precede_credit():
                    return None
                return self._head_line(last, "byline", byline=by.names, agency=by.agency, place=by.place)
        if (barred := byline_before_bar(self.text, start, end)) is not None and self._may_precede_credit():
            names, body = barred
            self._commit("byline", body)
            self.pieces["byline"] = names
            return False
        return None

    def _signed(self, number: int) -> bool | None:
        """A byline without "By": the names of people whom the text does not name, with their office, agency or place."""
        line = self.lines[number]
        if self.last == "byline" or (self.title and is_title(self.text, line, self.title)):
            return None
        by = signed(self.text, *line, below=bool(self.loose))
        if by is None or not self._body_follows(number) or not self._may_precede_credit():
            return None
        if by.names is not None and not unnamed(self.text, by.names, line.end):
            return None
        return self._head_line(number, "byline", byline=by.names, agency=by.agency, place=by.place)

    def _role(self, number: int) -> bool | None:
        """The line under a byline that says what its author is, or for whom, or where to write to."""
        start, end = self.lines[number]
        if end - start > 90 or number + 1 >= len(self.lines):
            return None
        line = self.text[start:end]
        house = self.last != "" and (agency(line) is not None or may_be_house(line))
        if not (house or is_role(line) or is_address(line)):
            return None
        if self.last in {"byline", "role"} or (is_special(line) and self._may_precede_credit()):
            return self._head_line(number, "role", agency=credit_in(self.text, start, end))
        return self._below_name(number, "role", agency=credit_in(self.text, start, end))

    def _dateline(self, number: int) -> bool | None:
        start, end = self.lines[number]
        found = None
        if not self.text[start].isascii() or self.text[start] in "[(":
            found = dateline_cjk(self.text, start, end)
        found = found or dateline(self.text, start, end, credited=bool(self.last))
        if found is None or not self._may_precede_dateline(known=found.known):
            return None
        special = SPECIAL_BEHIND.match(self.text, found.end, end)
        self._commit("dateline", special.end() if special else found.end, found.pieces)
        return False

    def _agency(self, number: int) -> bool | None:
        """An agency's name alone; the line above may be its place ("Washington", "DPA"), or the line below."""
        line = self.lines[number]
        if line.end - line.start > LONGEST_CREDIT or number + 1 >= len(self.lines):
            return None
        credit = agency_line(self.text, line) or (line if self._above_place(number) else None)
        unknown = credit is None and self.loose and may_be_agency(self.text[slice(*line)])
        if not (credit or unknown) or not self._may_precede_credit():
            return None
        placed = self.loose and self._is_place(self.loose[-1][0], unknown=False)
        if unknown and not placed:
            return None
        place = self.lines[self.loose.pop()[0]] if placed else None
        return self._head_line(number, "agency", place=place, agency=credit or line)

    def _above_place(self, number: int) -> bool:
        """Whether a line is the name of an agency that no table knows, directly above its place or dateline."""
        line, below = self.lines[number], self.lines[number + 1]
        first = not (self.title or self.loose or self.pieces)
        if "agency" in self.pieces or "place" in self.pieces or not agency_above(self.text, line, below, first=first):
            return False
        if self.title and is_title(self.text, line, self.title):
            return False
        sure = may_be_house(self.text[slice(*line)])
        if self._is_place(number + 1, unknown=False, shouted=sure):
            return self._body_follows(number + 1)
        found = dateline(self.text, *below, credited=True)
        if found is None or not (sure or found.end > below.end):
            return False
        return all(piece.kind != "agency" for piece in found.pieces)

    def _beside(self, number: int) -> bool | None:
        """A line that is head only because of the line above: a place, a date, a time stamp."""
        line = self.lines[number]
        if line.end - line.start > HEADLINE or number + 1 >= len(self.lines):
            return None
        if "place" not in self.pieces and self._is_place(number, unknown=self.last == "agency") and self._body_follows(number):
            if self.last:
                return self._head_line(number, "place", place=line)
            return self._below_name(number, "place", place=line)
        if self.last in {"agency", "place"} and "date" not in self.pieces:
            stop = date_at(self.text, line.start)
            if stop is not None and skip_clock(self.text, stop) == line.end:
                return self._head_line(number, "date", date=(line.start, stop))
        if not is_stamp(self.text, line):
            return None
        if self.last:
            self._take_stamp(line)
            return self._head_line(number, "role")
        return self._below_name(number, "role", dated=line) if len(self.loose) > 1 else None

    def _below_name(self, number: int, kind: str, *, dated: Line | None = None, **pieces: tuple[int, int] | None) -> bool | None:
        """A line that shows the name above it to be the author's."""
        if not self.loose or not self._may_precede_credit():
            return None
        above = self.lines[self.loose[-1][0]]
        if not may_be_person(self.text[slice(*above)]) or not no_phrase(self.text, above, self.lines[number].end):
            return None
        self.loose.pop()
        if dated is not None:
            self._take_stamp(dated)
        return self._head_line(number, kind, byline=above, **pieces)

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
        above = [self.lines[number] for number, _ in self.loose]
        for line in above:
            self._credit_at_end(line)
            self._take_stamp(line)
        if above and not self.body_start:
            first = next((line for line in above if not is_wire_label(self.text, line)), None)
            if first is not None and may_be_headline(self.text, first):
                self.pieces["headline"] = first
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

    def _is_place(self, number: int, *, unknown: bool, shouted: bool = False) -> bool:
        """Whether a whole line is a place; `unknown`: an unknown one too, `shouted`: one in capitals, as a credit is above it."""
        start, end = self.lines[number]
        stop = place_at(self.text, start, end) if 2 < end - start <= NAMED_PLACE else None
        if stop is None or with_bracket(self.text, start, stop, end) != end:
            return False
        line = self.text[start:stop]
        if agency(line) is not None:
            return False
        few = len(line.split()) <= 4
        return known_place(line) is not None or (few and (unknown or ((shouted or self.last != "") and capitals(line))))

    def _body_follows(self, number: int) -> bool:
        return any(line.end - line.start >= WRAPPED for line in self.lines[number + 1 : number + 3])
