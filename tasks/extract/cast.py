"""People named in a text: who is meant by a surname, a first name, a title or a pronoun. Rules and tables, no model."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tasks.extract.first_names import gender_of
from tasks.extract.name_runs import Run, headlines, runs
from tasks.extract.name_words import AGE, GROUPS, PARTICLES, PLACES, ROLES, SUFFIXES, TITLES, is_role
from tasks.extract.quote_words import QUOTE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tasks.extract.quote_words import Stream


@dataclass(slots=True)
class Person:
    """Somebody the text names."""

    name: str  # as printed in full, without title
    last: str  # the surname in small letters
    first: str  # the first name in small letters; "" if never told
    gender: str | None = None
    full: int = 0  # how often the full name stands


class Mention(NamedTuple):
    """Words of the stream that name a person."""

    first: int
    last: int
    person: int
    sentence: int


@dataclass(slots=True)
class Cast:
    """The people of a text and where the text names them."""

    people: list[Person]
    mentions: list[Mention]
    at: dict[int, Mention]  # by each of their words
    starts: list[int]

    def before(self, i: int) -> Iterator[Mention]:
        """The mentions before word `i`, the nearest first."""
        return (self.mentions[n] for n in range(bisect_left(self.starts, i) - 1, -1, -1))

    def within(self, first: int, last: int) -> Sequence[Mention]:
        """The mentions that begin in a range of words."""
        return self.mentions[bisect_left(self.starts, first) : bisect_left(self.starts, last)]


def cast(stream: Stream, verbs: frozenset[str], known: Sequence[tuple[int, int, str]] = (), *, plain: bool = True) -> Cast:
    """The people of a text. `known` are names that somebody found before: start, end, full name.

    Not `plain`: nouns have capitals too.
    """
    made = _Made(stream, verbs, plain=plain)
    caps = [k for k, w in enumerate(stream.word) if w[0].isupper()]
    shouted = headlines(stream, caps) if plain else set()
    found = runs(stream, caps)
    taken = made.given(known) if known else set()
    found = [run for run in found if taken.isdisjoint(range(run.first, run.last))]
    body = [run for run in found if run.first not in shouted]
    made.full(body)
    made.rest(body)
    made.shouted([run for run in found if run.first in shouted])
    made.found.sort()
    sentences = [first for first, _ in stream.sentences]
    mentions = [Mention(a, b, p, bisect_left(sentences, a + 1) - 1) for a, b, p in made.found]
    at = {i: m for m in mentions for i in range(m.first, m.last)}
    return Cast(made.people, mentions, at, [m.first for m in mentions])


class _Made:
    """People and mentions as they are gathered."""

    __slots__ = ("found", "keys", "people", "plain", "stream", "verbs")

    def __init__(self, stream: Stream, verbs: frozenset[str], *, plain: bool) -> None:
        self.stream = stream
        self.plain = plain
        self.verbs = verbs
        self.people: list[Person] = []
        self.keys: dict[str, list[int]] = {}
        self.found: list[tuple[int, int, int]] = []

    def given(self, known: Sequence[tuple[int, int, str]]) -> set[int]:
        """Take names found by others; the words they stand on."""
        taken: set[int] = set()
        begins = self.stream.start
        for start, stop, name in known:
            first, last = bisect_left(begins, start), bisect_left(begins, stop)
            if first < last and name.strip():
                self.found.append((first, last, self._person(name.split(), name, None)))
                taken.update(range(first, last))
        return taken

    def full(self, runs: Sequence[Run]) -> None:
        """Register the full names, and titled surnames."""
        low = self.stream.low
        alone = Counter(low[r.first] for r in runs if r.last - r.first == 1)
        for run in runs:
            words = low[run.first : run.last]
            if not GROUPS.isdisjoint(words):
                continue
            if len(words) == 1 or (len(words) == 2 and words[1] in SUFFIXES):
                continue
            if self._is_name(run, words, alone):
                name = self.stream.span(run.first, run.last)
                person = self._person(self.stream.word[run.first : run.last], name, run.title)
                self.people[person].full += 1
                self.found.append((run.first, run.last, person))

    def _is_name(self, run: Run, words: list[str], alone: Counter[str]) -> bool:
        if run.title or gender_of(words[0]) or (len(words) > 2 and gender_of(words[1])):
            return len(words) <= 6
        if len(words) > 4:
            return False
        low, i = self.stream.low, run.first
        before = low[i - 1] if i else ""
        if before == "the" or words[0] in PLACES:
            return False
        if len(words[0]) == 2 and words[0][1] == ".":
            return True
        after = low[run.last] if run.last < len(low) else ""
        then = low[run.last + 1] if run.last + 1 < len(low) else ""
        if after == "," and (AGE.match(then) or then in ("who", "whose")):
            return True
        if before == "," and i > 1 and is_role(low[i - 2]):
            return True
        if before == "named" or (is_role(before) and self.stream.word[i - 1].islower()):
            return True
        if after in self.verbs or before in self.verbs:
            return before not in ("in", "at", "from")
        if after == "," and before not in ("in", "at", "from", "near"):
            beyond = 8 if then in ("a", "the", "an", "his", "her", "its") else 4
            if any(is_role(low[j]) for j in range(run.last + 1, min(run.last + beyond, len(low)))):
                return True
        return any(alone[w] and w not in PLACES for w in words[1:])

    def _person(self, words: Sequence[str], name: str, title: str | None) -> int:
        """The person of a full name, made if new."""
        lows = [w.lower() for w in words if w not in (QUOTE, ",")]
        suffix = lows.pop() if len(lows) > 2 and lows[-1] in SUFFIXES else ""
        first, last = lows[0], lows[-1]
        gender = TITLES.get(title) or ROLES.get(title) if title else None
        gender = gender or gender_of(first) or (gender_of(lows[1]) if len(lows) > 2 and first[-1] == "." else None)
        for p in self.keys.get(last + suffix, ()):
            other = self.people[p]
            initial = other.first[:1] == first[0] and (first[1:2] == "." or other.first[1:2] == ".")
            if other.first == first or not other.first or initial:
                other.gender = other.gender or gender
                return p
        self.people.append(Person(name, last, first if len(lows) > 1 else "", gender))
        p = len(self.people) - 1
        parts = {part for w in lows[1:] for part in w.split("-") if len(part) > 2}
        for key in {last + suffix, last, *lows[1:], *parts} if len(lows) > 1 else {last}:
            self.keys.setdefault(key, []).append(p)
        if len(lows) > 1:
            self.keys.setdefault("first:" + first, []).append(p)
        return p

    def rest(self, runs: Sequence[Run]) -> None:
        """Mentions by surname or first name alone, and names that are never printed in full."""
        done = {first for first, _, _ in self.found}
        low = self.stream.low
        for run in sorted(runs):
            if run.first in done:
                continue
            words = low[run.first : run.last]
            person = self._known(run, words)
            if person is None and len(words) <= 2 and GROUPS.isdisjoint(words) and self._speaks(run, words):
                person = self._person(words, self.stream.span(run.first, run.last), run.title)
            if person is not None:
                if run.title and not self.people[person].gender:
                    self.people[person].gender = TITLES.get(run.title) or ROLES.get(run.title)
                self.found.append((run.first, run.last, person))

    def shouted(self, runs: Sequence[Run]) -> None:
        """Mentions in headlines of those whom the text names."""
        low = self.stream.low
        for run in runs:
            for k in range(run.first, run.last):
                options = self.keys.get(low[k])
                if options:
                    person = max(options, key=lambda p: (self.people[p].full, -p))
                    first = k - 1 if k > run.first and low[k - 1] == self.people[person].first else k
                    self.found.append((first, k + 1, person))

    def _known(self, run: Run, words: list[str]) -> int | None:
        """Who is meant by a part of a name."""
        if len(words) > 1 and words[0] not in PARTICLES and words[-1] not in SUFFIXES:
            return None
        options = self.keys.get("".join(words[-2:])) if words[-1] in SUFFIXES else self.keys.get(words[-1])
        if not options and not run.title:
            options = self.keys.get("first:" + words[0])
        if not options:
            return None
        gender = TITLES.get(run.title) if run.title else None
        fitting = [p for p in options if self.people[p].gender == gender] if gender else []
        return max(fitting or options, key=lambda p: (self.people[p].full, -p))

    def _speaks(self, run: Run, words: list[str]) -> bool:
        """Whether a single name that is nowhere in full is somebody's: it has a title or says something."""
        low = self.stream.low
        if run.title or not self.plain:
            return bool(run.title)
        if len(words) > 1 or words[0] in PLACES or (len(words[0]) > 1 and self.stream.word[run.first].isupper()):
            return False
        before = low[run.first - 1] if run.first else ""
        if is_role(before) or (before == "," and run.first > 1 and is_role(low[run.first - 2])):
            return True  # "his daughter Ada", "a herder, Brink,"
        if before in ("the", "and", "&", "of", "for", "de", "des", "du"):
            return False
        return any(run.last + k < len(low) and low[run.last + k] in self.verbs for k in (0, 1)) or (
            run.first > 0 and low[run.first - 1] in ("said", "says")
        )
