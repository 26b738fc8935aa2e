"""What days mean: printed in figures or words, weekdays, today and yesterday, parts and times of the day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tasks.extract.date_phrase import Reading
from tasks.extract.date_tense import FUTURE, PAST
from tasks.extract.date_values import UNKNOWN, Value, day, days

if TYPE_CHECKING:
    from tasks.extract.date_phrase import Phrase
    from tasks.extract.date_scene import Scene

FIGURES = re.compile(r"(\d+)\D+(\d+)\D+(\d+)")
CLOCK = re.compile(r"(\d{1,2})(?:[:h.](\d\d)(?::(\d\d))?|h)?(?:([ap])\.?m)?|(\d\d)(\d\d)", re.IGNORECASE)
BREAKS = ".,;)¶!?"
CENTURY = 50  # two figures up to which a year is of this century
SOON = 12  # days ahead up to which "next Friday" is that of the next week


def stamp(scene: Scene, phrase: Phrase) -> Reading | None:
    """2023-06-14, 14.06.2023, 6/14/2023; without a value where day and month cannot be told apart."""
    text = "".join(piece.rstrip() for piece in phrase.line.pieces[phrase.start : phrase.end])
    figures = FIGURES.fullmatch(text)
    if figures is None:
        return None
    one, two, three = map(int, figures.groups())
    if len(figures[1]) == 4:
        return _day(phrase, one, two, three)
    dotted = "." in text
    if len(figures[3]) == 2:
        three += 2000 if three < CENTURY else 1900
        if dotted and scene.language == "en":
            return None  # a version
    if one > 12 or dotted or scene.language not in {"en", ""}:
        return _day(phrase, three, two, one)
    month_first = two > 12 or one == two or scene.month_first
    if month_first is None:
        return phrase.read(UNKNOWN, "D")
    return _day(phrase, three, one, two) if month_first else _day(phrase, three, two, one)


def clock(scene: Scene, phrase: Phrase) -> Reading | None:
    """A time of day; its day is that of the date beside it, which the caller finds, or of the last one in its sentence."""
    time = _time(phrase)
    if time is None:
        return None
    last = scene.by_grain.get("D")
    reference = last.value.first if last and scene.same_sentence(phrase, last) else None
    return phrase.read(Value(f"{reference}{time}", reference, reference) if reference else Value(time), "T", "time")


def listed(scene: Scene, phrase: Phrase) -> list[Reading]:
    """June 3-5, "3 to 5 June", "June 3, 5 and 9"."""
    places, month = phrase.places("dO"), phrase.number("Mmµ")
    assert month is not None
    values = [value for at in places if (value := dated(scene, phrase, month, _number(phrase, at)))]
    if len(values) < len(places):
        return []
    if not phrase.holds("-e"):
        dots = [at + 1 + (scene.language == "de" and phrase.line.kinds[at + 1] == ".") for at in places[:-1]]
        spans = zip([phrase.start, *places[1:]], [*dots, phrase.end], values, strict=True)
        return [Reading(start, end, value, "D") for start, end, value in spans]
    first, last = values[0].first, values[-1].last
    if first is None or last is None:
        return [phrase.read(UNKNOWN, "D")]
    return [phrase.read(days(first, last), "D")] if first < last else []


def full(scene: Scene, phrase: Phrase) -> Reading | None:
    """A day of a month, with or without year and weekday."""
    month, number = phrase.number("Mmµ"), phrase.number("dO")
    assert month is not None
    assert number is not None
    found = dated(scene, phrase, month, number)
    return phrase.read(found, "D") if found else None


def ordinal(scene: Scene, phrase: Phrase) -> Reading | None:
    """The 25th: of the month that fits."""
    number = phrase.number("O")
    base = scene.dated.value.first if scene.story and scene.dated else scene.at
    if base is None or not number or number > 31 or not phrase.led("day-leads"):
        return None
    step = 0
    if not scene.story:
        ahead = scene.tense(phrase) == FUTURE
        step = (ahead and number < base.day) - (not ahead and number > base.day)
    months = base.year * 12 + base.month - 1 + step
    return _day(phrase, months // 12, months % 12 + 1, number)


def weekday(scene: Scene, phrase: Phrase) -> Reading | None:
    """A weekday: bare, "last Friday", "Friday of next week", "Monday week"."""
    number, place = phrase.number("Ww"), phrase.places("Ww")[0]
    assert number is not None
    if _is_name(phrase, place) or (phrase.kinds == "w." and phrase.before() not in {"on", "am"}):
        return None
    return phrase.read(_weekday(scene, phrase, number), "D")


def today(scene: Scene, phrase: Phrase) -> Reading:
    """Today, yesterday, the day before yesterday, overnight."""
    if scene.at is None:
        return phrase.read(UNKNOWN, "D")
    offset = (phrase.number("J") or 0) * (2 if phrase.holds("U") else 1)
    if phrase.before(0) == "overnight":
        night = scene.at - timedelta(1)
        return phrase.read(Value(night.isoformat(), night, scene.at), "", "time")
    return phrase.read(day(scene.at + timedelta(offset)), "D")


def part(scene: Scene, phrase: Phrase) -> Reading | None:
    """Last night, this morning, that evening, the next morning, the night before."""
    relation = phrase.relation()
    if phrase.holds("<>"):
        if phrase.kind_after() not in BREAKS:
            return None
        relation = "previous" if phrase.holds("<") else "next"
    base = scene.at if relation in {"this", "last", "past", "latest", "coming"} else scene.reference() or scene.at
    offset = {"last": -1, "past": -1, "previous": -1, "next": 1, "following": 1, "coming": 1}.get(relation or "", 0)
    return phrase.read(day(base + timedelta(offset)) if base else UNKNOWN, "D", "time")


def dated(scene: Scene, phrase: Phrase, month: int, number: int) -> Value | None:
    """A day of a month; None if there is no such day."""
    year = said_year(scene, phrase) or (None if phrase.holds("U") else scene.year(phrase, month, number))
    try:
        found = date(year or 2000, month, number)
    except ValueError:
        return None
    return day(found) if year else UNKNOWN


def said_year(scene: Scene, phrase: Phrase) -> int | None:
    """The year that a phrase names: 2023, '23, "last year", "that year"."""
    if (number := phrase.number("y")) is not None:
        return number
    if (short := phrase.number("Y")) is not None:
        return 2000 + short if scene.at and 2000 + short <= scene.at.year + 10 else 1900 + short
    if phrase.value("U") != "Y":
        return None
    relation = phrase.relation()
    base = scene.same("Y") if relation == "that" else scene.reference() if relation in {"previous", "following"} else scene.at
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}.get(relation or "", 0)
    return base.year + step if base else None


def _number(phrase: Phrase, at: int) -> int:
    return int(phrase.lexicon.word(phrase.line.pieces[at]).value)


def _day(phrase: Phrase, year: int, month: int, number: int) -> Reading | None:
    try:
        return phrase.read(day(date(year, month, number)), "D")
    except ValueError:
        return None


def _time(phrase: Phrase) -> str | None:
    """T22:00."""
    if phrase.kinds == "c" and not phrase.led("clock-leads"):
        return None
    words = [phrase.value("@") or phrase.value("N") or phrase.line.word(phrase.start)]
    words += [phrase.line.word(at) for at in range(phrase.start + 1, phrase.end)]
    found = CLOCK.match("".join(words))
    if found is None:
        return None
    hour, minute = (int(found[5]), int(found[6])) if found[5] else (int(found[1]), int(found[2] or 0))
    if found[4] or phrase.kinds[-1] == "P":
        hour = hour % 12 + 12 * (found[4] in {"p", "P"} or phrase.lexicon.has("pm", words[-1]))
    return f"T{hour:02}:{minute:02}" if hour <= 24 and minute < 60 else None


def _is_name(phrase: Phrase, place: int) -> bool:
    """Whether a weekday is part of a name: "Super Tuesday", "the Sunday Times", Plácido Domingo."""
    if phrase.lexicon.has("named-days", phrase.line.word(place - 1)):
        return True
    small = phrase.lexicon.language in {"fr", "es"}  # languages that write weekdays in small letters
    if small and phrase.line.pieces[place][0].isupper() and place and phrase.line.kinds[place - 1] not in BREAKS:
        return True
    return phrase.written_after()[:1].isupper() and phrase.followed("papers")


def _weekday(scene: Scene, phrase: Phrase, number: int) -> Value:
    relation = phrase.relation()
    base = scene.reference() if relation in {"previous", "following", "that"} else scene.at
    if relation is None and not phrase.holds("U"):
        found = scene.weekday(phrase, number)
        return day(found) if found else UNKNOWN
    if base is None:
        return UNKNOWN
    ahead = (number - base.weekday()) % 7
    if phrase.holds("U"):
        if relation is None:  # "Monday week"
            return day(base + timedelta(ahead + 7)) if phrase.value("U") == "W" else UNKNOWN
        weeks = {"last": -1, "past": -1, "next": 1, "coming": 1}.get(relation, 0)
        return day(base + timedelta(7 * weeks + number - base.weekday()))
    match relation:
        case "last" | "past" | "previous" | "latest":
            return day(base + timedelta(ahead - 7))
        case "coming" | "following":
            return day(base + timedelta(ahead or 7))
        case "next":
            return day(_next_weekday(scene, phrase, base, number))
    back = relation == "that" or scene.tense(phrase) == PAST
    return day(base + timedelta(ahead - 7 if back and ahead else ahead))


def _next_weekday(scene: Scene, phrase: Phrase, now: date, number: int) -> date:
    """That of the next week, or the one behind the last date in a story of the past."""
    reference = scene.reference()
    if phrase.holds("t") and reference and scene.tense(phrase) == PAST:
        return reference + timedelta((number - reference.weekday()) % 7 or 7)
    ahead = 7 - now.weekday() + number
    return now + timedelta(ahead if ahead < SOON else ahead - 7)
