"""A feed's health over many polls: jitter, validators, partial bodies, moves, and when a status begins."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.health import CONFIG, GOOD, WEIGHTS, Round, after, begin, is_due

if TYPE_CHECKING:
    from warehouse.models import FeedRow

NOW = datetime(2026, 3, 2, 12)  # noqa: DTZ001  naive UTC; a Monday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OLD, NEW = "https://a.example/f", "https://b.example/f"


def good(at: datetime, new: int = 0, **more: object) -> Round:
    return Round(at=at, outcome="ok", read=True, listed=20, new=new, body_hash="b")._replace(**more)  # type: ignore[arg-type]


def started(every: timedelta = HOUR) -> FeedRow:
    dates = [NOW - n * every for n in range(1, 21)]
    return after(begin("f", OLD, NOW), good(NOW, 20, published=dates, etag='"1"', last_modified="m1"), 0.0)


def wait(state: FeedRow) -> timedelta:
    assert state.next_at is not None
    assert state.polled_at is not None
    return state.next_at - state.polled_at


OUTCOMES = [*sorted(GOOD), *sorted(WEIGHTS)]


@given(st.lists(st.tuples(st.sampled_from(OUTCOMES), st.integers(0, 20), st.sampled_from([None, NEW])), max_size=40))
def test_a_status_begins_when_it_changes_and_only_then(polls: list[tuple[str, int, str | None]]) -> None:
    state = started()
    for outcome, new, moved_to in polls:
        before = state
        at = before.next_at or NOW
        state = after(before, good(at, new, outcome=outcome, moved_to=moved_to, read=outcome in GOOD, listed=0), 0.0)
        assert state.since == (before.since if state.status == before.status else at)
        assert state.reason
        assert state.polled_at == at
        assert state.next_at is not None
        assert is_due(state, state.next_at)
        assert not is_due(state, state.next_at - timedelta(seconds=1))


@given(st.floats(-1, 1), st.sampled_from(["ok", "timeout", "dns"]))
def test_polls_spread_by_a_tenth(luck: float, outcome: str) -> None:
    even, spread = (after(started(), good(NOW + HOUR, outcome=outcome, listed=0), n) for n in (0.0, luck))
    assert wait(spread) / wait(even) == pytest.approx(1 + CONFIG.jitter * luck)
    assert spread.every_s == even.every_s, "what is remembered is not spread again and again"


def test_validators_are_those_of_the_last_body() -> None:
    same = after(started(), good(NOW + HOUR, outcome="unchanged", read=False, listed=0), 0.0)
    assert (same.etag, same.last_modified, same.entries, same.body_hash) == ('"1"', "m1", 20, "b")
    other = after(same, good(NOW + 2 * HOUR, etag='"2"'), 0.0)
    assert (other.etag, other.last_modified) == ('"2"', None), "those of an older body would hide a newer one"
    failed = after(other, Round(NOW + 3 * HOUR, "timeout"), 0.0)
    assert failed.etag == '"2"'


def test_the_dates_of_the_future_tell_no_rate() -> None:
    ahead = [NOW + n * HOUR for n in range(1, 20)]
    assert after(begin("f", OLD, NOW), good(NOW, 19, published=ahead), 0.0).per_day is None


def test_a_body_that_was_cut_off_but_read_in_part_counts_little_and_is_read_again() -> None:
    cut = after(started(), Round(NOW + HOUR, "cut", listed=9, new=3), 0.0)
    lost = after(started(), Round(NOW + HOUR, "cut"), 0.0)
    assert cut.score < lost.score
    assert (cut.ok_at, cut.new_at, cut.body_hash) == (NOW + HOUR, NOW + HOUR, None)
    assert (lost.ok_at, lost.body_hash) == (NOW, "b")


def test_a_move_that_is_taken_back_or_changes_its_mind_begins_anew() -> None:
    state = started()
    for day, to in enumerate((NEW, NEW, "https://c.example/f", "https://c.example/f", "https://c.example/f"), 1):
        state = after(state, good(NOW + day * DAY, moved_to=to), 0.0)
        assert state.url == (OLD if day < 5 else "https://c.example/f")
    state = started()
    taken_back: tuple[str | None, ...] = (NEW, NEW, None, NEW, NEW)
    for day, there in enumerate(taken_back, 1):
        state = after(state, good(NOW + day * DAY, moved_to=there), 0.0)
    assert (state.url, state.status, state.moved_polls) == (OLD, "moved", 2)


def test_an_address_that_was_adopted_by_mistake_is_given_up_with_its_validators() -> None:
    state = started()
    for day in (1, 2, 3):
        state = after(state, good(NOW + day * DAY, moved_to=NEW, etag='"new"'), 0.0)
    for day in range(4, 4 + CONFIG.turn_back):
        assert state.url == NEW
        state = after(state, Round(NOW + day * DAY, "not_found"), 0.0)
    assert (state.url, state.former_urls, state.etag, state.last_modified) == (OLD, [NEW], None, None)
    back = after(state, good(NOW + 9 * DAY, 1), 0.0)
    assert (back.url, back.status, back.failures) == (OLD, "active", 0)


@pytest.mark.parametrize("asked", [1, 7_200, 10 * 86_400])
def test_a_feed_that_works_may_ask_to_wait_up_to_a_day(asked: int) -> None:
    state = after(started(), good(NOW + HOUR, retry_after_s=asked), 0.0)
    assert wait(state).total_seconds() == max(state.every_s, min(asked, CONFIG.most))
