"""Organisations: which names of a text are the same body's, and its country where the text tells."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tasks.extract.body_names import Title, is_short, title
from tasks.extract.body_words import ABOUT, AMBIGUOUS, INTERNATIONAL, STATE_ORGANS, UNIQUE, VAGUE
from tasks.extract.word_classes import POSSESSIVES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tasks.extract.entity_words import Words

TRIED = 40  # bodies of one name, or of like ones, among which a shorter name is looked for
_BRACKET = re.compile(r"\s?[(\[]\s?")
_OR = re.compile(r",? (?:or|known as|also known as|abbreviated as) (?:the )?|,? \(?or ")
_OF = frozenset("of de del du do da di della des der von the".split())
_ENDS = frozenset(",.;)")


@dataclass(slots=True, eq=False)
class Body:
    """An organisation the text names."""

    title: Title  # of the fullest form
    country: str | None = None
    names: list[int] = field(default_factory=list)  # numbers of the names, in order


def bodies(words: Words, numbers: Sequence[int]) -> list[Body]:
    """The organisations of the names with these numbers, in the order in which they first stand."""
    made = _Made(words, {n: title(words.names[n].text, _lead(words, n)) for n in numbers})
    for n in sorted(numbers, key=lambda n: (-len(made.titles[n].words), n)):
        made.add(n)
    for body in made.bodies:
        body.names.sort()
    _sole_country(words, made.bodies)
    return sorted(made.bodies, key=lambda body: body.names[0])


class _Made:
    """Bodies as they are gathered, those of the longest names first."""

    def __init__(self, words: Words, titles: dict[int, Title]) -> None:
        self.words = words
        self.titles = titles
        self.bodies: list[Body] = []
        self.of: dict[int, Body] = {}
        self.joined = _joined(words, titles)
        self.by_words: dict[tuple[str, ...] | str, list[Body]] = defaultdict(list)
        self.by_letters: dict[str, list[Body]] = defaultdict(list)
        self.by_edge: dict[str, list[Body]] = defaultdict(list)

    def add(self, n: int) -> None:
        """Give a name its body."""
        own = self.titles[n]
        country = _country(self.words, n, own)
        options = [self.of[self.joined[n]]] if self.joined.get(n) in self.of else self._options(own)
        fitting = [body for body in options if not (country and body.country and body.country != country)]
        body = self._meant(n, fitting) if fitting else Body(own)
        if not fitting:
            self.bodies.append(body)
            for edge in {own.words[0], own.words[-1]}:
                _keep(self.by_edge[edge], body)
            for letters in own.initials:
                _keep(self.by_letters[letters], body)
        for key in (own.words, own.key(None)):
            _keep(self.by_words[key], body)
        body.country = body.country or country
        body.names.append(n)
        self.of[n] = body

    def _options(self, own: Title) -> list[Body]:
        """The bodies that a name may mean: by the same words, by its letters, by its beginning or end."""
        same = self.by_words.get(own.words) or self.by_words.get(own.key(None))
        if same:
            return same
        if own.letters and self.by_letters.get(own.letters):
            return self.by_letters[own.letters]
        alike = dict.fromkeys(body for edge in (own.words[0], own.words[-1]) for body in self.by_edge.get(edge, ()))
        return [body for body in alike if is_short(own, body.title)]

    def _meant(self, n: int, options: Sequence[Body]) -> Body:
        """Of several bodies of the same words the one named last before a name; of those with longer words the first."""
        if len(options) == 1:
            return options[0]
        same = [body for body in options if body.title.words == self.titles[n].words]
        before = [(max(m for m in body.names if m < n), k) for k, body in enumerate(same) if min(body.names) < n]
        return same[max(before)[1]] if before else min(options, key=lambda body: min(body.names))


def _keep(bodies: list[Body], body: Body) -> None:
    if len(bodies) < TRIED and body not in bodies:
        bodies.append(body)


def _lead(words: Words, n: int) -> str:
    """The country, as printed, that a name begins with: "US", "South African"; "" if it does not."""
    first, last = words.spans[n]
    code = words.country.get(first)
    adjective = first in words.demonyms
    if code is None or not (adjective or first in words.states):
        return ""
    end = first + 1
    while end < last and words.country.get(end) == code and (end in words.demonyms) == adjective:
        end += 1
    short = adjective or words.word[first].replace(".", "").isupper() or end == last
    return words.text[words.start[first] : words.end[end - 1]] if short else ""


def _country(words: Words, n: int, own: Title) -> str | None:
    """The country of a body, where its name or the word before it tells: "Bank of Kenya", "Kenya's High Court"."""
    first, last = words.spans[n]
    known = UNIQUE.get(" ".join(own.words))
    if known or " ".join(own.words) in INTERNATIONAL:
        return known
    if last - 1 in words.country and words.low[_place(words, last - 1) - 1] in _OF:
        return words.country[last - 1]
    if first in words.demonyms or (first in words.states and own.words[0] not in AMBIGUOUS and own.words[-1] not in ABOUT):
        return words.country.get(first)
    before = first - 1 - (words.low[first - 1] in POSSESSIVES)
    return words.country.get(before)


def _place(words: Words, i: int) -> int:
    """The first word of the place that word `i` ends."""
    while words.country.get(i - 1) == words.country[i]:
        i -= 1
    return i


def _joined(words: Words, numbers: Iterable[int]) -> dict[int, int]:
    """Names that the text says are one body's: "Harbour Fish Council (HFC)", "Conasur, or Consejo Nacional del Sur,"."""
    pairs: dict[int, int] = {}
    for n in numbers:
        if n + 1 >= len(words.names) or words.names[n + 1].kind != "ORGANIZATION":
            continue
        one, other = words.names[n], words.names[n + 1]
        between, behind = words.text[one.end : min(other.start, one.end + 24)], words.text[other.end : other.end + 1]
        bracket = behind == ")" and _BRACKET.fullmatch(between) and not one.text.isupper()
        if (bracket and (_abbreviates(other.text, one.text) or _abbreviates(one.text, other.text))) or (
            behind in _ENDS and _OR.fullmatch(between)
        ):
            pairs[n], pairs[n + 1] = n + 1, n
    return pairs


def _abbreviates(short: str, full: str) -> bool:
    """Whether a single word may stand for a longer name: an acronym, even one of another language, or letters of it in order."""
    if " " in short or len(short) >= len(full):
        return False
    rest = iter(full.casefold())
    return (short.isupper() and len(short) > 2) or all(letter in rest for letter in short.casefold())


def _sole_country(words: Words, bodies: Sequence[Body]) -> None:
    """Give a state's organ the only country that the text names."""
    named = set(words.country.values())
    if len(named) == 1:
        for body in bodies:
            if body.country is None and VAGUE.issuperset(body.title.words) and not STATE_ORGANS.isdisjoint(body.title.words):
                body.country = next(iter(named))
