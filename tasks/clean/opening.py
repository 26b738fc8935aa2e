"""Where a story's body begins, and what stands above it: headline, agency, place, date and byline, of any house.

The head is read line by line. A line that can be nothing else (a dateline, a byline, an agency's name) makes head of all above it; a
line that can be many things (a place, a name, a headline) counts only beside such a one. No evidence, no head.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from tasks.clean.agencies import agency
from tasks.clean.bylines import CUE, byline, is_name, byline_before_bar, credit_in, is_role, names_at
from tasks.clean.dateline import Dateline, Piece, capitals, dateline, known_place, place_at
from tasks.clean.dateline_cjk import dateline_cjk
from tasks.clean.printed_date import date_at, skip_clock
from tasks.types import HeadField, HeadName

if TYPE_CHECKING:
    from collections.abc import Iterator

REACH = 2_000  # characters in which a head must end
MOST_LINES = 14
HEADLINE = 160  # characters of the longest headline
PROSE = 80  # characters from which a line is a paragraph and no part of a head
WRAPPED = 50  # characters from which it may be the first line of one that is broken by hand
STANDFIRST = 330  # characters of the longest summary that may stand above a dateline
CAPTION = 800  # characters of the longest caption of a photo there
MOST_STANDFIRSTS = 3
NAMED_PLACE = 45  # characters of a line that is a place

LINE = re.compile(r"[^\n]+")
ENDED = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")
CAPTION_MARK = re.compile(
    r"\)\s*$|\]\s*$|\b(?:photo|credit|file photo|getty|reuters/|/ap\b|image|pictured|foto|copyright)\b|©", re.IGNORECASE
)
LABEL = re.compile(
    r"(?:photos?|videos?|image|abstract|full text|correction appended|advertisement|media caption|image caption|share|listen|story highlights|"
    r"updated?|exclusive|breaking(?: news)?|live)\W{0,3}",
    re.IGNORECASE,
)
STAMP = re.compile(
    r"(?:(?:first |last )?(?:published|posted|updated?|created|story created|modified|date|stand|publié le|mis à jour|publicado)\b[: ]*(?:on )?[: ]*)",
    re.IGNORECASE,
)
TRAILING_CREDIT = re.compile(r"\(([^()\n]{2,40})\)\s*$")
SENTENCE_END = re.compile(r"[.!?…)\]”\"’'][\"”’)]? +(?=(?:De|Mc|Mac|La)?[^\W\d_a-z(][^\W\d_a-z])")
INSIDE = 420  # characters of headline and caption that may stand in one line with the dateline
BY_INSIDE = re.compile(r"\bB[yY] (?=[A-ZÀ-Þ])")
SENTENCE_MARKS = frozenset(".!?…\"'”’)]")
LETTERS = re.compile(r"[\W_]+")


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

    `title` is what is known to be the headline; a first line that equals it is head. Offsets are code points of `text`.
    """
    lines = list(_lines(text))
    if not lines:
        return Opening(0)
    head = _Head(text, lines)
    for number in range(len(lines)):
        if head.take(number) is False:
            break
    return head.result(title)


class _Line(NamedTuple):
    start: int
    end: int


@dataclass(slots=True)
class _Head:
    """The head as far as it is read. `loose` are lines not yet known to be head or body."""

    text: str
    lines: list[_Line]
    pieces: dict[HeadName, tuple[int, int]] = field(default_factory=dict)
    body_start: int = 0
    loose: list[int] = field(default_factory=list)
    last: str = ""  # the kind of the line before, if it is head

    def take(self, number: int) -> bool:
        """Read a line; False: the body has begun."""
        start, end = self.lines[number]
        line = self.text[start:end]
        if (kind := self._byline(number)) is not None:
            return kind != "body"
        if self.last in {"byline", "role"} and len(line) <= 90 and (is_role(line) or agency(line) is not None):
            credit = credit_in(self.text, start, end)
            self._head_line(number, "role", [("agency", *credit)] if credit else [])
            return True
        if (found := self._dateline(start, end)) is not None and self._may_precede(strong=found.known):
            self._commit(found.pieces, "dateline", found.end)
            return False
        if self._whole_line(number, line) is not None:
            return True
        if (inner := self._inside(start, end)) is not None and len(self.loose) <= 1:
            self._commit(inner.pieces, "dateline", inner.end)
            return False
        self.loose.append(number)
        self.last = ""
        return self._may_precede(strong=True)

    def result(self, title: str | None) -> Opening:
        """Fields and start of the body, with the headline if there is one."""
        if not self.pieces:
            headline = _headline(self.text, self.lines, title)
            if headline is None:
                return self._labels_only()
            self.pieces["headline"] = headline
            following = next((line.start for line in self.lines if line.start >= headline[1]), len(self.text))
            self.body_start = self._past_stamps(following)
        fields = tuple(
            HeadField(name, self.text[start:end], "head", start, end)
            for name, (start, end) in sorted(self.pieces.items(), key=lambda item: item[1])
        )
        return Opening(self.body_start, fields)

    def _labels_only(self) -> Opening:
        """A text that begins with a label such as "Photo" on a line of its own, and no more of a head."""
        for number, (start, end) in enumerate(self.lines[:-1]):
            if not LABEL.fullmatch(self.text[start:end]):
                return Opening(start if number else 0)
        return Opening(0)

    def _past_stamps(self, start: int) -> int:
        """The start of the body behind the lines that say only when the story was published."""
        for line in self.lines:
            if line.start >= start:
                if not _is_stamp(self.text, line):
                    return line.start
                start = line.end
        return start if start < len(self.text) and self.lines[-1].start >= start else next(iter([self.lines[-1].start]), start)

    def _dateline(self, start: int, end: int) -> Dateline | None:
        if not self.text[start].isascii() or self.text[start] in "[(":
            found = dateline_cjk(self.text, start, end)
            if found is not None:
                return found
        return dateline(self.text, start, end, credited=bool(self.last))

    def _whole_line(self, number: int, line: str) -> str | None:
        """What a line is that as a whole is a part of the head."""
        start, end = self.lines[number]
        if len(line) > HEADLINE or number + 1 >= len(self.lines):
            return None
        if (credit := _agency_line(self.text, start, end)) is not None and self._may_precede(strong=False, credit=True):
            place = self.loose[-1] if self.loose and self._place_line(self.loose[-1], sure=True) else None
            if place is not None:
                self.pieces["place"] = self.lines[place]
                self.loose.pop()
            return self._head_line(number, "agency", [("agency", *credit)])
        return self._beside(number, line)

    def _beside(self, number: int, line: str) -> str | None:
        """A line that is head only because of the line above: a place, a date, a name, a role."""
        start, end = self.lines[number]
        if (
            "place" not in self.pieces
            and self._place_line(number, sure=self.last not in {"agency"})
            and self._body_follows(number)
        ):
            if self.last:
                return self._head_line(number, "place", [("place", start, end)])
            above = self.loose[-1] if self.loose else None
            if above is not None and self._may_precede(strong=False, credit=True):
                name = self.lines[above]
                if self._acronym(name):
                    self.loose.pop()
                    return self._head_line(number, "place", [("agency", *name), ("place", start, end)])
                if is_name(self.text[slice(*name)]) and self._is_no_phrase(name):
                    self.loose.pop()
                    return self._head_line(number, "place", [("byline", *name), ("place", start, end)])
        if self.last in {"agency", "place"} and "date" not in self.pieces and (stop := date_at(self.text, start)) is not None:
            if skip_clock(self.text, stop) == end:
                return self._head_line(number, "date", [("date", start, stop)])
        if self.last in {"byline", "agency", "place", "role", "date"} and (
            _is_stamp(self.text, self.lines[number]) or is_role(line)
        ):
            return self._head_line(number, "role", [])
        return None

    def _byline(self, number: int) -> str | None:
        """A byline; "body" where the body follows in its line, as in "By Ada Brink | The harbour was quiet"."""
        start, end = self.lines[number]
        if not CUE.match(self.text, start, end) or not self._may_precede(strong=False, credit=True):
            return None
        if number + 1 < len(self.lines) and (by := byline(self.text, start, end)) is not None:
            pieces: list[tuple[HeadName, int, int]] = []
            if by.names:
                pieces.append(("byline", *by.names))
            if by.agency:
                pieces.append(("agency", *by.agency))
            return self._head_line(number, "byline", pieces)
        if (barred := byline_before_bar(self.text, start, end)) is not None:
            names, body = barred
            self._commit((), "byline", body)
            self.pieces["byline"] = names
            return "body"
        return None

    def _head_line(self, number: int, kind: str, pieces: list[tuple[HeadName, int, int]]) -> str:
        end = self.lines[number + 1].start if number + 1 < len(self.lines) else len(self.text)
        self._commit((), kind, end)
        for name, start, stop in pieces:
            self.pieces.setdefault(name, (start, stop))
        return kind

    def _commit(self, pieces: tuple[Piece, ...], kind: str, end: int) -> None:
        """Make head of the line and of all above it."""
        self._settle_loose()
        for piece in pieces:
            self.pieces[piece.kind] = (piece.start, piece.end)
        self.body_start = end
        self.last = kind
        self.loose.clear()

    def _settle_loose(self) -> None:
        """The first of the lines above is the headline; an agency in brackets at the end of one is the story's."""
        for number in self.loose:
            start, end = self.lines[number]
            line = self.text[start:end]
            if LABEL.fullmatch(line) or _is_stamp(self.text, self.lines[number]):
                continue
            credit = TRAILING_CREDIT.search(line)
            if credit and agency(credit[1]) and len(line) <= HEADLINE and not CAPTION_MARK.search(line[: credit.start()]):
                self.pieces.setdefault("agency", (start + credit.start(1), start + credit.end(1)))
            if (
                "headline" not in self.pieces
                and not self.pieces.keys() - {"agency"}
                and len(line) <= HEADLINE
                and number == self.loose[0]
            ):
                self.pieces["headline"] = (start, end)

    def _may_precede(self, *, strong: bool, credit: bool = False) -> bool:
        """Whether the loose lines can be headline, standfirst and captions above a dateline, or above a credit."""
        if credit:
            return len(self.loose) <= 4 and sum(self.lines[n].end - self.lines[n].start for n in self.loose) <= 2 * STANDFIRST
        prose = 0
        for number in self.loose:
            start, end = self.lines[number]
            if end - start < PROSE:
                continue
            if end - start > CAPTION:
                return False
            caption = bool(CAPTION_MARK.search(self.text, start, end))
            if end - start > STANDFIRST and not caption:
                return False
            prose += not caption and self.text[end - 1] in SENTENCE_MARKS
        return prose <= MOST_STANDFIRSTS - (not strong)

    def _place_line(self, number: int, *, sure: bool) -> bool:
        start, end = self.lines[number]
        line = self.text[start:end]
        if not 2 < len(line) <= NAMED_PLACE or place_at(self.text, start, end) != end or agency(line) is not None:
            return False
        if known_place(line) is not None:
            return True
        return (capitals(line) and self.last != "" and len(line.split()) <= 4) if sure else len(line.split()) <= 4

    def _body_follows(self, number: int) -> bool:
        """Whether a paragraph follows within the next two lines."""
        return any(line.end - line.start >= WRAPPED for line in self.lines[number + 1 : number + 3])

    def _acronym(self, line: _Line) -> bool:
        word = self.text[line.start : line.end]
        return 2 <= len(word) <= 6 and word.isalpha() and word.isupper() and len(self.loose) <= 2

    def _is_no_phrase(self, line: _Line) -> bool:
        """Whether the words of what may be a name do not stand in the text in lower case, as those of a headline would."""
        following = self.text[line.end : line.end + REACH]
        words = [word.strip(".,") for word in self.text[line.start : line.end].split()]
        return not any(
            len(word) > 2 and word[0].isupper() and re.search(rf"\b{re.escape(word.lower())}\b", following) for word in words
        )

    def _inside(self, start: int, end: int) -> Dateline | None:
        """A dateline behind a headline or caption in the same line, and the byline before it."""
        reach = min(end, start + INSIDE)
        for match in SENTENCE_END.finditer(self.text, start, reach):
            found = dateline(self.text, match.end(), end, inside=True)
            if found is None:
                continue
            cues = list(BY_INSIDE.finditer(self.text, start, match.end()))
            if cues:
                names = names_at(self.text, cues[-1].end(), match.end())
                rest = self.text[names : match.end()] if names else ""
                if names and not rest.strip(" ."):
                    self.pieces["byline"] = (
                        cues[-1].end(),
                        names - (self.text[names - 1] == "." and self.text[names - 3] != " "),
                    )
            return found
        return None


def _lines(text: str) -> Iterator[_Line]:
    for match in islice(LINE.finditer(text, 0, REACH), MOST_LINES):
        start, end = match.span()
        if end == REACH and len(text) > REACH:
            newline = text.find("\n", end)
            end = newline if newline >= 0 else len(text)
        line = text[start:end]
        if line.strip():
            start += len(line) - len(line.lstrip())
            yield _Line(start, start + len(line.strip()))


def _headline(text: str, lines: list[_Line], title: str | None) -> tuple[int, int] | None:
    """The first line, if it is the known title or stands above the text as only headlines do."""
    first, *others = lines
    if not others:
        return None
    line = text[first.start : first.end]
    if title and (key := LETTERS.sub("", title.casefold())) and LETTERS.sub("", line.casefold()) == key:
        return first
    if len(line) > HEADLINE * 3 // 4 or len(line) < 8 or line[0].islower() or re.search(r"[.…:;,][\"'”’»)\]]*$", line):
        return None
    if LABEL.fullmatch(line) or _is_stamp(text, first) or line[0] in "-*•–—·(" or line[0].isdigit():
        return None
    body = next((other for other in others if not _is_stamp(text, other)), None)
    if body is None or body.end - body.start < max(PROSE, 1.4 * len(line)) or not ENDED.search(text[body.start : body.end]):
        return None
    return first


def _agency_line(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The agency whose name is all of the line, but for brackets, dashes and "From"."""
    line = text[start:end]
    if len(line) > 60:
        return None
    name = line.strip("()[]©–—- .:|")
    for lead in ("From ", "Source: ", "By "):
        name = name.removeprefix(lead)
    if agency(name) is None:
        return None
    at = start + line.index(name)
    return at, at + len(name)


def _is_stamp(text: str, line: _Line) -> bool:
    """Whether a line says only when the story was published."""
    if line.end - line.start > 90:
        return False
    lead = STAMP.match(text, line.start, line.end)
    at = lead.end() if lead else line.start
    stop = date_at(text, at)
    if stop is None:
        return False
    return lead is not None or not re.search(r"[^\W\d_]{5}", text[stop : line.end])
