"""Silences: has a feed been without news for longer than its own past explains? Pure.

Its past is a week of 168 hours: how often each of them had news, and how many entries. The chance that all hours since the
last entry stay without is the product of their chances; where that is next to nothing, news may be missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from warehouse.models import GapRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warehouse.models import FeedRow

HOURS = 168
SURE = 0.9  # no hour is certain to have news, however many weeks it had


@dataclass(frozen=True, slots=True)
class Config:
    """The thresholds."""

    unlikely: float = 1e-3  # of silences so unlikely there is one in some months of watching a busy feed
    weeks: int = 8  # of the past that count
    fewest_entries: int = 10  # below, a past tells nothing
    settled_days: float = 14.0  # until then hours of the week cannot be told apart: nights and weekends look like silences
    prior: float = 0.25  # weeks that the mean of all hours counts beside what is known of one
    unsettled_hours: float = 84.0  # a silence that no weekend explains
    least_hours: float = 3.0  # shorter silences are nobody's business


CONFIG = Config()


class Hour(NamedTuple):
    """What an hour of the week had in the past: entries, and weeks in which it had any."""

    entries: int
    weeks: int


def since(now: datetime) -> datetime:
    """How far the past goes back that counts."""
    return now - timedelta(weeks=CONFIG.weeks)


def hour_of_week(at: datetime) -> int:
    """0 is Monday 00:00 UTC."""
    return at.weekday() * 24 + at.hour


def silence(state: FeedRow, past: Mapping[int, Hour], now: datetime) -> GapRow | None:
    """A gap that opens now, or None. `past` is by hour of the week, up to the last entry."""
    if state.new_at is None or state.first_at is None or sum(h.entries for h in past.values()) < CONFIG.fewest_entries:
        return None
    if now - state.new_at < timedelta(hours=CONFIG.least_hours):
        return None
    begun = max(state.first_at, since(now))
    weeks = max((state.new_at - begun).total_seconds() / (HOURS * 3600), 1 / 7)
    if weeks * 7 < CONFIG.settled_days and now - state.new_at < timedelta(hours=CONFIG.unsettled_hours):
        return None
    chance, expected = _odds(past, weeks, state.new_at, now)
    if chance > CONFIG.unlikely:
        return None
    cause = state.reason if state.status in ("failing", "throttled") else "it answers, but lists nothing new"
    return GapRow(state.source, "silent", state.new_at, now, None, round(expected, 1), cause)


def may_be_silent(state: FeedRow, now: datetime) -> bool:
    """Whether it is worth looking at the past: a cheap test that lets no silence through."""
    if state.new_at is None or not state.per_day or state.status == "paused":
        return False
    days = (now - state.new_at).total_seconds() / 86_400
    return days * 24 >= CONFIG.least_hours


def overrun(before: FeedRow, now: datetime, listed: int, new: int) -> GapRow | None:
    """A gap if all that a feed lists is new, though it was read before: older entries may have come and gone in between."""
    if before.first_at is None or not before.entries or before.ok_at is None or listed < 2 or new < listed:
        return None
    reason = f"all {listed} entries were new; those of between the polls that it no longer lists are missing, if there were any"
    return GapRow(before.source, "overrun", before.ok_at, now, now, None, reason)


def _odds(past: Mapping[int, Hour], weeks: float, start: datetime, end: datetime) -> tuple[float, float]:
    """The chance of no news at all between two moments, and how many entries were to be expected."""
    busy = sum(h.weeks for h in past.values()) / (weeks * HOURS)  # share of all hours that had news
    volume = sum(h.entries for h in past.values()) / (weeks * HOURS)
    settled = weeks * 7 >= CONFIG.settled_days
    chance, expected = 1.0, 0.0
    at, end = start, min(end, start + timedelta(weeks=CONFIG.weeks))  # by then it is silent or never will be
    while at < end:
        until = min(end, at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1))
        share = (until - at).total_seconds() / 3600
        hour = past.get(hour_of_week(at), Hour(0, 0))
        known = weeks + CONFIG.prior
        odds = (
            (hour.weeks + CONFIG.prior * busy) / known if settled else busy
        )  # an hour never seen busy is as any other, a little
        mean = (hour.entries + CONFIG.prior * volume) / known if settled else volume
        chance *= (1 - min(odds, SURE)) ** share
        expected += mean * share
        at = until
    return chance, expected
