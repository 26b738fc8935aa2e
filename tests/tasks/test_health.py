"""A feed's health: when it is asked next, and what its status is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.gaps import CONFIG as GAPS
from tasks.gaps import Hour, may_be_silent, overrun, silence
from tasks.health import CONFIG, WEIGHTS, Round, after, begin, is_due, pause, resume

if TYPE_CHECKING:
    from warehouse.models import FeedRow

NOW = datetime(2026, 3, 2, 12)  # noqa: DTZ001  naive UTC; a Monday
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def good(at: datetime, new: int = 0, **more: object) -> Round:
    listed = more.pop("listed", 20)
    return Round(at=at, outcome="ok", read=True, listed=listed, new=new, body_hash="b")._replace(**more)  # type: ignore[arg-type]


def wait(state: FeedRow) -> timedelta:
    assert state.next_at is not None
    assert state.polled_at is not None
    return state.next_at - state.polled_at


def polled(state: FeedRow, *rounds: Round) -> FeedRow:
    for seen in rounds:
        state = after(state, seen, 0.0)
    return state


def started(every: timedelta = HOUR) -> FeedRow:
    """A feed of one entry in every so often, by the dates of its first reading."""
    dates = [NOW - n * every for n in range(1, 21)]
    return after(begin("f", "https://a.example/f", NOW), good(NOW, 20, published=dates), 0.0)


def test_the_first_reading_tells_the_rate_by_its_dates() -> None:
    assert timedelta(minutes=25) <= wait(started(HOUR)) <= timedelta(minutes=35)
    assert wait(started(MINUTE)) == timedelta(seconds=CONFIG.least)
    assert wait(started(30 * DAY)) == DAY
    undated = after(begin("f", "u", NOW), good(NOW, 20), 0.0)
    assert wait(undated) == HOUR


def test_a_feed_that_falls_silent_is_asked_less_and_less_and_more_when_it_wakes() -> None:
    state, waits = started(HOUR), []
    for _ in range(200):
        state = after(state, good(state.next_at or NOW), 0.0)
        waits.append(wait(state))
    assert waits == sorted(waits)
    assert waits[15] < HOUR, "a night without news is nothing unusual"
    assert waits[-1] > 6 * HOUR
    busy = state
    for _ in range(8):
        busy = after(busy, good(busy.next_at or NOW, 15), 0.0)
    assert wait(busy) < wait(state) / 4


def test_a_crowded_poll_halves_the_wait() -> None:
    state = started(HOUR)
    assert wait(after(state, good(NOW + HOUR, 18), 0.0)) <= wait(state) / 2 + MINUTE


@pytest.mark.parametrize(
    ("field", "seconds", "expected"),
    [("ttl_s", 1_800, 1_800), ("fresh_s", 900, 900), ("ttl_s", 86_400, 3_600), ("ttl_s", 5, 120)],
)
def test_a_feeds_own_wish_is_granted_up_to_an_hour(field: str, seconds: int, expected: int) -> None:
    dates = [NOW - n * MINUTE for n in range(1, 21)]
    state = after(begin("f", "u", NOW), good(NOW, 20, published=dates, **{field: seconds}), 0.0)
    assert wait(state).total_seconds() == expected


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(60, 200_000), st.floats(-1, 1)), min_size=1, max_size=40))
def test_a_feed_that_works_is_asked_within_its_bounds(rounds: list[tuple[int, int, float]]) -> None:
    state, at = begin("f", "u", NOW), NOW
    for new, seconds, luck in rounds:
        state = after(state, good(at, new, listed=50, published=[at - MINUTE] * new), luck)
        assert timedelta(seconds=CONFIG.least) <= wait(state) <= timedelta(seconds=CONFIG.most * 1.1)
        assert state.status in ("active", "quiet")
        at += timedelta(seconds=seconds)


@given(st.lists(st.sampled_from(sorted(WEIGHTS)), min_size=1, max_size=80), st.floats(-1, 1))
def test_a_feed_that_fails_is_asked_ever_more_rarely_but_at_least_monthly(outcomes: list[str], luck: float) -> None:
    state = started(HOUR)
    for outcome in outcomes:
        state = after(state, Round(at=state.next_at or NOW, outcome=outcome, detail="d"), luck)
        assert state.status in ("failing", "throttled")
        assert timedelta(seconds=CONFIG.least * 0.9) <= wait(state) <= timedelta(days=33)
    assert state.failures == len(outcomes)
    back = after(state, good(state.next_at or NOW, 1), 0.0)
    assert (back.status, back.failures) == ("active", 0)
    assert wait(back) <= DAY


def test_worse_failures_count_for_more() -> None:
    waits = {
        outcome: wait(after(started(HOUR), Round(NOW + HOUR, outcome), 0.0)) for outcome in ("timeout", "not_found", "blocked")
    }
    assert waits["timeout"] < waits["not_found"] < waits["blocked"]


def test_a_server_that_asks_to_wait_is_left_alone_for_so_long() -> None:
    state = after(started(HOUR), Round(NOW + HOUR, "throttled", "HTTP 429", retry_after_s=7_200), -1.0)
    assert (state.status, wait(state)) == ("throttled", timedelta(seconds=7_200))
    again = after(state, Round(NOW + 3 * HOUR, "throttled", "HTTP 429", retry_after_s=1), -1.0)
    assert wait(again) >= timedelta(minutes=25)
    assert again.score == 0


def test_what_says_that_it_ended_is_asked_no_more() -> None:
    state = after(started(), Round(NOW + HOUR, "gone", "HTTP 410"), 0.0)
    assert (state.status, state.next_at) == ("gone", None)
    assert not is_due(state, NOW + 9_999 * DAY)


def test_a_move_is_believed_after_three_polls_over_two_days_and_can_be_undone() -> None:
    moved = [good(NOW + n * DAY, moved_to="https://b.example/f") for n in range(1, 4)]
    state = polled(started(), *moved[:2])
    assert (state.status, state.url, state.moved_polls) == ("moved", "https://a.example/f", 2)
    assert "moved to https://b.example/f" in state.reason
    state = polled(state, moved[2])
    assert (state.status, state.url, state.former_urls) == ("active", "https://b.example/f", ["https://a.example/f"])
    failing = polled(state, *(Round(NOW + n * DAY, "not_found") for n in range(4, 8)))
    assert failing.url == "https://a.example/f"
    taken_back = polled(started(), moved[0], moved[1], good(NOW + 3 * DAY))
    assert (taken_back.status, taken_back.moved_to, taken_back.url) == ("active", None, "https://a.example/f")
    quick = polled(started(), *(good(NOW + n * HOUR, moved_to="https://b.example/f") for n in range(1, 9)))
    assert quick.url == "https://a.example/f"


def test_statuses_have_their_reasons_and_keep_their_beginning() -> None:
    state = polled(started(), *(Round(NOW + n * HOUR, "timeout", f"no answer {n}") for n in (1, 2, 3)))
    assert (state.status, state.since, state.reason) == ("failing", NOW + HOUR, "timeout: no answer 3")
    assert (
        after(started(), good(NOW + HOUR)._replace(outcome="malformed", detail="line 3"), 0.0).reason
        == "it works, but is malformed: line 3"
    )
    assert after(started(), good(NOW + HOUR, listed=0)._replace(outcome="empty"), 0.0).reason == "it works, and lists nothing"
    quiet = after(started(), good(NOW + 20 * DAY), 0.0)
    assert (quiet.status, quiet.reason) == ("quiet", "nothing new since 2026-03-02 12:00")
    rested = pause(quiet, NOW + 21 * DAY, "paused by the user")
    assert (rested.status, rested.next_at) == ("paused", None)
    assert is_due(resume(rested, NOW + 22 * DAY), NOW + 22 * DAY)


def test_a_clock_that_was_wrong_stops_no_feed() -> None:
    state = started()._replace(next_at=NOW + 900 * DAY)
    assert is_due(state, NOW)
    assert not is_due(state._replace(next_at=NOW + 20 * DAY), NOW)


# ── silences ──

WORKING = {day * 24 + hour: Hour(24, 8) for day in range(5) for hour in range(8, 18)}  # weekdays, 8 to 18 h, for eight weeks
STEADY = {hour: Hour(16, 8) for hour in range(168)}


def watched(last: datetime, weeks: int = 8) -> FeedRow:
    return started()._replace(new_at=last, first_at=last - timedelta(weeks=weeks), per_day=30.0)


@pytest.mark.parametrize(
    ("past", "last", "now", "silent"),
    [
        (WORKING, NOW.replace(hour=17), NOW + timedelta(hours=19), False),  # over night
        (WORKING, NOW - 3 * DAY + 5 * HOUR, NOW - 4 * HOUR, False),  # over the weekend, up to Monday 8 h
        (WORKING, NOW - 3 * DAY + 5 * HOUR, NOW + 2 * HOUR, True),  # Monday 14 h, nothing since Friday 17 h
        (STEADY, NOW, NOW + 2 * HOUR, False),
        (STEADY, NOW, NOW + 8 * HOUR, True),
        ({5: Hour(3, 3)}, NOW, NOW + 30 * DAY, False),  # too little is known
    ],
)
def test_a_silence_is_one_against_the_feeds_own_past(past: dict[int, Hour], last: datetime, now: datetime, silent: bool) -> None:  # noqa: FBT001  a row of the table
    gap = silence(watched(last), past, now)
    assert (gap is not None) is silent
    if gap is not None:
        assert (gap.silent_since, gap.opened_at, gap.closed_at) == (last, now, None)
        assert gap.expected is not None
        assert gap.expected > 5
        assert "nothing new" in gap.reason


def test_the_cause_of_a_silence_is_told() -> None:
    failing = watched(NOW)._replace(status="failing", reason="dns: its host has no address")
    gap = silence(failing, STEADY, NOW + 12 * HOUR)
    assert gap is not None
    assert gap.reason == "dns: its host has no address"


def test_a_new_feed_is_judged_by_its_mean() -> None:
    past = {hour: Hour(3, 1) for hour in range(24, 120)}
    assert silence(watched(NOW, weeks=1), past, NOW + 3 * DAY) is None, "a weekend explains it"
    assert silence(watched(NOW, weeks=1), past, NOW + 4 * DAY) is not None


@given(
    st.dictionaries(st.integers(0, 167), st.builds(Hour, st.integers(0, 500), st.integers(0, 8)), max_size=168),
    st.integers(0, 10_000),
)
def test_no_silence_is_shorter_than_three_hours(past: dict[int, Hour], seconds: int) -> None:
    now = NOW + timedelta(seconds=seconds)
    if now - NOW < timedelta(hours=GAPS.least_hours):
        assert silence(watched(NOW), past, now) is None
    assert may_be_silent(watched(NOW), NOW + DAY)
    assert not may_be_silent(pause(watched(NOW), NOW, "p"), NOW + DAY)


def test_an_overrun_is_noted() -> None:
    before = started()
    gap = overrun(before, NOW + DAY, 20, 20)
    assert gap is not None
    assert (gap.kind, gap.silent_since, gap.closed_at) == ("overrun", NOW, NOW + DAY)
    assert overrun(before, NOW + DAY, 20, 19) is None
    assert overrun(begin("f", "u", NOW), NOW, 20, 20) is None
