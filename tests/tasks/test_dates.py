"""Dates as stated into dates that are believed, or not."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.clean.dates import first_valid, stamp
from tasks.types import DateClaim

SEEN = datetime(2026, 11, 24, 12)  # noqa: DTZ001  naive UTC


def read(value: str, timezone: str | None = None, country: str | None = None) -> tuple[str, str] | None:
    found = stamp(DateClaim("published", value, "meta"), seen_at=SEEN, timezone=timezone, country=country)
    return (f"{found.at:%Y-%m-%d %H:%M:%S}", found.precision) if found else None


@pytest.mark.parametrize(
    ("stated", "at", "precision"),
    [
        ("2026-05-02", "2026-05-02 00:00:00", "day"),
        ("20260502", "2026-05-02 00:00:00", "day"),
        ("202605021530", "2026-05-02 15:30:00", "minute"),
        ("20260502153007", "2026-05-02 15:30:07", "second"),
        ("2026-W18-6", "2026-05-02 00:00:00", "day"),
        ("2026-05", "2026-05-01 00:00:00", "month"),
        ("2026", "2026-01-01 00:00:00", "year"),
        ("2026-05-02T06:00:00+02:00", "2026-05-02 04:00:00", "minute"),
        ("2026-05-02T06:00:07Z", "2026-05-02 06:00:07", "second"),
        ("2026-05-02 06:00:00 +0200", "2026-05-02 04:00:00", "minute"),
        ("2026-05-02T23:30:00-05:00", "2026-05-03 04:30:00", "minute"),
        ("2026-05-02T00:00:00+02:00", "2026-05-02 00:00:00", "day"),
        ("Sat, 02 May 2026 06:00:01 GMT", "2026-05-02 06:00:01", "second"),
        ("Sat, 02 May 2026 06:00 EST", "2026-05-02 11:00:00", "minute"),
        ("1777777777", "2026-05-03 03:09:37", "second"),
        ("1777777777000", "2026-05-03 03:09:37", "second"),
        ("May 2, 2026 6:05 pm", "2026-05-02 18:05:00", "minute"),
        ("2 May 2026", "2026-05-02 00:00:00", "day"),
        ("2. Mai 2026, 10:30 Uhr", "2026-05-02 10:30:00", "minute"),
        ("le 2 mai 2026 à 10h30", "2026-05-02 10:30:00", "minute"),
        ("2 de mayo de 2026", "2026-05-02 00:00:00", "day"),
        ("2026年5月2日", "2026-05-02 00:00:00", "day"),
        ("25.04.24 14:07", "2024-04-25 14:07:00", "minute"),
        ("25/06/2026", "2026-06-25 00:00:00", "day"),
        ("06/25/2026", "2026-06-25 00:00:00", "day"),
    ],
)
def test_what_is_read(stated: str, at: str, precision: str) -> None:
    assert read(stated) == (at, precision)


@pytest.mark.parametrize(
    "stated",
    [
        "", "yesterday", "two hours ago", "Friday", "June 14", "2026-02-30", "2026-13-01", "0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "1599-01-01",
        "2026-11-26T12:00:01Z", "2062-05-02", "9999-12-31T23:59:59-10:00", "05/06/2026", "2026-W18", "32 May 2026", "12345", "2026-05-02T25:00:00Z",
    ],
)  # fmt: skip
def test_what_is_no_date(stated: str) -> None:
    assert read(stated) is None


def test_a_country_tells_day_from_month() -> None:
    assert read("05/06/2026", country="US") == ("2026-05-06 00:00:00", "day")
    assert read("05/06/2026", country="GB") == ("2026-06-05 00:00:00", "day")


def test_times_without_a_zone_are_the_sources_and_else_less_sure() -> None:
    assert read("2026-07-02 06:00", timezone="Europe/Oslo") == ("2026-07-02 04:00:00", "minute")
    assert read("2026-12-02 06:00"[:10] + " 06:00") is None, "the future"
    claim = DateClaim("published", "2026-07-02 06:00", "json-ld")
    sure, unsure = stamp(claim, seen_at=SEEN, timezone="UTC"), stamp(claim, seen_at=SEEN)
    assert sure is not None
    assert unsure is not None
    assert unsure.confidence < sure.confidence


def test_the_first_claim_that_can_be_believed_holds() -> None:
    claims = [DateClaim("published", v, "meta") for v in ("2062-01-01", "soon", "2026-05-02", "2026-05-01")]
    found = first_valid(claims, "published", seen_at=SEEN)
    assert found is not None
    assert found.at.day == 2
    assert first_valid(claims, "modified", seen_at=SEEN) is None


@given(
    st.text(max_size=60) | st.from_regex(r"[0-9]{1,4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}([T ][0-9:]{0,8}.{0,6})?", fullmatch=True)
)
def test_whatever_is_stated_nothing_is_raised_and_nothing_lies_in_the_future(stated: str) -> None:
    found = stamp(DateClaim("published", stated, "text"), seen_at=SEEN)
    assert found is None or (found.at <= SEEN + timedelta(days=1) and found.at.year >= 1605)


@given(st.datetimes(min_value=datetime(1700, 1, 1), max_value=SEEN - timedelta(days=2)), st.integers(-14, 14))  # noqa: DTZ001
def test_iso_dates_are_read_exactly(moment: datetime, hours: int) -> None:
    local = (moment + timedelta(hours=hours)).replace(microsecond=0)
    found = read(f"{local.isoformat()}{hours:+03d}:00")
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        assert found == (f"{local:%Y-%m-%d} 00:00:00".zfill(19), "day")
    else:
        assert found is not None
        assert found[0].zfill(19) == f"{moment:%Y-%m-%d %H:%M:%S}".zfill(19)
