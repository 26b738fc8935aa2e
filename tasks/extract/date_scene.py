"""What a date is read against: the article's date, the dates mentioned before it, and the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tasks.extract.date_tense import FUTURE, OPEN, PAST, STOPS, tense
from tasks.extract.date_values import UNKNOWN, Value

if TYPE_CHECKING:
    from tasks.extract.date_phrase import Phrase, Reading

CONNECTED = re.compile(r"(?:,?[-e&/]|,)(?:[it]|_i)?")  # between two dates that share a year
FIGURES = re.compile(r"(\d\d?)/(\d\d?)/\d+")
# Days that are named without their year for long: the year, and the words one of which follows.
FAMOUS = {
    (9, 11): (2001, frozenset("attack attacks terrorist terror hijackings hijackers commission victims families".split())),
    (1, 6): (2021, frozenset("capitol insurrection riot riots rioters committee".split())),
    (10, 7): (2023, frozenset("attack attacks massacre assault hamas-led".split())),
}
GRAINS = ("T", "D", "W", "M", "Q", "S", "H", "Y", "DE", "CE")  # units from fine to coarse


@dataclass(frozen=True, slots=True)
class Nearness:
    """Which year a date without one belongs to."""

    ahead: int = 60  # days to come beyond which a day spoken of as past lies in the year before
    gone: int = 45  # days past beyond which a day spoken of as to come lies in the year after
    months: int = 1  # a month so near is that one, however it is spoken of: the other would be "last May" or "next May"
    forward: int = 4  # in a story of the past a date lies rather behind the last one than before it
    sentence: int = 80  # the tokens of the longest one
    list: int = 8  # dates that share the year of the last one
    old: int = 1  # years before the article's that make a date one of history
    many: int = 4  # such dates that make the text a story of the past
    long: int = 12  # dates without a year that make a long account
    era: int = 25  # years from the middle of a story beyond which a date is an aside


NEAR = Nearness()


@dataclass(slots=True)
class Scene:
    """The state of the reading of one text."""

    at: date | None
    phrases: list[Phrase]
    language: str
    mention: Reading | None = None  # the last date that was read
    dated: Reading | None = None  # the last one with a year of its own, or one found from such a one
    quarter: Value = UNKNOWN  # the last one
    by_grain: dict[str, Reading] = field(default_factory=dict)  # the last date of each unit
    months: dict[int, int] = field(default_factory=dict)  # the years of months read before
    story: bool = False  # the text tells history, in which a date belongs to the year last named
    era: int = 0  # the middle one of its years
    month_first: bool | None = None  # figures stand as month/day/year

    def __post_init__(self) -> None:
        self.month_first = _month_first(self.phrases) if any(p.name == "stamp" for p in self.phrases) else None
        if self.at is None:
            return
        named = [p for p in self.phrases if p.name in {"date", "month", "listed", "season", "year"}]
        told = sorted(p.number("y") or 0 for p in named if "y" in p.kinds)
        old = sum(self.at.year - number > NEAR.old for number in told)
        whole = sum(p.name != "year" and self.at.year - (p.number("y") or self.at.year) > NEAR.old for p in named)
        bare = sum(p.name != "year" and "y" not in p.kinds for p in named)
        near = sum(p.name in {"weekday", "today", "near", "part"} for p in self.phrases)
        told_long = whole >= NEAR.many or bare >= NEAR.long
        self.story = old >= NEAR.many and told_long and old > len(told) / 2 and old > 2 * near
        self.era = told[len(told) // 2] if self.story else 0

    def tense(self, phrase: Phrase, *, copula: bool = True) -> int:
        """PAST, OPEN or FUTURE; without `copula` the verb "is" says nothing."""
        return tense(phrase.line, phrase.start, phrase.end, phrase.lexicon, copula=copula)

    def year(self, phrase: Phrase, month: int, day: int | None) -> int | None:
        """The year of a month or day that is named without one."""
        for known in (self._connected(phrase, month), self._famous(phrase, month, day), self._by_weekday(phrase, month, day)):
            if known is not None:
                return known
        if self.dated is not None and self.story:
            return _after(self.dated, month, day)
        if self.at is None:
            return None
        attribute = phrase.led("articled") and phrase.written_after()[:1].islower()  # "the June agreement"
        sense = OPEN if attribute else self.tense(phrase)
        inside = self.dated is not None and self.dated.grain != "Y" and sense != FUTURE
        if inside and self.dated is not None and self.same_sentence(phrase, self.dated):
            return _after(self.dated, month, day)
        if day is None:
            return self._of_month(sense, month, attribute=attribute)
        return _of_day(self.at, sense, month, day)

    def weekday(self, phrase: Phrase, number: int) -> date | None:
        """The day of a bare weekday: the last one if it is spoken of as past, the next one if as to come, today either way."""
        last = self.by_grain.get("D")
        linked = phrase.index and self.phrases[phrase.index - 1].name == "weekday" and last
        if linked and last and last.value.first and phrase.line.kinds[last.end : phrase.start] in {"-", "e"}:  # Monday to Friday
            return last.value.first + timedelta((number - last.value.first.weekday()) % 7)
        if self.at is None:
            return None
        if self.tense(phrase) == FUTURE:
            return self.at + timedelta((number - self.at.weekday()) % 7)
        return self.at - timedelta((self.at.weekday() - number) % 7)

    def reference(self) -> date | None:
        """The day from which "the next day" and "two years later" count."""
        return self.mention.value.first if self.mention else None

    def same(self, unit: str) -> date | None:
        """The last date that is at least as fine as a unit: what "that year" means."""
        if unit not in GRAINS:
            return None
        fine = [reading for grain, reading in self.by_grain.items() if GRAINS.index(grain) <= GRAINS.index(unit)]
        return max(fine, key=lambda reading: reading.start).value.first if fine else None

    def same_sentence(self, phrase: Phrase, other: Reading) -> bool:
        """Whether no stop lies between an earlier date and a phrase."""
        if phrase.start - other.end > NEAR.sentence:
            return False
        return not any(phrase.line.word(at) in STOPS or phrase.line.kinds[at] == "¶" for at in range(other.end, phrase.start))

    def note(self, reading: Reading, *, explicit: bool) -> None:
        """Remember a date for the ones that follow; `explicit`: it names its year."""
        first = reading.value.first
        if first is None or reading.kind in {"duration", "set"} or reading.grain not in GRAINS[:-2]:
            return
        self.mention = reading
        self.by_grain[reading.grain] = reading
        aside = self.story and abs(first.year - self.era) > NEAR.era
        if (explicit or self.story) and not aside and reading.grain in {"D", "M", "S", "Y"}:
            self.dated = reading
        if reading.grain == "M":
            self.months[first.month] = first.year
        if reading.grain == "Q":
            self.quarter = reading.value

    def _connected(self, phrase: Phrase, month: int, depth: int = 0) -> int | None:
        """The year of the date that follows directly: "May and June 2023", "5 May to 3 June 2023"."""
        if phrase.index + 1 >= len(self.phrases) or depth > NEAR.list:
            return None
        other = self.phrases[phrase.index + 1]
        number = other.number("Mmµ")
        if number is None or not CONNECTED.fullmatch(phrase.line.kinds[phrase.end : other.start]):
            return None
        year = other.number("y") or self._connected(other, number, depth + 1)
        return year - (month > number) if year else None

    def _famous(self, phrase: Phrase, month: int, day: int | None) -> int | None:
        year, words = FAMOUS.get((month, day or 0), (0, frozenset()))
        later = year and (self.at is None or self.at >= date(year, month, day or 1))
        return year if later and {phrase.after(), phrase.after(2)} & words else None

    def _by_weekday(self, phrase: Phrase, month: int, day: int | None) -> int | None:
        """The nearest year in which the day falls on the weekday that stands beside it."""
        weekday, now = phrase.number("Ww"), self.at
        if weekday is None or day is None or now is None:
            return None
        near = [d for d in _days(now.year, month, day) if d.weekday() == weekday]
        return min(near, key=lambda d: abs(d - now)).year if near else None

    def _of_month(self, sense: int, month: int, *, attribute: bool) -> int:
        assert self.at is not None
        if sense == OPEN and month in self.months:
            return self.months[month]
        ahead = (month - self.at.month) % 12
        if attribute:
            coming = ahead < 6
        elif sense == FUTURE:
            coming = ahead < 12 - NEAR.months
        else:
            coming = ahead <= NEAR.months
        return self.at.year + (month < self.at.month) if coming else self.at.year - (month > self.at.month)


def _month_first(phrases: list[Phrase]) -> bool | None:
    """Whether the dates of the text that leave no doubt have the month first; None if they do not tell."""
    votes = set()
    for phrase in phrases:
        if phrase.name == "date":
            votes.add(phrase.places("Mmµ")[0] < phrase.places("dO")[0])
            continue
        figures = FIGURES.fullmatch(phrase.line.word(phrase.start)) if phrase.kinds == "C" else None
        if figures and max(map(int, figures.groups())) > 12:
            votes.add(int(figures[2]) > 12)
    return votes.pop() if len(votes) == 1 else None


def _of_day(now: date, sense: int, month: int, day: int) -> int:
    near = _days(now.year, month, day)
    if not near:
        return now.year
    best = min(near, key=lambda d: abs(d - now))
    distance = (best - now).days
    if sense == PAST and distance > NEAR.ahead:
        return best.year - 1
    return best.year + (sense == FUTURE and distance < -NEAR.gone)


def _after(other: Reading, month: int, day: int | None) -> int:
    """The year in which a month or day lies nearest to a date, rather behind it than before it."""
    last = other.value.first
    assert last is not None
    if other.grain == "Y":
        return last.year
    distance = (month - last.month) * 31 + (day - last.day if day else 0)
    return last.year + min((-1, 0, 1), key=lambda step: _cost(distance + step * 12 * 31))


def _cost(distance: int) -> int:
    return distance if distance >= 0 else -NEAR.forward * distance


def _days(year: int, month: int, day: int) -> list[date]:
    """A day of the year, in the years around it."""
    found = []
    for other in (year - 1, year, year + 1):
        try:
            found.append(date(other, month, day))
        except ValueError:
            continue
    return found
