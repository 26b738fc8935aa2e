"""What bare years, pairs of years, decades, centuries and fiscal years mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.extract.date_phrase import Reading
from tasks.extract.date_values import Value, century, decade, month, year, years

if TYPE_CHECKING:
    from tasks.extract.date_phrase import Phrase
    from tasks.extract.date_scene import Scene

LATEST = 120  # years a bare number may lie ahead, and a pair of years may last
WARMTH = ("temperature", "degree", "high", "low", "mid", "upper")  # "temperatures in the 90s"


def one_year(scene: Scene, phrase: Phrase) -> Reading | None:
    """A bare year: 1998, '64, "nineteen ninety-six"."""
    if phrase.holds("y"):
        number = phrase.number("y") or 0
        return phrase.read(year(number), "Y") if _is_year(scene, phrase, number) else None
    if phrase.holds("Y"):
        number = 1900 + (phrase.number("Y") or 0)
        number += 100 if scene.at and number + 100 <= scene.at.year else 0
        return phrase.read(year(number), "Y") if phrase.led("year-leads") else None
    number = _spelled([int(value) for value in phrase.values("N")]) or 0
    if not number or not (phrase.holds("iU") or phrase.led("year-leads")):
        return None
    return Reading(phrase.start + (phrase.kinds[0] == "i"), phrase.end, year(number), "Y")


def two_years(_: Scene, phrase: Phrase) -> Reading | list[Reading] | None:
    """1996-2014, "1996 to 2014", 1915-17, 2019/20."""
    if phrase.kinds == "2":
        one, two = map(int, phrase.line.word(phrase.start).split("/"))
        return _years(phrase, one, two)
    one, two = (int(phrase.lexicon.word(phrase.line.pieces[at]).value) for at in phrase.places("ydn"))
    if phrase.holds("&") and not phrase.led("between"):
        return [Reading(at, at + 1, year(number), "Y") for at, number in zip(phrase.places("y"), (one, two), strict=False)]
    if phrase.line.word(phrase.end - 1)[0] == "0" and 1 <= two <= 12 and two != one % 100 + 1:  # 2023-06; 2007-08 is two years
        return phrase.read(month(one, two), "M")
    return _years(phrase, one, two)


def of_decade(scene: Scene, phrase: Phrase) -> Reading | None:
    """The 1990s, the late '90s, the nineties, "les années 1990"."""
    digits = phrase.value("D")
    if digits is None:
        digits = phrase.value("ynN") or ""
        if scene.language not in {"fr", "es"} or phrase.value("u") != "Y" or digits[-1:] != "0" or len(digits) not in {2, 4}:
            return None
    elif len(digits) == 2:
        warm = any(phrase.before(steps).startswith(WARMTH) for steps in range(1, 7))
        if not phrase.holds("tBb") or phrase.led("whose") or warm:
            return None
    return phrase.read(decade(int(digits) + (1900 if len(digits) == 2 else 0)), "DE")


def of_century(_: Scene, phrase: Phrase) -> Reading | None:
    """The 20th century."""
    number = phrase.number("dO")
    if phrase.value("U") != "CE" or not number:
        return None
    return phrase.read(century(number + (phrase.number("N") or 0)), "CE")


def fiscal(_: Scene, phrase: Phrase) -> Reading:
    """Fiscal 2023: which days it covers is not known."""
    number = phrase.number("yl")
    assert number is not None
    return phrase.read(Value(f"{number if number > 99 else 2000 + number}"), "Y")


def _is_year(scene: Scene, phrase: Phrase, number: int) -> bool:
    """Whether a four-figure number is a year and not a count."""
    after = phrase.written_after()
    telephone = phrase.kind_before() == "-" and phrase.line.kinds[phrase.start - 2 : phrase.start - 1] in {"n", "d", "y"}
    if telephone or phrase.kind_before() in "$€£¥#" or phrase.led("no-year") or phrase.kind_after() in "%$€£¥½p":
        return False
    if phrase.kind_after() == "-" and phrase.after(2).isalpha() and phrase.after(2) not in {"era", "vintage"}:
        return False
    round_count = number % 100 == 0 and after[:1].islower() and after.endswith("s") and phrase.kind_before() != "t"
    if round_count and not phrase.followed("small"):
        return False  # "in 1500 cases"
    if 1900 <= number <= (scene.at.year if scene.at else 2000) + LATEST:
        return True
    counts = after[:1].islower() and not phrase.followed("small") and not phrase.led("told-in") and not scene.story
    led = (
        phrase.led("year-leads")
        or phrase.kind_before() == "("
        or len(phrase.kinds) > 1
        or (scene.story and phrase.before() == "the")
    )
    return led and not counts and after not in {"to", "or"}


def _years(phrase: Phrase, first: int, last: int) -> Reading | None:
    if last < 100:
        last += first // 100 * 100
    if not first < last <= first + LATEST or phrase.kind_before() in "$€£¥":
        return None
    return phrase.read(years(first, last), "Y")


def _spelled(numbers: list[int]) -> int | None:
    """Nineteen ninety-six, two thousand five."""
    if numbers[:2] == [2, 1000]:
        return 2000 + sum(numbers[2:]) if sum(numbers[2:]) < 100 else None
    if numbers and numbers[0] in {17, 18, 19, 20} and sum(numbers[1:]) in range(10, 100):
        return 100 * numbers[0] + sum(numbers[1:])
    return None
