"""Daily care: what is too old goes, as retention.toml says; archive and database are written anew where much of them is void."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING

from flows.retention import load
from flows.settings import VERSION
from warehouse.layout import Layout
from warehouse.lock import WriterLock
from warehouse.store import Store
from warehouse.upkeep import clear, expire_articles, expire_rows, expired, litter, rewrite_archives, slim, wasteful_archives

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.settings import Settings

RECENT = timedelta(days=30)  # an entry that a feed dropped may come back for so long
WEEK = timedelta(days=7)  # how long the copy from before a migration is kept


def maintain(settings: Settings, say: Callable[[str], None] = lambda _text: None, *, trial: bool = False) -> dict[str, object]:
    """Look after the warehouse; returns what was done. A `trial` tells what would be.

    Removals that a killed run left half done are finished first. Raises UsageError if retention.toml is wrong, StoreError where
    there is no room.
    """
    started, now = monotonic(), datetime.now(UTC).replace(tzinfo=None)
    layout = Layout(settings.data)
    terms = load(layout.retention).terms(now)
    lock = WriterLock(layout.live, "wirehouse maintain", wait_s=settings.wait_s, on_wait=say)
    rows: Counter[str] = Counter()
    won, rewritten = 0, list[str]()
    with Store(layout, lock, flow="maintain", arguments={"dry_run": trial}, code_version=VERSION) as store:
        old = expired(store, terms, now - RECENT)
        if trial:
            rewritten, left = wasteful_archives(store), litter(store, WEEK)
            rows = expire_rows(store, terms, now, trial=True)
        else:
            for gone in expire_articles(store, old):
                rows += gone
                store.breathe()
            rows += expire_rows(store, terms, now)
            for name, n_bytes in rewrite_archives(store):
                rewritten.append(name)
                won += n_bytes
                say(f"{name} is written anew: {n_bytes:,} bytes won")
            left = litter(store, WEEK)
            clear(left)
        payloads = rows.pop("payloads", 0)
        slimmer = slim(store, trial=trial)
        store.end()
        if not trial:
            store.merge()
        published = not trial and store.publish() is not None
    return {
        "dry_run": trial, "articles": len(old), "rows": dict(sorted(rows.items())), "payloads": payloads, "archives": rewritten,
        "archive_bytes": won, "database_bytes": slimmer, "litter": len(left), "published": published,
        "seconds": round(monotonic() - started, 3),
    }  # fmt: skip
