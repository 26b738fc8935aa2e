"""A feed's health: what a poll says of it, and when it is asked next. Pure.

A feed that works is asked about twice as often as it has news; one that fails ever more rarely, but at least once a month,
since feeds come back. Only one that says itself that it ended (410) is asked no more.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from warehouse.models import FeedRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from warehouse.models import FeedStatus


@dataclass(frozen=True, slots=True)
class Config:
    """Times in seconds."""

    least: int = 120  # between two polls of one feed
    most: int = 86_400
    hint: int = 3_600  # up to here a feed's own wish (ttl, max-age) is granted; many state a day and publish by the minute
    polls_per_entry: float = 2.0  # so that an entry waits for half of the usual distance to the next one
    memory_days: float = 3.0  # how long the publication rate remembers
    crowded: float = 0.5  # share of new entries from which some may have been missed
    jitter: float = 0.1  # share of the interval by which polls spread, so that feeds do not fall into step
    quiet_days: float = 7.0  # without news for so long, and for five times its usual distance, a feed is quiet
    failing_most: int = 31 * 86_400
    move_polls: int = 3  # a move for good is believed after so many polls
    move_days: float = 2.0  # over so many days: a mistaken redirect is mended by then
    turn_back: int = 4  # failures at a new address after which the old one is tried again


CONFIG = Config()
GOOD = frozenset({"ok", "unchanged", "empty", "malformed"})  # outcomes of a feed that works
WEIGHTS = {
    "throttled": 0.5, "timeout": 1.0, "connect": 1.0, "reset": 1.0, "cut": 1.0, "http_error": 1.0, "dns": 1.5, "tls": 1.5,
    "not_found": 1.5, "forbidden": 1.5, "not_a_feed": 1.5, "undecodable": 1.5, "too_large": 2.0, "loop": 2.0, "bad_url": 3.0,
    "blocked": 3.0,
}  # fmt: skip
"""How much a failure adds to the score: the interval doubles with each point, since some pass sooner than others."""
HIGHEST = 14.0  # of the score


class Round(NamedTuple):
    """What one poll of a feed brought. Addresses are without credentials."""

    at: datetime
    outcome: str
    detail: str | None = None
    moved_to: str | None = None
    retry_after_s: int | None = None
    fresh_s: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    read: bool = False  # a body was read: the fields below hold
    title: str | None = None
    site: str | None = None
    format: str | None = None
    ttl_s: int | None = None
    listed: int = 0  # entries
    new: int = 0  # of them that are new articles
    published: Sequence[datetime] = ()  # of the new ones


def begin(source: str, url: str, now: datetime) -> FeedRow:
    """A feed that was never asked: it is due at once."""
    return FeedRow(source, url, url, "active", now, "not asked yet", now)


def after(state: FeedRow, seen: Round, luck: float) -> FeedRow:
    """The feed's state after a poll. `luck` is between -1 and 1: it spreads the next poll."""
    state = state._replace(polled_at=seen.at)
    if seen.outcome in GOOD:
        return _well(state, seen, luck)
    if seen.outcome == "gone" and state.url != state.declared_url:  # the address that it moved to: the user's may still work
        back = state._replace(url=state.declared_url, former_urls=[*state.former_urls, state.url], etag=None, last_modified=None)
        return _ill(back, seen._replace(outcome="not_found"), luck)
    if seen.outcome == "gone":
        return _now(state, "gone", "it says that it ended for good (410)", seen.at)._replace(next_at=None)
    return _ill(state, seen, luck)


def pause(state: FeedRow, now: datetime, reason: str) -> FeedRow:
    """The user does not want it to be asked."""
    return _now(state, "paused", reason, now)._replace(next_at=None)


def resume(state: FeedRow, now: datetime) -> FeedRow:
    """The user wants it to be asked again."""
    return _now(state, "active", "resumed", now)._replace(next_at=now)


def is_due(state: FeedRow, now: datetime) -> bool:
    """Whether it is time. A poll in the future, or a time further off than any we set, comes from a clock that was wrong."""
    if state.next_at is not None and state.polled_at is not None and state.polled_at > now + timedelta(hours=1):
        return True
    return state.next_at is not None and not now < state.next_at <= now + timedelta(seconds=1.2 * CONFIG.failing_most)


# ── a feed that works ──


def _well(state: FeedRow, seen: Round, luck: float) -> FeedRow:
    first = state.first_at is None
    days = (seen.at - (state.ok_at or seen.at)).total_seconds() / 86_400
    state = state._replace(
        ok_at=seen.at, failures=0, score=state.score / 4 if state.score > 1 else 0.0,
        etag=seen.etag if seen.read else seen.etag or state.etag,
        last_modified=seen.last_modified if seen.read else seen.last_modified or state.last_modified,
    )  # fmt: skip
    if seen.read:
        state = state._replace(
            body_hash=seen.body_hash, title=seen.title or state.title, site=seen.site or state.site, ttl_s=seen.ttl_s,
            format=seen.format or state.format, entries=seen.listed, first_at=state.first_at or seen.at,
        )  # fmt: skip
    rate = _first_rate(seen) if first else _rate(state.per_day, seen.new, days)
    every = _every(state, seen, rate, first=first)
    new_at = seen.at if seen.new else state.new_at
    state = state._replace(per_day=rate, every_s=every, new_at=new_at)
    wait = max(every, min(seen.retry_after_s or 0, CONFIG.most)) * (1 + CONFIG.jitter * luck)
    state = state._replace(next_at=seen.at + timedelta(seconds=max(wait, CONFIG.least)))
    return _settled(_moved(state, seen), seen)


def _first_rate(seen: Round) -> float | None:
    """Entries a day, from the dates of those that it lists when it is first read."""
    dates = sorted(d for d in seen.published if d <= seen.at)
    if len(dates) < 2:
        return None
    days = max((seen.at - dates[0]).total_seconds() / 86_400, 1 / 48)
    return len(dates) / days


def _rate(per_day: float | None, new: int, days: float) -> float | None:
    """Entries a day, the recent days counting most; `days` have passed since the last poll that worked."""
    if days <= 0:
        return per_day
    kept = math.exp(-days / CONFIG.memory_days)
    now = new / max(days, 1 / 1440)
    return now if per_day is None and new else None if per_day is None else per_day * kept + now * (1 - kept)


def _every(state: FeedRow, seen: Round, rate: float | None, *, first: bool) -> int:
    """Seconds to the next poll."""
    wish = CONFIG.most if not rate else 86_400 / (CONFIG.polls_per_entry * rate)
    if first and rate is None:
        wish = CONFIG.hint
    elif not first and state.every_s:
        if seen.listed and seen.new / seen.listed >= CONFIG.crowded:
            wish = min(wish, state.every_s / 2)
        wish = min(max(wish, state.every_s / 2), state.every_s * 1.5)
    floor = max(CONFIG.least, min(max(state.ttl_s or 0, seen.fresh_s or 0), CONFIG.hint))
    return round(min(max(wish, floor), CONFIG.most))


def _moved(state: FeedRow, seen: Round) -> FeedRow:
    """A move for good is believed once it has held for some polls and days: then the new address is the feed's."""
    if seen.moved_to is None or seen.moved_to == state.url:
        return state._replace(moved_to=None, moved_at=None, moved_polls=0)
    if seen.moved_to != state.moved_to or state.moved_at is None:
        return state._replace(moved_to=seen.moved_to, moved_at=seen.at, moved_polls=1)
    state = state._replace(moved_polls=state.moved_polls + 1)
    held = seen.at - (state.moved_at or seen.at) >= timedelta(days=CONFIG.move_days)
    if not held or state.moved_polls < CONFIG.move_polls or seen.outcome not in ("ok", "unchanged"):
        return state
    former = [*(u for u in state.former_urls if u not in (state.url, seen.moved_to)), state.url]
    return state._replace(url=seen.moved_to, former_urls=former, moved_to=None, moved_at=None, moved_polls=0)


def _settled(state: FeedRow, seen: Round) -> FeedRow:
    """The status of a feed that works."""
    if state.moved_to and state.moved_at:
        why = f"it says since {state.moved_at:%Y-%m-%d} that it moved to {state.moved_to}"
        return _now(state, "moved", why, seen.at)
    last = state.new_at or state.first_at or seen.at
    silent_days = max((seen.at - last).total_seconds() / 86_400, 0.0)  # clocks are set back
    # What the rate was when the last entry came: since then it has only faded.
    usual_days = math.exp(-silent_days / CONFIG.memory_days) / state.per_day if state.per_day else 0.0
    if silent_days > max(CONFIG.quiet_days, 5 * usual_days):
        return _now(state, "quiet", f"nothing new since {last:%Y-%m-%d %H:%M}", seen.at)
    notes = {"empty": "it works, and lists nothing", "malformed": f"it works, but is malformed: {seen.detail}"}
    return _now(state, "active", notes.get(seen.outcome, "it works"), seen.at)


# ── a feed that does not ──


def _ill(state: FeedRow, seen: Round, luck: float) -> FeedRow:
    partly = seen.listed > 0  # of a body that was cut off some was read
    weight = 0.25 if partly else WEIGHTS.get(seen.outcome, 1.0)
    if seen.outcome == "throttled" and seen.retry_after_s:
        weight = 0.0  # it says itself how long to wait
    failures, score = state.failures + 1, min(state.score + weight, HIGHEST)
    state = state._replace(failures=failures, score=score, new_at=seen.at if seen.new else state.new_at)
    if partly:
        state = state._replace(ok_at=seen.at, first_at=state.first_at or seen.at, entries=seen.listed, body_hash=None)
    base = max(state.every_s, CONFIG.least * 2)
    ill_s = (seen.at - (state.ok_at or (state.since if state.status == "failing" else seen.at))).total_seconds()
    most = min(max(CONFIG.most, ill_s / 4), CONFIG.failing_most)
    wait = min(base * 2.0 ** math.ceil(score), most) * (1 + CONFIG.jitter * luck)
    if seen.outcome == "throttled":
        wait = max(state.every_s or CONFIG.least, CONFIG.least) * 2.0**score
        wait = max(wait, seen.retry_after_s or 0)
    state = state._replace(next_at=seen.at + timedelta(seconds=min(wait, CONFIG.failing_most)))
    if state.former_urls and failures % CONFIG.turn_back == 0:  # the new address may have been the mistake
        *others, back = state.former_urls
        state = state._replace(url=back, former_urls=[state.url, *others], etag=None, last_modified=None)
    status: FeedStatus = "throttled" if seen.outcome == "throttled" else "failing"
    asks = f"; it asks to wait {seen.retry_after_s:,} s" if seen.retry_after_s and status == "throttled" else ""
    what = seen.outcome if status == "failing" else ""
    return _now(state, status, ": ".join(filter(None, (what, seen.detail))) + asks or seen.outcome, seen.at)


def _now(state: FeedRow, status: FeedStatus, reason: str, at: datetime) -> FeedRow:
    """The state with this status, which it has since now unless it had it before."""
    return state._replace(status=status, reason=reason, since=state.since if state.status == status else at)
