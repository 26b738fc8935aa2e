"""What relative dates, durations and repetitions mean: "two years ago", "the end of the week", "three days", "every Sunday"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tasks.extract.date_periods import part_of
from tasks.extract.date_phrase import Reading
from tasks.extract.date_tense import FUTURE
from tasks.extract.date_values import TIMES, UNKNOWN, Value, around, day, length, moved

if TYPE_CHECKING:
    from datetime import date

    from tasks.extract.date_phrase import Phrase
    from tasks.extract.date_scene import Scene

CLOCKS = frozenset({"TH", "TM", "TS"})
BACK = frozenset({"last", "past", "previous", "latest", "recent"})
AHEAD = frozenset({"next", "coming", "following"})
REFERRING = frozenset({"that", "previous", "following"})  # to the last date, not to the article's
BREAKS = ".,;:)!?¶-"
QUOTES = frozenset(['"', "“", "‘", "`", "«", "„"])
NOT_THIS = frozenset("of in when that which he she they before after to".split())  # "the year in which"
PARTS_OF_YEAR = frozenset("months half quarter quarters part rest remainder days weeks most much course".split())
ALONE = frozenset("in within for after than of to about over by only is was".split())  # before "a day" that is no rate
TIMES_A = frozenset({"once", "twice", "times"})
BOUNDS = {
    ("more", "than"): "MORE_THAN",
    ("less", "than"): "LESS_THAN",
    ("fewer", "than"): "LESS_THAN",
    ("at", "least"): "EQUAL_OR_MORE",
    ("at", "most"): "EQUAL_OR_LESS",
    ("up", "to"): "EQUAL_OR_LESS",
}
RANGE = re.compile(r"[dny#½N](?:e|&(?!a?½)|(?<!N)-)[dny#N]")  # 12 to 18
EXACT = 2  # weeks ago up to which a day is meant
FIGURES = 6  # tokens before "a year earlier" in which a number makes it a comparison
RATE = 4  # tokens before "a day" in which a number makes it a rate
LARGEST = 9  # figures of a number of units


def edge(scene: Scene, phrase: Phrase) -> Reading | None:
    """The end of the month, early next week, later in the day, year-end."""
    unit, relation = phrase.value("U"), phrase.relation()
    assert unit is not None
    if unit in CLOCKS:
        return None
    if phrase.kinds.lstrip("t")[0] == "U":
        return _year_end(scene, phrase) if unit == "Y" else None
    if unit == "D" and relation is None:
        when = scene.same("D") or scene.at
        return phrase.read(day(when) if when else UNKNOWN, "D", "time") if phrase.holds("EK") else None
    if relation == "next" and "tX" in phrase.kinds:  # "early the next year"
        relation = "following"
    return _unit(scene, phrase, unit, relation)


def stretch(scene: Scene, phrase: Phrase) -> Reading | None:
    """The last five years: a duration whose days are known."""
    relation, unit, count = phrase.relation(), phrase.value("Uu"), number(phrase)
    assert unit is not None
    text = length(count, unit)
    if phrase.kinds[0] == "L" and (phrase.led("last-verbs") or phrase.kinds[1:2] == "a"):  # "to last two days"
        return Reading(phrase.start + 1, phrase.end, Value(text), unit, "duration", phrase.mod())
    far = None
    if scene.at and count is not None and relation in BACK | AHEAD - {"following"}:
        far = moved(scene.at, unit, -count if relation in BACK else count)
    value = Value(text, *sorted((far, scene.at))) if far and scene.at else Value(text)
    return phrase.read(value, unit, "duration")


def ago(scene: Scene, phrase: Phrase) -> Reading | None:
    """Two years ago."""
    return _moved(scene.at, phrase, -1)


def ahead(scene: Scene, phrase: Phrase) -> Reading | None:
    """Two years from now."""
    if phrase.kinds[0] == "j" and phrase.value("Uu") in CLOCKS:  # "in 25 Minuten geladen"
        return Reading(phrase.start + 1, phrase.end, Value(length(number(phrase), phrase.value("Uu") or "TM")), "", "duration")
    if phrase.kinds[-1] == "V" and phrase.line.word(phrase.end - 2) != "from":
        return duration(scene, phrase, end=phrase.end - 2)
    return _moved(scene.at, phrase, 1)


def after(scene: Scene, phrase: Phrase) -> Reading | None:
    """Two years later, a year earlier, the day after: counted from the last date, if there was one."""
    kind = phrase.kinds[-1]
    if kind in "<>" and phrase.kind_after() not in BREAKS:
        return None if phrase.kinds[0] == "t" else duration(scene, phrase, end=phrase.end - 1)
    reference = scene.reference()
    if kind == "E" and phrase.value("U") == "Y" and not _counts_from_last(scene, phrase):
        reference = scene.quarter.first or scene.at
    if phrase.value("Uu") in CLOCKS:
        reference = None
    return _moved(reference, phrase, -1 if kind in "E<" else 1)


def _counts_from_last(scene: Scene, phrase: Phrase) -> bool:
    """Whether "a year earlier" counts from the last date, and not in a comparison of the article's time: "up from $3 million"."""
    figures = any(kind in "dn#%$" for kind in phrase.line.kinds[max(0, phrase.start - FIGURES) : phrase.start])
    return scene.mention is not None and (scene.story or not figures or scene.same_sentence(phrase, scene.mention))


def whole(scene: Scene, phrase: Phrase) -> Reading | None:
    """The year, where it is the present one: "for the year", "the first nine months of the year"."""
    base = _base(scene, None)
    if phrase.value("U") != "Y" or base is None or phrase.after() in NOT_THIS:
        return None
    if phrase.before() in {"for", "during", "through"} or (phrase.before() == "of" and phrase.before(2) in PARTS_OF_YEAR):
        return phrase.read(around(base, "Y"), "Y")
    return None


def near(scene: Scene, phrase: Phrase) -> Reading | None:
    """Last week, next year, that day, recent months."""
    unit, relation = phrase.value("Uu"), phrase.relation()
    assert unit is not None
    if phrase.holds("u"):
        vague_value = "PAST_REF" if relation in BACK else "FUTURE_REF" if relation in AHEAD else None
        return phrase.read(Value(vague_value)) if vague_value else None
    programme = phrase.before() in QUOTES and phrase.line.pieces[phrase.end - 1][0].isupper()  # "This Week"
    if phrase.kinds[0] == "t" and phrase.kind_after() == "f":  # "the last day of the trial"
        return None
    if unit in CLOCKS or programme or (relation == "this" and unit == "D"):
        return None
    if relation == "past" and unit != "W" and scene.language == "en":
        return stretch(scene, phrase)
    if relation == "next" and (phrase.kinds[0] == "t" or unit == "D") and scene.language == "en":
        relation = "following"
    return _unit(scene, phrase, unit, relation)


def each(_: Scene, phrase: Phrase) -> Reading | None:
    """Every Sunday, each July, per day, every two weeks."""
    if phrase.holds("H"):
        return None
    if (weekday := phrase.number("W")) is not None:
        text = f"XXXX-WXX-{weekday + 1}"
    elif (month := phrase.number("M")) is not None:
        text = f"XXXX-{month:02}"
    elif (season := phrase.value("S")) is not None:
        text = f"XXXX-{season}"
    elif phrase.holds("k"):
        text = "XXXX-WXX-WE"
    else:
        text = length(number(phrase), phrase.value("Uu") or ("Q" if phrase.holds("Q") else "D"))
    return phrase.read(Value(text), "", "set")


def age(_: Scene, __: Phrase) -> None:
    """A 12-year-old is no date."""


def duration(scene: Scene, phrase: Phrase, end: int | None = None) -> Reading | None:
    """For three days; "40 a day" is a repetition, "in two years" a date if the sentence looks ahead."""
    unit, count = phrase.value("Uu"), number(phrase)
    assert unit is not None
    if unit == "Y" and scene.language in {"fr", "es"} and _is_age(phrase):
        return None
    fraction = unit == "Q" and (not phrase.led("count-leads") or phrase.kind_after() == "f")  # three quarters of something
    if fraction or phrase.led("age-leads"):
        return None
    if phrase.kinds == "aU" and _is_rate(phrase):
        return phrase.read(Value(length(1, unit)), "", "set")
    to_come = phrase.before() == "in" and end is None and count and unit not in CLOCKS and scene.at
    if to_come and scene.tense(phrase, copula=False) == FUTURE:
        return _moved(scene.at, phrase, 1)
    bound = BOUNDS.get((phrase.before(2), phrase.before()))
    start = phrase.start - 2 * (bound is not None)
    return Reading(start, end or phrase.end, Value(length(count, unit)), unit, "duration", bound or phrase.mod())


def often(_: Scene, phrase: Phrase) -> Reading:
    """Daily, Mondays."""
    return phrase.read(Value(phrase.value("r")), "", "set")


def vague(_: Scene, phrase: Phrase) -> Reading | None:
    """Now, recently, soon, the past."""
    if phrase.before() == "as" or phrase.after() in {"before", "after", "as"}:  # "as soon as", "shortly before"
        return None
    if phrase.kinds == "tL":
        return phrase.read(Value("PAST_REF")) if phrase.relation() == "past" else None
    return phrase.read(Value(phrase.value("V")))


def number(phrase: Phrase) -> float | None:
    """How many: figures or words, one if none is said; None for "several" and "12 to 18"."""
    if few := phrase.places("v"):
        value = phrase.lexicon.word(phrase.line.pieces[few[0]]).value
        return float(value) if value else None
    if RANGE.search(phrase.kinds):
        return None
    total, last, places = 0.0, 0.0, phrase.places("dny#N½")
    for at in places:
        word = phrase.line.word(at)
        each_one = _figure(word) if word[0].isdigit() else float(phrase.lexicon.word(word).value or 0.5)
        if each_one in {100, 1000}:
            total, last = total - last + (last or 1) * each_one, 0.0
        else:
            total, last = total + each_one, each_one
    return total if places else 1.0


def _figure(word: str) -> float:
    if re.fullmatch(r"\d/\d", word):
        return int(word[0]) / (int(word[2]) or 1)
    digits = "".join(c for c in word.partition(".")[0] if c.isdecimal())[:LARGEST]
    decimals = "".join(c for c in word.partition(".")[2] if c.isdecimal())[:LARGEST]
    return float(f"{digits or 0}.{decimals or 0}")


def _base(scene: Scene, relation: str | None) -> date | None:
    """The day that a relation counts from."""
    if relation in REFERRING:
        return scene.reference()
    return (scene.reference() or scene.at) if scene.story and relation is None else scene.at


def _unit(scene: Scene, phrase: Phrase, unit: str, relation: str | None) -> Reading:
    """The unit before, after or around the day that a relation counts from."""
    base = scene.same(unit) if relation == "that" else _base(scene, relation)
    there = moved(base, unit, -1 if relation in BACK else 1 if relation in AHEAD else 0) if base else None
    value = around(there, unit) if there else UNKNOWN
    return phrase.read(part_of(value, phrase, scene), unit, narrow=not phrase.holds("EK"))


def _year_end(scene: Scene, phrase: Phrase) -> Reading | None:
    if phrase.mod() != "END":
        return None
    if scene.at is None:
        return phrase.read(UNKNOWN, "D")
    return phrase.read(day(scene.at.replace(scene.at.year - (phrase.before() == "since"), 12, 31)), "D")


def _moved(base: date | None, phrase: Phrase, sign: int) -> Reading:
    """So many units before or after a day, as exact as the unit is."""
    unit, count = phrase.value("Uu"), number(phrase)
    assert unit is not None
    if count is None:
        return Reading(phrase.start, phrase.end, Value("PAST_REF" if sign < 0 else "FUTURE_REF"))
    bound = BOUNDS.get((phrase.before(2), phrase.before()))
    start, mod = phrase.start - 2 * (bound is not None), bound or phrase.mod()
    grain = {"2W": "W", "DE": "Y", "CE": "Y", "TH": "D", "TM": "D", "TS": "D"}.get(unit, unit)
    if grain == "W" and count * TIMES.get(unit, ("", 1))[1] <= EXACT:
        grain, mod = "D", mod or "APPROX"
    if count != int(count) and unit == "Y":
        grain = "M"
    if unit in {"DE", "CE"}:
        mod = mod or "APPROX"
    there = moved(base, unit, sign * count) if base else None
    return Reading(
        start, phrase.end, around(there, grain) if there else UNKNOWN, grain, "date", None if mod in {"START", "END"} else mod
    )


def _is_age(phrase: Phrase) -> bool:
    """Lucie Maréval, 58 ans, …; Iñaki Larrondo, de 58 años."""
    if phrase.before() == "de":
        return phrase.before(2) in {",", "âgé", "âgée", "mujer", "hombre"}
    return phrase.kind_before() == "," and phrase.kind_after() in ",.)"


def _is_rate(phrase: Phrase) -> bool:
    """Whether "a day" counts: "40 boxes a day", "$3 million a year"."""
    if phrase.before() in TIMES_A:
        return True
    counted = any(phrase.line.kinds[at] in "dny#N%$" for at in range(max(0, phrase.start - RATE), phrase.start))
    return counted and phrase.kind_before() in "_%dn#Ny" and phrase.before() not in ALONE
