"""Backing a warehouse up while it runs, and putting a backup back."""

from __future__ import annotations

import json
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.settings import VERSION
from warehouse.backup import Backup, backup, backups, note, restore, take
from warehouse.errors import StoreError, UsageError
from warehouse.layout import Layout
from warehouse.lock import WriterLock
from warehouse.removal import Receipt, Wish, find, finish, remove
from warehouse.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path
    from typing import TypeAlias

    from flows.settings import Settings
    from warehouse.backup import Made

    Progress: TypeAlias = Callable[[int], AbstractContextManager[Callable[[int], None]]]


@dataclass(slots=True)
class Restored:
    """What was put back."""

    backup: Backup
    replaced: Path | None  # where what lay there is now
    removed_again: list[Receipt] = field(default_factory=list)


def back_up(
    folder: Path,
    settings: Settings,
    *,
    full: bool = False,
    keep: int = 3,
    progress: Progress | None = None,
    say: Callable[[str], None] = lambda _text: None,
) -> Made:
    """Copy the warehouse into a folder. The writer lock is held only while what has landed is published."""
    layout = Layout(settings.data)
    if folder.resolve() == layout.data.resolve() or layout.data.resolve() in folder.resolve().parents:
        raise UsageError(f"{folder} lies in the data folder itself: name a folder outside of it, best on another disk")
    if not layout.database.exists():
        raise StoreError(f"there is no warehouse in {layout.data}: name its folder with --data")
    with _store(layout, "backup", settings, say) as store:
        store.end()
        store.publish()
        taken = take(store)
    try:
        with progress(taken.n_bytes) if progress else nullcontext(lambda _n: None) as told:
            made = backup(taken, layout, folder, full=full, keep=keep, told=told)
    finally:
        taken.close()
    note(layout, folder)
    return made


def put_back(
    folder: Path,
    settings: Settings,
    *,
    stamp: str | None = None,
    force: bool = False,
    progress: Progress | None = None,
    say: Callable[[str], None] = lambda _text: None,
) -> Restored:
    """Restore a backup into the data folder, and publish it. What was forgotten there since the backup goes again."""
    layout = Layout(settings.data)
    chosen = _chosen(folder, stamp)
    if layout.data.exists() and any(layout.data.iterdir()) and not force:
        raise UsageError(f"{layout.data} is not empty: name an empty folder with --data, or say --force to replace what is there")
    lock = WriterLock(layout.live, "wirehouse restore", wait_s=settings.wait_s, on_wait=say)
    lock.acquire()
    try:
        with progress(chosen.n_bytes) if progress else nullcontext(lambda _n: None) as told:
            restored = Restored(chosen, restore(chosen, folder, layout, told))
    finally:
        lock.release()
    with _store(layout, "restore", settings, say) as store:
        for receipt in _unknown(store):
            there = tuple(i for i in receipt.article_ids if store.has_article(i))
            source = receipt.asked if receipt.kind == "source" else None
            if there or source:
                wish = Wish("source" if source else "article", receipt.asked, receipt.reason, there, source)
                restored.removed_again.append(remove(store, wish))
        store.end()
        finish(store)
        store.publish()
    return restored


def _chosen(folder: Path, stamp: str | None) -> Backup:
    found = backups(folder)
    if not found:
        raise StoreError(f"there is no whole backup in {folder}: name the folder that `wirehouse backup` wrote")
    if stamp is None:
        return found[-1]
    if chosen := next((b for b in found if b.stamp == stamp), None):
        return chosen
    raise UsageError(f"there is no backup {stamp} in {folder}; there are: {', '.join(b.stamp for b in found)}")


def _unknown(store: Store) -> list[Receipt]:
    """Takedowns of which the receipts lie in the data folder, and that the restored database knows nothing of."""
    found = []
    for path in sorted(store.layout.receipts.glob("*.json")):
        with suppress(ValueError, KeyError):
            told = json.loads(path.read_bytes())
            if told["lifted_at"] is None and not find(store, told["receipt_id"]):
                found.append(
                    Receipt(
                        told["receipt_id"], told["kind"], told["asked"], told["reason"], told["removed_at"], told["article_ids"]
                    )
                )
    return found


def _store(layout: Layout, flow: str, settings: Settings, say: Callable[[str], None]) -> Store:
    lock = WriterLock(layout.live, f"wirehouse {flow}", wait_s=settings.wait_s, on_wait=say)
    return Store(layout, lock, flow=flow, code_version=VERSION)
