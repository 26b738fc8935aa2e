"""Silences against a feed's own week: nights, weekends, new feeds, and what is too little to judge by."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.gaps import CONFIG, Hour, hour_of_week, may_be_silent, overrun, silence, since
from warehouse.models import FeedRow, FeedStatus, GapRow

MONDAY = datetime(2026, 3, 2)  # noqa: DTZ001  naive UTC
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
OFFICE = range(8, 18)  # hours in which a newsroom without a night shift works


def desk(weeks: int = 8, hours: range = OFFICE, days: int = 5, entries: int = 3) -> dict[int, Hour]:
    """The past of a feed that has so many entries in each of these hours, on the first days of every week."""
    return {day * 24 + hour: Hour(entries * weeks, weeks) for day in range(days) for hour in hours}


def steady(weeks: int = 8) -> dict[int, Hour]:
    return desk(weeks, range(24), 7, 2)


def feed(last: datetime, begun: datetime | None = None, **more: object) -> FeedRow:
    """A feed whose last entry came then; it is polled since `begun`, else for longer than counts."""
    row = FeedRow("f", "https://a.example/f", "https://a.example/f", "active", MONDAY - 52 * WEEK, "it works", last)
    row = row._replace(first_at=begun or last - 20 * WEEK, new_at=last, ok_at=last, per_day=30.0, entries=20)
    return row._replace(**more)  # type: ignore[arg-type]  # a test's own keywords


def opened(state: FeedRow, past: dict[int, Hour], now: datetime) -> GapRow:
    gap = silence(state, past, now)
    assert gap is not None
    return gap


def first_silent(state: FeedRow, past: dict[int, Hour]) -> datetime | None:
    """When a poll every ten minutes finds the silence, if one of the next four weeks does."""
    assert state.new_at is not None
    moments = (state.new_at + n * timedelta(minutes=10) for n in range(4 * 7 * 144))
    return next((now for now in moments if silence(state, past, now)), None)


# ── nights, weekends, working days ──


@pytest.mark.parametrize("day", range(4))
def test_a_night_is_no_silence_and_the_morning_after_it_is(day: int) -> None:
    evening = MONDAY + day * DAY + timedelta(hours=17, minutes=50)
    found = first_silent(feed(evening), desk())
    morning = MONDAY + (day + 1) * DAY + 8 * HOUR
    assert found is not None
    assert morning + 2 * HOUR <= found <= morning + 4 * HOUR


def test_a_weekend_is_no_silence_and_a_monday_noon_is() -> None:
    friday = feed(MONDAY - 3 * DAY + timedelta(hours=17, minutes=50))
    assert silence(friday, desk(), MONDAY - DAY + 12 * HOUR) is None
    assert silence(friday, desk(), MONDAY + 8 * HOUR) is None
    gap = opened(friday, desk(), MONDAY + 12 * HOUR)
    assert (gap.source, gap.kind, gap.silent_since, gap.opened_at, gap.closed_at) == (
        "f", "silent", friday.new_at, MONDAY + 12 * HOUR, None,
    )  # fmt: skip
    assert gap.expected is not None
    assert 8 < gap.expected < 25, "about three an hour on Monday morning, and hardly any before"


def test_a_weekend_of_a_feed_without_weekends_is_a_silence() -> None:
    friday = MONDAY - 3 * DAY + 17 * HOUR
    found = first_silent(feed(friday), steady())
    assert found is not None
    assert found <= friday + 4 * HOUR


def test_hours_that_have_news_now_and_then_take_longer() -> None:
    seldom = {hour: Hour(2, 2) for hour in range(168)}  # each hour had news in 2 weeks of 8
    often = {hour: Hour(8, 7) for hour in range(168)}
    slow, quick = first_silent(feed(MONDAY), seldom), first_silent(feed(MONDAY), often)
    assert slow is not None
    assert quick is not None
    assert MONDAY + 3 * HOUR <= quick <= MONDAY + 5 * HOUR
    assert MONDAY + 18 * HOUR <= slow <= MONDAY + 36 * HOUR


def test_a_weekly_paper_is_not_silent_between_two_of_its_days() -> None:
    thursdays = {3 * 24 + hour: Hour(40, 8) for hour in (6, 7)}
    last = MONDAY + 3 * DAY + timedelta(hours=7, minutes=30)
    found = first_silent(feed(last), thursdays)
    assert found is None or found >= last + 6 * DAY + 23 * HOUR


# ── how much past it takes ──


def test_a_new_feed_is_judged_by_its_mean_until_its_hours_can_be_told_apart() -> None:
    past, last = desk(weeks=2), MONDAY - 3 * DAY + timedelta(hours=17, minutes=50)
    young = feed(last, last - timedelta(days=CONFIG.settled_days) + HOUR)
    grown = feed(last, last - timedelta(days=CONFIG.settled_days) - HOUR)
    found = [first_silent(state, past) for state in (young, grown)]
    assert found[0] is not None
    assert found[1] is not None
    assert found[0] == last + CONFIG.unsettled_hours * HOUR, "before that a weekend may explain it"
    assert MONDAY + 8 * HOUR < found[1] < MONDAY + 13 * HOUR, "then the hours of the week tell a weekend from a silence"
    at = last + 90 * HOUR
    assert opened(young, past, at).expected == pytest.approx(300 / (CONFIG.settled_days * 24) * 90, rel=0.01)


@pytest.mark.parametrize("entries", range(CONFIG.fewest_entries))
def test_a_past_of_few_entries_tells_nothing(entries: int) -> None:
    past = {hour: Hour(1, 1) for hour in range(entries)}
    assert silence(feed(MONDAY), past, MONDAY + 4 * WEEK) is None


def test_what_was_never_read_or_never_had_news_is_not_silent() -> None:
    assert silence(feed(MONDAY, new_at=None), steady(), MONDAY + WEEK) is None
    assert silence(feed(MONDAY)._replace(first_at=None), steady(), MONDAY + WEEK) is None


def test_only_eight_weeks_count() -> None:
    assert MONDAY - since(MONDAY) == 8 * WEEK
    old, young = feed(MONDAY, MONDAY - 400 * WEEK), feed(MONDAY, MONDAY - 8 * WEEK)
    assert silence(old, desk(), MONDAY + 9 * DAY) == silence(young, desk(), MONDAY + 9 * DAY)


@pytest.mark.parametrize(
    ("at", "hour"),
    [(MONDAY, 0), (MONDAY + timedelta(minutes=59), 0), (MONDAY + 25 * HOUR, 25), (MONDAY - timedelta(seconds=1), 167)],
)
def test_the_week_begins_on_monday(at: datetime, hour: int) -> None:
    assert hour_of_week(at) == hour


# ── what is said of it ──


@pytest.mark.parametrize(
    ("status", "cause"),
    [
        ("active", "it answers, but lists nothing new"),
        ("quiet", "it answers, but lists nothing new"),
        ("failing", "tls: its certificate has expired"),
        ("throttled", "tls: its certificate has expired"),
    ],
)
def test_a_gap_names_its_cause(status: FeedStatus, cause: str) -> None:
    state = feed(MONDAY, status=status, reason="tls: its certificate has expired")
    assert opened(state, steady(), MONDAY + 12 * HOUR).reason == cause


# ── properties ──

PASTS = st.dictionaries(st.integers(0, 167), st.builds(Hour, st.integers(0, 900), st.integers(0, 8)), max_size=168)
MOMENTS = st.integers(0, 14 * 24 * 60).map(lambda minutes: MONDAY + timedelta(minutes=minutes))


@given(PASTS, MOMENTS, st.timedeltas(timedelta(0), timedelta(hours=CONFIG.least_hours) - timedelta(seconds=1)))
def test_nothing_is_silent_within_three_hours(past: dict[int, Hour], last: datetime, later: timedelta) -> None:
    assert silence(feed(last), past, last + later) is None
    assert not may_be_silent(feed(last), last + later)


@given(PASTS, MOMENTS, st.integers(1, 10_000), st.integers(0, 10_000))
def test_a_silence_stays_one_until_there_is_news(past: dict[int, Hour], last: datetime, minutes: int, more: int) -> None:
    state, now = feed(last), last + timedelta(minutes=minutes)
    before, after = silence(state, past, now), silence(state, past, now + timedelta(minutes=more))
    if before is not None:
        assert after is not None
        assert (after.expected or 0) >= (before.expected or 0)


@given(PASTS, MOMENTS, st.integers(0, 50_000), st.integers(1, 60))
def test_the_cheap_test_lets_no_silence_through(past: dict[int, Hour], last: datetime, minutes: int, days: int) -> None:
    state, now = feed(last, last - days * DAY), last + timedelta(minutes=minutes)
    assert silence(state, past, now) is None or may_be_silent(state, now)


def test_a_feed_that_is_paused_is_not_looked_at() -> None:
    assert may_be_silent(feed(MONDAY), MONDAY + DAY)
    assert not may_be_silent(feed(MONDAY, status="paused"), MONDAY + DAY)
    assert not may_be_silent(feed(MONDAY, per_day=None), MONDAY + DAY)


# ── overruns ──


def test_an_overrun_is_open_and_shut_and_names_how_many_there_were() -> None:
    state = feed(MONDAY)
    gap = overrun(state, MONDAY + DAY, 20, 20)
    assert gap is not None
    assert (gap.source, gap.kind, gap.silent_since, gap.opened_at, gap.closed_at) == (
        "f", "overrun", state.ok_at, MONDAY + DAY, MONDAY + DAY,
    )  # fmt: skip
    assert "all 20 entries were new" in gap.reason


@pytest.mark.parametrize(
    ("changes", "listed", "new"),
    [
        ({}, 20, 19),  # one was known: nothing came and went before it
        ({}, 1, 1),  # a feed of its latest entry only
        ({}, 0, 0),
        ({"first_at": None}, 20, 20),  # the first reading
        ({"entries": 0}, 20, 20),  # it listed nothing before
        ({"ok_at": None}, 20, 20),
    ],
)
def test_what_is_no_overrun(changes: dict[str, object], listed: int, new: int) -> None:
    assert overrun(feed(MONDAY)._replace(**changes), MONDAY + DAY, listed, new) is None  # type: ignore[arg-type]


@pytest.mark.parametrize("start", range(5))
def test_office_hours_feed_in_its_first_weeks(start: int) -> None:
    begun = at = MONDAY.replace(hour=9) + start * DAY
    past: dict[int, Hour] = {}
    last = None
    while at < begun + timedelta(days=42):
        if at.weekday() < 5 and 8 <= at.hour < 18:
            e, w = past.get(hour_of_week(at), (0, 0))
            past[hour_of_week(at)], last = Hour(e + 1, w + (at.minute == 0)), at
        elif last:
            row = feed(last, begun)
            assert silence(row, past, at) is None, f"{at:%A %H:%M}, day {(at - begun).days}"
        at += timedelta(minutes=20)
