"""Calendar values: their notation (TIMEX3, which follows ISO 8601) and the days that they cover.

Seasons are the meteorological ones of the north; a winter is named after the year in which it begins.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 100, 9000  # far enough from the ends of the calendar to count days from
MONTH = 31  # days
MONTH_PARTS = (0, 10, 20)  # where the early, middle and late days begin
WEEK_PARTS = (0, 2, 4)  # the late ones are Friday to Sunday
QUARTER = 3  # months
HALF = 6
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # first months
UNITS = {
    "D": "P{}D",
    "W": "P{}W",
    "2W": "P{}W",
    "M": "P{}M",
    "Y": "P{}Y",
    "Q": "P{}M",
    "TH": "PT{}H",
    "TM": "PT{}M",
    "TS": "PT{}S",
}
TIMES = {"DE": ("Y", 10), "CE": ("Y", 100), "2W": ("W", 2), "Q": ("M", 3)}  # units counted in smaller ones
DAYS_AND_HOURS = {"D": "days", "W": "weeks", "TH": "hours", "TM": "minutes", "TS": "seconds"}
RULE = re.compile(
    r"(?:(?P<easter>easter)|(?P<month>\d\d)-(?P<day>\d\d)|(?P<weekday>[a-z]{2})(?P<of>\d\d?)\.(?P<nth>-?\d))(?P<move>[+-]\d+)?"
)
WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
PARTS = {"Y": ("M", 12), "TH": ("TM", 60)}  # of a half: P2Y6M, PT5H30M


class Value(NamedTuple):
    """A notation and the days from `first` to `last`; they are None where nobody knows them."""

    text: str | None
    first: date | None = None
    last: date | None = None


UNKNOWN = Value(None)


def day(when: date) -> Value:
    """2023-06-14."""
    return Value(when.isoformat(), when, when)


def days(first: date, last: date) -> Value:
    """2023-06-14/2023-06-16."""
    return Value(f"{first}/{last}", first, last)


def month(year: int, number: int) -> Value:
    """2023-06."""
    return _months(f"{year:04}-{number:02}", year, number, 1)


def quarter(year: int, number: int) -> Value:
    """2023-Q2."""
    return _months(f"{year:04}-Q{number}", year, QUARTER * (number - 1) + 1, QUARTER)


def half(year: int, number: int) -> Value:
    """2023-H1."""
    return _months(f"{year:04}-H{number}", year, HALF * (number - 1) + 1, HALF)


def season(year: int, name: str) -> Value:
    """2023-SU."""
    return _months(f"{year:04}-{name}", year, SEASONS[name], QUARTER)


def year(number: int) -> Value:
    """2023."""
    return _months(f"{number:04}", number, 1, 12)


def years(first: int, last: int) -> Value:
    """2019/2021."""
    return Value(f"{first:04}/{last:04}", year(first).first, year(last).last)


def decade(first: int) -> Value:
    """199: the years from 1990 to 1999."""
    return Value(f"{first // 10:03}", year(first).first, year(first + 9).last)


def century(number: int) -> Value:
    """19: the years from 1900 to 1999, which is the 20th."""
    return Value(f"{number - 1:02}", year(100 * (number - 1)).first, year(100 * (number - 1) + 99).last)


def week(when: date) -> Value:
    """2023-W24, which holds a day."""
    iso = when.isocalendar()
    monday = when - timedelta(when.weekday())
    return Value(f"{iso.year:04}-W{iso.week:02}", monday, monday + timedelta(6))


def weekend(when: date) -> Value:
    """2023-W24-WE, of the week that holds a day."""
    whole = week(when)
    assert whole.last is not None
    return Value(f"{whole.text}-WE", whole.last - timedelta(1), whole.last)


def around(when: date, unit: str) -> Value:
    """The unit that holds a day."""
    match unit:
        case "D":
            return day(when)
        case "W" | "2W":
            return week(when)
        case "M":
            return month(when.year, when.month)
        case "Q":
            return quarter(when.year, (when.month + 2) // QUARTER)
        case "Y":
            return year(when.year)
        case "DE":
            return decade(when.year // 10 * 10)
        case "CE":
            return century(when.year // 100 + 1)
        case _:
            return UNKNOWN


def moved(when: date, unit: str, count: float) -> date | None:
    """A day moved by a number of units; None beyond the calendar."""
    unit, factor = TIMES.get(unit, (unit, 1))
    count *= factor
    if unit in {"M", "Y"}:
        months = when.year * 12 + when.month - 1 + round(count * (12 if unit == "Y" else 1))
        last = _last(months // 12, months % 12 + 1)
        return last.replace(day=min(when.day, last.day)) if last else None
    try:
        there = when + timedelta(**{DAYS_AND_HOURS[unit]: count})
    except OverflowError:
        return None
    return there if FIRST_YEAR <= there.year <= LAST_YEAR else None


def length(count: float | None, unit: str) -> str:
    """P3D; PXD where the number is not said."""
    unit, factor = TIMES.get(unit, (unit, 1))
    form = UNITS[unit]
    if count is None:
        return form.format("X")
    count *= factor
    if count != int(count) and unit in PARTS:
        small, size = PARTS[unit]
        return form.format(int(count)) * (count >= 1) + UNITS[small].format(round(count % 1 * size)).lstrip(
            "PT" if count >= 1 else ""
        )
    return form.format(int(count) if count == int(count) else count)


def narrowed(value: Value, mod: str | None) -> Value:
    """The same notation over the early, middle or late part of its days."""
    first, last = value.first, value.last
    if first is None or last is None or mod not in {"START", "MID", "END"} or (last - first).days < 6:
        return value
    part = ("START", "MID", "END").index(mod)
    if first.day == 1 and (last - first).days > MONTH:
        months = 12 * (last.year - first.year) + last.month - first.month + 1
        bounds = [moved(first, "M", months * third // 3) or last for third in (0, 1, 2)]
    else:
        steps = WEEK_PARTS if (last - first).days == 6 else MONTH_PARTS
        bounds = [first + timedelta(step) for step in steps]
    return Value(value.text, bounds[part], last if part == 2 else bounds[part + 1] - timedelta(1))


def easter(in_year: int) -> date:
    """Easter Sunday of a Gregorian year (Meeus, Jones and Butcher)."""
    a, b, c = in_year % 19, in_year // 100, in_year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(in_year, f // 31, f % 31 + 1)


def holiday(rule: str, in_year: int) -> date:
    """The day of a holiday by its rule.

    "12-25", "easter-2", "th11.4+1" (the day behind the fourth Thursday of November), "mo5.-1" (the last Monday of May).
    """
    parts = RULE.fullmatch(rule)
    assert parts is not None
    move = timedelta(int(parts["move"] or 0))
    if parts["easter"]:
        return easter(in_year) + move
    if parts["day"]:
        return date(in_year, int(parts["month"]), int(parts["day"])) + move
    weekday, first = WEEKDAYS.index(parts["weekday"]), date(in_year, int(parts["of"]), 1)
    if parts["nth"] == "-1":
        last = _last(in_year, int(parts["of"]))
        assert last is not None
        return last - timedelta((last.weekday() - weekday) % 7) + move
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (int(parts["nth"]) - 1)) + move


def _months(text: str, in_year: int, first: int, count: int) -> Value:
    """A notation over so many months."""
    end = in_year * 12 + first + count - 2
    last = _last(end // 12, end % 12 + 1)
    return Value(text, date(in_year, first, 1), last) if last and in_year >= FIRST_YEAR else Value(text)


def _last(in_year: int, number: int) -> date | None:
    """The last day of a month."""
    if not FIRST_YEAR <= in_year <= LAST_YEAR:
        return None
    return date(in_year + number // 12, number % 12 + 1, 1) - timedelta(1)
