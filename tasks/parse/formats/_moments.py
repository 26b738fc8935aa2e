"""Dates of feeds: the two forms that nearly all are written in read at once, all others as feedparser reads them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from feedparser.datetimes import _parse_date

from tasks.parse.formats._feedparsed import moment

MONTHS = {name: n for n, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
ZONE = r"(?:(GMT|UTC|Z)|([+-])(\d\d):?(\d\d))"
MAIL = re.compile(rf"(?:[A-Z][a-z]{{2}}, )?(\d\d?) ([A-Z][a-z]{{2}}) (\d{{4}}) (\d\d):(\d\d):(\d\d) {ZONE}", re.ASCII)  # RFC 5322
NET = re.compile(
    rf"(\d{{4}})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d){ZONE.replace('GMT|UTC|', '').replace(':?', ':')}", re.ASCII
)  # RFC 3339


@lru_cache(maxsize=4096)
def date(raw: str) -> str | None:
    """ISO 8601, in UTC where a zone is stated, exactly as precise as it was stated."""
    try:
        if (match := MAIL.fullmatch(raw)) and match[2] in MONTHS:
            day, _, year, hour, minute, second, *zone = match.groups()
            return _utc((int(year), MONTHS[match[2]], int(day), int(hour), int(minute), int(second)), zone)
        if match := NET.fullmatch(raw):
            year, month, day, hour, minute, second, *zone = match.groups()
            return _utc((int(year), int(month), int(day), int(hour), int(minute), int(second)), zone)
    except (ValueError, OverflowError):
        pass  # no such moment: feedparser has its own opinion of it
    return moment(raw, _parse_date(raw))


def _utc(parts: tuple[int, int, int, int, int, int], zone: list[str]) -> str:
    year, month, day, hour, minute, second = parts
    at = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    if not zone[0]:
        if int(zone[2]) > 14 or int(zone[3]) > 59 or year < 1900:
            raise ValueError("no zone on Earth")
        shift = timedelta(hours=int(zone[2]), minutes=int(zone[3]))
        at = at - shift if zone[1] == "+" else at + shift
    elif year < 1900:
        raise ValueError("feedparser has its own opinion of old years")
    return at.isoformat()
