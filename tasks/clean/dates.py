"""Dates as stated into dates that are believed (ISO 8601, RFC 2822, epochs, printed dates in the main languages).

None is invented: what lies in the future, before newspapers, or in words ("yesterday") is no date; a time without a zone is
read in the source's zone if it has one, else in UTC and with less confidence; midnight to the second means the day.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

from tasks.types import Stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tasks.types import DateClaim, Precision

FIRST_NEWSPAPER = 1605
TOLERANCE = timedelta(days=1)  # clocks and zones differ; a whole day covers every zone on Earth
CONFIDENCE = {"given": 1.0, "json-ld": 0.95, "feed": 0.95, "meta": 0.9, "url": 0.8, "text": 0.8}
NO_ZONE = 0.8  # factor: a time without any zone is up to 14 hours off
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari",
            "february feb februar feber février févr fevrier febrero febbraio fevereiro fev februari",
            "march mar märz mrz mars marzo março maart",
            "april apr avril avr abril abr aprile",
            "may mai mayo maggio mag maio mei",
            "june jun juni juin junio giugno giu junho",
            "july jul juli juillet juil julio luglio lug julho",
            "august aug août aout agosto ago augustus augusti",
            "september sep sept septembre septiembre settembre set setembro",
            "october oct oktober okt octobre octubre ottobre ott outubro out",
            "november nov novembre noviembre novembro",
            "december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
LONG_DMY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+|of\s+)?([^\W\d_]{3,12})\.?,?\s+(?:de\s+|del\s+)?(\d{4})\b")
LONG_MDY = re.compile(r"\b([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?")
NUMERIC = re.compile(r"\b(\d{1,2})([./-])(\d{1,2})\2(\d{4})\b")
SHORT_YEAR = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{2})\b(?![.:]\d)")  # always day first: 25.04.24
YMD = re.compile(r"\b(\d{4})[./](\d{1,2})[./](\d{1,2})\b")
CLOCK = re.compile(
    r"\b(\d{1,2})(?::|h|\.)(\d{2})(?::(\d{2}))?\s*([ap]\.?m\.?)?(?:\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})\b)?", re.IGNORECASE
)
MONTH_FIRST = frozenset({"US"})  # where 05/06/2026 is the sixth of May
ZONES = {
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "BST": 1, "CET": 1, "CEST": 2, "IST": 5.5, "JST": 9, "AEST": 10, "AEDT": 11,
}  # fmt: skip
NAMED_ZONE = re.compile(rf"\s+({'|'.join(ZONES)})$")


def first_valid(
    claims: Iterable[DateClaim], kind: str, *, seen_at: datetime, timezone: str | None = None, country: str | None = None
) -> Stamp | None:
    """The first claim of a kind to be believed. `seen_at` is naive UTC: no date lies after it, but for a day's tolerance."""
    stamps = (stamp(c, seen_at=seen_at, timezone=timezone, country=country) for c in claims if c.kind == kind)
    return next((s for s in stamps if s is not None), None)


def stamp(claim: DateClaim, *, seen_at: datetime, timezone: str | None = None, country: str | None = None) -> Stamp | None:
    """One claim as a UTC date with precision and confidence, or None if it is none to believe."""
    value = claim.value.strip()[:100]
    for read in READERS:
        try:
            found = read(value, country)
        except (ValueError, OverflowError, TypeError):
            continue
        if found is not None:
            return _believed(*found, claim, seen_at, timezone)
    return None


def _believed(when: datetime, precision: Precision, claim: DateClaim, seen_at: datetime, timezone: str | None) -> Stamp | None:
    confidence = CONFIDENCE[claim.origin]
    if precision in ("second", "minute") and (when.hour, when.minute, when.second) == (0, 0, 0):
        precision = "day"
    if precision in ("second", "minute"):
        if when.tzinfo is None:
            when = when.replace(tzinfo=ZoneInfo(timezone) if timezone else UTC)
            confidence *= 1.0 if timezone else NO_ZONE
        try:
            when = when.astimezone(UTC)
        except OverflowError:
            return None
    when = when.replace(tzinfo=None, microsecond=0)
    if when.year < FIRST_NEWSPAPER or when > seen_at + TOLERANCE or when == datetime(1970, 1, 1):  # noqa: DTZ001  naive UTC
        return None
    return Stamp(when, precision, claim.origin, round(confidence, 2))


Reading: TypeAlias = "tuple[datetime, Precision] | None"


def _iso(value: str, _country: str | None) -> Reading:
    """ISO 8601, whole or cut short to month or year."""
    if m := re.fullmatch(r"(\d{4})-(\d{2})", value):
        return datetime(int(m[1]), int(m[2]), 1), "month"  # noqa: DTZ001  a day has no zone
    if re.fullmatch(r"\d{4}", value):
        return datetime(int(value), 1, 1), "year"  # noqa: DTZ001
    if value.isdigit() and len(value) in (12, 14):
        value = f"{value[:8]}T{value[8:]}"
    if not re.match(r"\d{4}-?(?:\d{2}|W\d\d-?\d)", value) or (value.isdigit() and len(value) != 8):
        return None
    when = datetime.fromisoformat(re.sub(r"\s+(?=[+-]\d{2}:?\d{2}$)", "", re.sub(r"\s*(?:UTC|GMT)$", "Z", value)))
    return when, "day" if len(value) <= 10 else "second" if when.second else "minute"


def _epoch(value: str, _country: str | None) -> Reading:
    if not re.fullmatch(r"\d{9,10}(?:\.\d+)?|\d{13}", value):
        return None
    seconds = float(value) / (1000 if len(value) > 11 and "." not in value else 1)
    return datetime.fromtimestamp(seconds, UTC), "second"


def _mail(value: str, _country: str | None) -> Reading:
    """RFC 2822, as RSS demands."""
    if not re.search(r"\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\s+\d", value):
        return None
    when = parsedate_to_datetime(value)
    if when.tzinfo is None and (m := NAMED_ZONE.search(value)):
        when = (when - timedelta(hours=ZONES[m[1]])).replace(tzinfo=UTC)
    return when, "second" if when.second else "minute"


def _printed(value: str, country: str | None) -> Reading:
    """A date as printed, with its time if one stands beside it; days and months that cannot be told apart are no date."""
    parts = _day(value, country)
    if parts is None:
        return None
    (year, month, day), rest = parts
    when = datetime(year, month, day)  # noqa: DTZ001
    clock = CLOCK.search(rest)
    if clock is None:
        return when, "day"
    hour = int(clock[1]) % 12 + 12 * clock[4].lower().startswith("p") if clock[4] else int(clock[1])
    when = when.replace(hour=hour, minute=int(clock[2]), second=int(clock[3] or 0))
    if clock[5]:
        when = datetime.fromisoformat(when.isoformat() + ("Z" if clock[5].upper() in ("Z", "UTC", "GMT") else clock[5]))
    elif named := NAMED_ZONE.search(value):
        when = (when - timedelta(hours=ZONES[named[1]])).replace(tzinfo=UTC)
    return when, "second" if clock[3] else "minute"


def _day(value: str, country: str | None) -> tuple[tuple[int, int, int], str] | None:
    for pattern, order in ((CJK, "ymd"), (YMD, "ymd"), (LONG_DMY, "dmy"), (LONG_MDY, "mdy")):
        for m in pattern.finditer(value):
            part: dict[str, str] = dict(zip(order, m.groups(), strict=True))
            month = int(part["m"]) if part["m"].isdigit() else MONTHS.get(part["m"].casefold())
            if month:
                return (int(part["y"]), month, int(part["d"])), value[: m.start()] + " " + value[m.end() :]
    if short := SHORT_YEAR.search(value):
        return (2000 + int(short[3]), int(short[2]), int(short[1])), value[: short.start()] + " " + value[short.end() :]
    if found := NUMERIC.search(value):
        one, other, year = int(found[1]), int(found[3]), int(found[4])
        rest = value[: found.start()] + " " + value[found.end() :]
        if found[2] == "." or one > 12 or (country and country not in MONTH_FIRST) or one == other:
            return (year, other, one), rest
        if other > 12 or country in MONTH_FIRST:
            return (year, one, other), rest
    return None


READERS: Sequence[Callable[[str, str | None], Reading]] = (_iso, _epoch, _mail, _printed)
