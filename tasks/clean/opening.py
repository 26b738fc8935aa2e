"""Where a story's body begins, and what stands above it: headline, agency, place, date and byline, of any house.

The head is read line by line. A line that can be nothing else (a dateline, a byline, an agency's name) makes head of all above
it; a line that can be many things (a place, a name, a headline) counts only beside such a one. No evidence, no head.
"""

from __future__ import annotations

from dataclasses import dataclass

from tasks.clean.head import Head
from tasks.clean.head_lines import top_lines
from tasks.types import HeadField, HeadName


@dataclass(frozen=True, slots=True)
class Opening:
    """The head of a text. `body_start` is the offset of the body's first character, 0 where there is no head.

    `stamps` are those of its fields that say on lines of their own when the story was published and changed.
    """

    body_start: int
    fields: tuple[HeadField, ...] = ()
    stamps: tuple[HeadField, ...] = ()

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
        return next((found.text for found in self.fields if found.name == "date" and found not in self.stamps), None)

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
    head = Head(text, lines, title)
    for number in range(len(lines)):
        if not head.take(number):
            break
    head.close()
    fields = [_field(text, name, *span) for name, span in head.pieces.items()]
    stamps = tuple(_field(text, name, *span) for name, span in dict.fromkeys(head.stamps))
    return Opening(head.body_start, tuple(sorted((*fields, *stamps), key=lambda f: f.start)), stamps)


def _field(text: str, name: HeadName, start: int, end: int) -> HeadField:
    return HeadField(name, text[start:end], "head", start, end)
