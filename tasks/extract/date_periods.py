"""What months, quarters, halves, seasons, weekends and holidays mean."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tasks.extract.date_days import said_year
from tasks.extract.date_tense import FUTURE, OPEN, STOPS
from tasks.extract.date_values import (
    SEASONS,
    UNKNOWN,
    Value,
    around,
    day,
    half,
    holiday,
    month,
    moved,
    quarter,
    season,
    weekend,
    year,
)

if TYPE_CHECKING:
    from tasks.extract.date_phrase import Phrase, Reading
    from tasks.extract.date_scene import Scene

REPORTED = 3  # months after which the results of a period are no longer to come
BACK = {"last": -1, "past": -1, "previous": -1}
AHEAD = {"next": 1, "coming": 1, "following": 1}


def of_month(scene: Scene, phrase: Phrase) -> Reading | None:
    """A month, with or without year."""
    number = phrase.number("Mmµ")
    assert number is not None
    if not _is_month(phrase):
        return None
    relation = None if phrase.holds("Uy") else phrase.relation()
    found = said_year(scene, phrase)
    if found is None and relation is not None:
        found = _month_of(scene, number, relation)
    elif found is None and not phrase.holds("UY"):
        found = scene.year(phrase, number, None)
    value = month(found, number) if found else UNKNOWN
    return phrase.read(part_of(value, phrase, scene), "M", narrow=not phrase.holds("EK"))


def of_quarter(scene: Scene, phrase: Phrase) -> Reading | None:
    """The third quarter, Q3 2023, "next year's first quarter", "the quarter"."""
    code = phrase.value("q")
    number = int(code[-1]) if code else phrase.number("O")
    if number is None:
        return _bare_quarter(scene, phrase)
    if code and code[0] == "H":
        return _half(scene, phrase, number)
    if number > 4 or phrase.after() in {"final", "finals", "touchdown", "lead"}:
        return None
    found = said_year(scene, phrase) or (_last_begun(scene, phrase, 3 * number - 2, 3) if scene.at else None)
    return phrase.read(quarter(found, number) if found else UNKNOWN, "Q")


def compared(scene: Scene, phrase: Phrase) -> Reading | None:
    """The year-earlier quarter, a year-ago loss."""
    base, number = scene.quarter.first, phrase.number("O")
    if number and number > 4:
        return None
    if base is None and scene.at and number:
        base = quarter(_last_begun(scene, phrase, 3 * number - 2, 3), number).first
    if phrase.kinds[-1] in "Qo" and base:
        return phrase.read(quarter(base.year - 1, number or (base.month + 2) // 3))
    base = base or scene.at
    return phrase.read(year(base.year - 1) if base else UNKNOWN)


def of_half(scene: Scene, phrase: Phrase) -> Reading | None:
    """The first half of 2023."""
    number = phrase.number("O")
    return _half(scene, phrase, number) if number in {1, 2} else None


def of_season(scene: Scene, phrase: Phrase) -> Reading | None:
    """The winter of 2021, this summer, next spring."""
    name = phrase.value("S")
    assert name is not None
    relation = None if phrase.holds("UyY") else phrase.relation()
    found = said_year(scene, phrase)
    if found is None and relation is None:
        led = phrase.led("told-in") or phrase.before(0) == "im"
        if not led or phrase.kind_after() == "f":
            return None
        found = _season_told(scene, phrase, SEASONS[name])
    elif found is None and relation is not None:
        found = _season_of(scene, SEASONS[name], relation)
    return phrase.read(season(found, name) if found else UNKNOWN, "S")


def of_weekend(scene: Scene, phrase: Phrase) -> Reading:
    """The weekend, last weekend, the weekend of next week."""
    if scene.at is None:
        return phrase.read(UNKNOWN, "W")
    relation = phrase.relation()
    weeks = (BACK | AHEAD).get(relation or "", 0)
    begun = scene.at.weekday() >= 5
    recent = relation is None or scene.at.weekday() < 2  # on Monday "this weekend" may be the last one
    if weeks == 0 and not begun and recent and scene.tense(phrase) != FUTURE:
        weeks = -1
    if relation == "past" and begun:
        weeks = 0
    return phrase.read(weekend(scene.at + timedelta(7 * weeks)), "W")


def of_holiday(scene: Scene, phrase: Phrase) -> Reading | None:
    """Christmas, last Thanksgiving, Easter 2024."""
    rule = phrase.value("H")
    assert rule is not None
    if rule == "9/11":
        return phrase.read(day(date(2001, 9, 11)), "D")
    if phrase.followed("trade") or (phrase.kinds[0] == "H" and _names_someone(phrase)):
        return None
    found = said_year(scene, phrase)
    if found is None and scene.at:
        here, relation = holiday(rule, scene.at.year), phrase.relation()
        if relation in BACK:
            found = scene.at.year - (here >= scene.at)
        elif relation in AHEAD:
            found = scene.at.year + (here <= scene.at)
        else:
            found = scene.at.year if relation else scene.year(phrase, here.month, here.day)
    if not found:
        return phrase.read(UNKNOWN, "D")
    when = holiday(rule, found)
    return phrase.read(weekend(when), "W") if phrase.holds("k") else phrase.read(day(when), "D")


def part_of(value: Value, phrase: Phrase, scene: Scene) -> Value:
    """Earlier this month ends today, later this month begins today; later in another one begins after its first days."""
    if value.first is None or value.last is None or not phrase.holds("EK"):
        return value
    third = (value.last - value.first) // 3
    now = scene.at if scene.at and value.first < scene.at < value.last else None
    if phrase.holds("E"):
        return Value(value.text, value.first, now or value.last - third)
    return Value(value.text, now or value.first + third, value.last)


def _is_month(phrase: Phrase) -> bool:
    """Whether the name of a month stands for one: May, March and April are also other things."""
    place = phrase.places("Mmµ")[0]
    small = phrase.lexicon.language in {"fr", "es"}  # languages that write months in small letters
    if small and phrase.line.pieces[place][0].isupper() and place and phrase.line.word(place - 1) not in STOPS:
        return False
    if phrase.line.kinds[place] == "M" or len(phrase.kinds.rstrip(".")) > 1:
        return True
    named = phrase.kind_after() == "_" and phrase.written_after()[:1].isupper()
    if named or phrase.followed("no-month"):
        return phrase.led("month-sure")
    return phrase.led("month-leads") or (phrase.kind_before() in "Mmµ(," and phrase.kind_after() in "&-")


def _month_of(scene: Scene, number: int, relation: str) -> int | None:
    base = scene.reference() if relation in {"previous", "following", "that"} else scene.at
    if base is None:
        return None
    if relation in {"last", "past", "latest"}:
        return base.year - (number >= base.month - 1)  # the month before this one is "last month"
    if relation == "previous":
        return base.year - (number >= base.month)
    return base.year + (number <= base.month and relation in AHEAD)


def _last_begun(scene: Scene, phrase: Phrase, first_month: int, months: int) -> int:
    """The year of the last period of so many months that has begun, or of the next one, if it is spoken of as to come."""
    assert scene.at is not None
    begun = scene.at.year - (scene.at.month < first_month)
    if scene.tense(phrase) != FUTURE:
        return begun
    return begun + (begun < scene.at.year or scene.at.month >= first_month + months + REPORTED)


def _bare_quarter(scene: Scene, phrase: Phrase) -> Reading | None:
    relation = phrase.relation()
    if "-" in {phrase.after(), phrase.before()}:  # quarter-to-quarter, three-quarter
        return None
    base, there, number = scene.quarter.first, None, phrase.number("y")
    if (base is None and phrase.kinds[-1] == "o") or (relation is None and not number and phrase.kind_after() == "f"):
        return None
    if relation in {"next", "coming", "last"} and scene.at:
        there = moved(scene.at, "Q", -1 if relation == "last" else 1)
    elif base or scene.at:
        base = base or (moved(scene.at, "Q", -1) if scene.at else None)
        there = moved(base, "Q", {"following": 1, "previous": -1}.get(relation or "", 0)) if base else None
    if number and there:
        there = there.replace(number, there.month, 1)
    return phrase.read(around(there, "Q") if there else UNKNOWN, "Q")


def _half(scene: Scene, phrase: Phrase, number: int) -> Reading | None:
    if not phrase.holds("yUq") and "O-" not in phrase.kinds:
        return None  # of a match
    found = said_year(scene, phrase) or (_last_begun(scene, phrase, 6 * number - 5, 6) if scene.at else None)
    return phrase.read(half(found, number) if found else UNKNOWN, "H")


def _season_told(scene: Scene, phrase: Phrase, first_month: int) -> int | None:
    if scene.story and scene.dated:
        return scene.year(phrase, first_month, None)
    habit = phrase.kinds == "S" and phrase.before() == "in" and scene.tense(phrase) == OPEN
    return None if scene.at is None or habit else _last_begun(scene, phrase, first_month, 3)


def _season_of(scene: Scene, first_month: int, relation: str) -> int | None:
    same, reference = scene.same("Y"), scene.reference()
    if relation == "that":
        return same.year if same else None
    if relation == "following" or (scene.story and relation == "next"):
        return reference.year + (reference.month >= first_month) if reference else None
    if scene.at is None:
        return None
    begun = scene.at.year - (scene.at.month < first_month)
    if relation in BACK:
        return begun - (begun == scene.at.year and scene.at.month <= first_month + 2)
    if relation in AHEAD:
        return begun + 1
    return begun if first_month == 12 and scene.at.month < 3 else scene.at.year


def _names_someone(phrase: Phrase) -> bool:
    """Whether a word with a capital stands before it in its sentence: "Johnny Christmas"."""
    before = phrase.line.pieces[phrase.start - 1] if phrase.start else ""
    return before[:1].isupper() and phrase.kind_before() == "_" and phrase.before(2) not in STOPS
