"""The words of a text, and which of them stand in a name or tell a country."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from tasks.extract.structure import tokens
from tasks.extract.word_classes import PREPOSITIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.extract.records import Name, PlaceMention

T = TypeVar("T")
LINE = "\n"  # the word that stands between two lines, before the first and behind the last
ROMANCE = frozenset({"fr", "es", "it", "pt", "ca", "ro"})
LONGEST_HEADLINE = 200  # characters
SMALL_IN_HEADLINES = PREPOSITIONS | frozenset("a an and as be but by is it its no nor not or than that the to v vs with".split())
SURE = 0.8  # of a place, to tell the country of a body or role
AHEAD = 8  # words that may be looked at beyond the last one, and before the first


@dataclass(slots=True)
class Words:
    """Parallel lists, one entry a word."""

    text: str
    names: Sequence[Name]
    word: list[str] = field(default_factory=list)
    low: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    name: dict[int, int] = field(default_factory=dict)  # word → number of the name that it stands in
    spans: list[tuple[int, int]] = field(default_factory=list)  # first word and the one behind the last, of each name
    country: dict[int, str] = field(default_factory=dict)  # word → ISO code of the country it tells, as a name or "Chinese"
    demonyms: set[int] = field(default_factory=set)  # words such as "Chinese"
    headlines: set[int] = field(default_factory=set)  # numbers of the names in lines where all words have capitals
    romance: bool = False  # adjectives stand behind their nouns
    states: set[int] = field(default_factory=set)  # words that name a country

    def kind(self, i: int) -> str | None:
        """The kind of the name that word `i` stands in."""
        number = self.name.get(i)
        return None if number is None else self.names[number].kind

    def first_of(self, i: int) -> int:
        """The first word of the name that word `i` stands in."""
        return self.spans[self.name[i]][0]

    def past(self, i: int) -> int:
        """The word behind the name that word `i` stands in."""
        return self.spans[self.name[i]][1]

    def upper(self, i: int) -> bool:
        """Whether word `i` begins with a capital."""
        return self.word[i][0].isupper()


def read(text: str, names: Sequence[Name], places: Sequence[PlaceMention], language: str | None = None) -> Words:
    """The words of a text with its names, which are sorted and do not overlap."""
    pieces = tokens(text)
    starts = [piece[0] for piece in pieces]
    cuts = _lines(text, starts)
    made = Words(text, names, romance=language in ROMANCE)
    made.word = _parted([piece[2] for piece in pieces], cuts, [LINE] * len(cuts), LINE)
    made.start = _parted(starts, cuts, [starts[cut] for cut in cuts], len(text))
    made.end = _parted([piece[1] for piece in pieces], cuts, [starts[cut] for cut in cuts], len(text))
    made.start[:AHEAD] = made.end[:AHEAD] = [0] * AHEAD
    made.low = [word.lower() for word in made.word]
    for number, name in enumerate(names):
        span = _span(made, name.start, name.end)
        made.spans.append(span)
        made.name.update(dict.fromkeys(range(*span), number))
    made.headlines = _in_headlines(text, names)
    for place in places:
        if place.country and place.confidence >= SURE:
            span = _span(made, place.start, place.end)
            made.country.update(dict.fromkeys(range(*span), place.country))
            if place.usage == "adjective":
                made.demonyms.update(range(*span))
            elif place.kind == "country":
                made.states.update(range(*span))
    return made


def _in_headlines(text: str, names: Sequence[Name]) -> set[int]:
    """The numbers of the names in lines where all words but small ones have capitals: there names have no visible ends."""
    found: set[int] = set()
    end, shouted = -1, False
    for number, name in enumerate(names):
        if name.start >= end:
            begin = text.rfind(LINE, 0, name.start) + 1
            end = text.find(LINE, name.start)
            end = len(text) if end < 0 else end
            shouted = end - begin < LONGEST_HEADLINE and _shouted(text[begin:end])
        if shouted:
            found.add(number)
    return found


def _shouted(line: str) -> bool:
    words = line.split()
    small = [word for word in words if word[0].islower()]
    return len(words) > 4 and 2 * len(small) < len(words) and SMALL_IN_HEADLINES.issuperset(small)


def _lines(text: str, starts: list[int]) -> list[int]:
    """The words, but for the first, that begin a line; `starts` are the characters at which words do."""
    cuts: list[int] = []
    at = text.find(LINE, starts[0]) if starts else -1
    while at >= 0:
        word = bisect_left(starts, at)
        if word == len(starts):
            break
        cuts.append(word)
        at = text.find(LINE, starts[word])
    return cuts


def _parted(values: list[T], cuts: list[int], between: list[T], beyond: T) -> list[T]:
    """Values with others before those that begin a line, and `beyond` before the first and behind the last."""
    parted = [beyond] * AHEAD
    for first, last, value in zip([0, *cuts], [*cuts, len(values)], [*between, beyond], strict=True):
        parted += values[first:last]
        parted.append(value)
    return parted + [beyond] * (AHEAD - 1)


def _span(made: Words, start: int, end: int) -> tuple[int, int]:
    """The words that characters touch."""
    first = bisect_right(made.start, start, AHEAD) - 1
    first += made.end[first] <= start
    return first, max(first + 1, bisect_left(made.start, end, first))
