"""Dates in a text: where they stand and what they mean, measured from the article's date (TIMEX3, ISO 8601).

A date is never guessed: one that needs the article's date has no value where that is unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.extract import date_days, date_periods, date_spans, date_years
from tasks.extract.date_grammar import grammar
from tasks.extract.date_phrase import Phrase, Reading
from tasks.extract.date_scene import Scene
from tasks.extract.date_values import FIRST_YEAR, LAST_YEAR, narrowed
from tasks.extract.date_words import lexicon

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from tasks.extract.date_words import Lexicon, Line

BESIDE = re.compile(r"[,z(]{0,2}_?[(,]?")  # between a time of day and its date: "9 a.m. on Tuesday"
CONTRACTED = frozenset("am im zum vom".split())  # prepositions that hold an article
DAYS_AND_MONTHS = frozenset({"weekday", "month", "date"})
ASIDE = frozenset({"ago", "compared", "vague"})  # comparisons, from which no later date is counted
READERS: dict[str, Callable[[Scene, Phrase], Reading | list[Reading] | None]] = {
    "stamp": date_days.stamp,
    "clock": date_days.clock,
    "listed": date_days.listed,
    "date": date_days.full,
    "ordinal": date_days.ordinal,
    "weekday": date_days.weekday,
    "today": date_days.today,
    "part": date_days.part,
    "month": date_periods.of_month,
    "quarter": date_periods.of_quarter,
    "compared": date_periods.compared,
    "half": date_periods.of_half,
    "season": date_periods.of_season,
    "weekend": date_periods.of_weekend,
    "holiday": date_periods.of_holiday,
    "century": date_years.of_century,
    "decade": date_years.of_decade,
    "fiscal": date_years.fiscal,
    "years": date_years.two_years,
    "year": date_years.one_year,
    "edge": date_spans.edge,
    "stretch": date_spans.stretch,
    "ago": date_spans.ago,
    "ahead": date_spans.ahead,
    "after": date_spans.after,
    "whole": date_spans.whole,
    "near": date_spans.near,
    "each": date_spans.each,
    "age": date_spans.age,
    "length": date_spans.duration,
    "often": date_spans.often,
    "vague": date_spans.vague,
}


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date, time, duration or repetition as it stands in a text; `text` is the text from `start` to `end`."""

    start: int
    end: int
    text: str
    value: str | None  # 2023-06-16, 2023-W24-WE, 2023-Q2, 2023-SU, 199, P3D, XXXX-WXX-7, PAST_REF, an ISO interval, T22:00
    mod: str | None  # START, MID, END, APPROX, MORE_THAN, LESS_THAN, EQUAL_OR_MORE, EQUAL_OR_LESS
    from_date: date | None
    to_date: date | None  # inclusive
    kind: str  # date, time, duration, set


def dates(text: str, at: datetime | None, language: str | None = "en") -> list[DateMention]:
    """Every date of a text in order. `language` is ISO 639-1; in a language without a table only figures are read."""
    words = lexicon(language or "en")
    line = words.read(text)
    found = grammar(words.language).finditer(line.kinds)
    phrases = [_phrase(index, m, line, words) for index, m in enumerate(found)]
    if not phrases:
        return []
    known = at is not None and FIRST_YEAR <= at.year <= LAST_YEAR
    scene = Scene(at.date() if at and known else None, phrases, words.language)
    readings: list[Reading] = []
    for phrase in phrases:
        read = READERS[phrase.name](scene, phrase)
        for reading in read if isinstance(read, list) else [read] if read else []:
            _add(readings, reading, line)
            if phrase.name not in ASIDE and not (phrase.name == "after" and phrase.holds("E")):
                scene.note(reading, explicit=phrase.holds("y"))
    return [_mention(text, line, reading) for reading in readings]


def _phrase(index: int, found: re.Match[str], line: Line, words: Lexicon) -> Phrase:
    """A match as a phrase, without the conjunction of "said that Monday's vote"."""
    start, name = found.start(), str(found.lastgroup)
    conjunction = found[0][0] == "Z" and name in DAYS_AND_MONTHS and line.word(start) == "that"
    skipped = conjunction and not words.has("month-sure", line.word(start - 1))
    return Phrase(index, name, line, words, start + skipped, found.end(), found[0][skipped:])


def _add(readings: list[Reading], new: Reading, line: Line) -> None:
    """Add a reading; a time of day and the date beside it are one."""
    last = readings[-1] if readings else None
    between = line.kinds[last.end : new.start] if last else ""
    if last and BESIDE.fullmatch(between) and _is_moment(last, new):
        clock, whole = (last, new) if last.grain == "T" else (new, last)
        time = (clock.value.text or "").rpartition("T")[2]
        single = whole.value.first == whole.value.last
        text = f"{whole.value.text}T{time}" if whole.value.text and single else whole.value.text
        readings[-1] = Reading(last.start, new.end, whole.value._replace(text=text), "D", "time", whole.mod)
    elif last and last.grain == new.grain == "T" and between == "(" and line.kinds[new.end : new.end + 1] == ")":
        readings[-1] = last._replace(end=new.end + 1)  # the same time in another zone
    else:
        readings.append(new)


def _is_moment(one: Reading, other: Reading) -> bool:
    """Whether two readings are a time of day and a date that has none yet."""
    day = one if one.grain == "D" else other
    return {one.grain, other.grain} == {"T", "D"} and day.kind != "duration" and "T" not in (day.value.text or "")


def _mention(text: str, line: Line, reading: Reading) -> DateMention:
    value = narrowed(reading.value, reading.mod) if reading.narrow else reading.value
    first = reading.start + (line.kinds[reading.start] == "t" and line.word(reading.start) in CONTRACTED)
    start, end = line.start(first), line.end(reading.end - 1)
    return DateMention(start, end, text[start:end], value.text, reading.mod, value.first, value.last, reading.kind)
