"""Which feeds a poll asks, and the states of those that the user paused, resumed, moved or removed since the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.fetch.secrets import redacted
from tasks.health import begin, is_due, pause, resume
from warehouse.errors import NoWarehouse, QueryError, StoreError
from warehouse.models import FeedRow, Landing
from warehouse.query import look_up, reading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tasks.types import FeedSource
    from warehouse.layout import Layout
    from warehouse.store import Store

REMOVED = "its source was removed"


def due(
    store: Store,
    feeds: Sequence[FeedSource],
    declared: Sequence[FeedSource],
    now: datetime,
    *,
    named: bool,
    everything: bool,
    whole: bool = True,
) -> list[tuple[FeedSource, FeedRow]]:
    """The feeds to be asked now, the longest overdue first.

    Of feeds that are `named` all are asked, also paused ones and those that ended; of `everything` those that are neither,
    and that have not asked us to wait; else those that are due. `whole`: all sources could be read, so that those that are
    not declared were removed.
    """
    states = store.feeds()
    changed: list[FeedRow] = []
    current: dict[str, FeedRow] = {}
    for source in {s.name: s for s in (*declared, *feeds)}.values():
        before = states.get(source.name)
        state = _as_declared(source, before, now)
        current[source.name] = state
        if before is not None and state != before:
            changed.append(state)
    gone = set(states) - set(current)
    changed += [pause(states[n], now, REMOVED) for n in gone if whole and states[n].reason != REMOVED]
    if changed:
        store.land(Landing(feed=changed))
    chosen = [(s, current[s.name]) for s in feeds if named or _wanted(current[s.name], now, everything=everything)]
    return sorted(chosen, key=lambda pair: pair[1].next_at or now)


def none_due(layout: Layout, feeds: Sequence[FeedSource], now: datetime) -> bool:
    """Whether the published warehouse tells that no feed is due and the user changed none: then there is nothing to do.

    What is published may be behind, and then a feed only seems to be due: a poll will see.
    """
    try:
        with reading(layout) as con:
            states = {row["source"]: FeedRow(**row) for row in look_up(con, "feeds")}
    except (NoWarehouse, StoreError, QueryError):
        return False
    settled = all(s.name in states and _as_declared(s, states[s.name], now) == states[s.name] for s in feeds)
    left = {name for name, state in states.items() if state.reason != REMOVED} - {s.name for s in feeds}
    return settled and not left and not any(is_due(states[s.name], now) for s in feeds)


def _as_declared(source: FeedSource, state: FeedRow | None, now: datetime) -> FeedRow:
    """The feed's state, with what the user decided since the last poll."""
    address = redacted(source.feed)
    if state is None:
        state = begin(source.name, address, now)
    elif state.declared_url != address:  # the user gave another address: what was learned of the old one does not hold
        fresh = begin(source.name, address, now)
        state = fresh._replace(first_at=state.first_at, new_at=state.new_at, per_day=state.per_day, every_s=state.every_s)
    if source.paused:
        return state if state.status == "paused" and state.reason != REMOVED else pause(state, now, "paused by the user")
    return resume(state, now) if state.status == "paused" else state


def _wanted(state: FeedRow, now: datetime, *, everything: bool) -> bool:
    if state.status in ("paused", "gone"):
        return False
    if everything:
        return state.status != "throttled" or state.next_at is None or state.next_at <= now
    return is_due(state, now)
