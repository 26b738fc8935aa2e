"""A date as the grammar found it, with the words around it, and what it was read as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tasks.extract.date_values import Value
    from tasks.extract.date_words import Lexicon, Line


class Reading(NamedTuple):
    """What a phrase means; `start` and `end` are tokens, `grain` the unit it is said in."""

    start: int
    end: int
    value: Value
    grain: str = ""
    kind: str = "date"
    mod: str | None = None
    narrow: bool = True  # early, middle and late leave a part of its days


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """The tokens of a date, and those around it."""

    index: int
    name: str  # of the form in the grammar
    line: Line
    lexicon: Lexicon
    start: int
    end: int
    kinds: str  # the classes of its tokens

    def values(self, kinds: str) -> list[str]:
        """The values of its tokens of some classes."""
        return [self.lexicon.word(self.line.pieces[at]).value for at in self.places(kinds)]

    def places(self, kinds: str) -> list[int]:
        """Its tokens of some classes."""
        return [at for at, kind in enumerate(self.kinds, self.start) if kind in kinds]

    def value(self, kinds: str) -> str | None:
        """The value of its first token of some classes."""
        for at, kind in enumerate(self.kinds, self.start):
            if kind in kinds:
                return self.lexicon.word(self.line.pieces[at]).value
        return None

    def number(self, kinds: str) -> int | None:
        """The same as a number."""
        found = self.value(kinds)
        return int(found) if found else None

    def holds(self, kinds: str) -> bool:
        """Whether it has a token of one of some classes."""
        return not set(kinds).isdisjoint(self.kinds)

    def before(self, steps: int = 1) -> str:
        """The word in front of it, in small letters."""
        return self.line.word(self.start - steps)

    def after(self, steps: int = 1) -> str:
        """The word behind it."""
        return self.line.word(self.end + steps - 1)

    def led(self, name: str) -> bool:
        """Whether the word in front of it is in a list."""
        return self.lexicon.has(name, self.before())

    def followed(self, name: str) -> bool:
        """Whether the word behind it is in a list."""
        return self.lexicon.has(name, self.after())

    def kind_before(self) -> str:
        """The class of the token in front of it; a stop at the beginning of the text."""
        return self.line.kinds[self.start - 1] if self.start else "."

    def kind_after(self) -> str:
        """The class of the token behind it; a stop at the end of the text."""
        return self.line.kinds[self.end : self.end + 1] or "."

    def written_after(self) -> str:
        """The word behind it as it is written."""
        return self.line.pieces[self.end].rstrip() if self.end < len(self.line.pieces) else ""

    def mod(self) -> str | None:
        """START, MID, END for early, middle and late; APPROX and the like."""
        for at in self.places("BbEKA"):
            return {"E": "START", "K": "END"}.get(self.line.kinds[at]) or self.lexicon.word(self.line.pieces[at]).value
        return None

    def relation(self) -> str | None:
        """last, past, previous, latest, next, coming, following, this, that; None if it has none."""
        for at in self.places("LXZ") or self.places("T"):
            kind = self.line.kinds[at]
            return {"T": "this", "Z": "that"}.get(kind) or self.lexicon.word(self.line.pieces[at]).value
        return None

    def read(self, value: Value, grain: str = "", kind: str = "date", *, narrow: bool = True) -> Reading:
        """What the whole phrase means."""
        return Reading(self.start, self.end, value, grain, kind, self.mod(), narrow)
