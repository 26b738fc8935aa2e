"""Forgetting: an article, or all of a source, taken out of the warehouse for good, with a receipt; and let in again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256
from typing import IO, TYPE_CHECKING

from flows.settings import VERSION
from flows.where import where
from tasks.judge import TELLING
from tasks.parse.formats import csv, jsonl
from tasks.parse.unpack import PACKED, ZIP
from warehouse.errors import UsageError
from warehouse.layout import Layout
from warehouse.lock import WriterLock
from warehouse.removal import Wish, find, finish, lift, remove
from warehouse.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from flows.settings import Settings
    from warehouse.removal import Receipt

FORMATS = {"jsonl": jsonl.without, "csv": csv.without}
PACKINGS = (ZIP, *PACKED)


@dataclass(slots=True)
class Forgotten:
    """What came of it: a receipt for each thing asked, and what could not be found."""

    receipts: list[Receipt] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    trial: bool = False


def forget(
    asked: Sequence[str],
    settings: Settings,
    *,
    reason: str | None = None,
    trial: bool = False,
    say: Callable[[str], None] = lambda _text: None,
) -> Forgotten:
    """Take each article (article_id, address or path) or source that is asked out of the warehouse, and out of its files.

    A `trial` only counts. What a killed run left half done is done first, and its receipt is among those returned.
    Raises UsageError where it is not clear what is meant, StoreError where there is no room to write files anew.
    """
    found = Forgotten(trial=trial)
    with _store(settings, "forget", say) as store:
        for item in asked:
            wish = _wish(store, item, reason)
            if wish is not None and (wish.article_ids or wish.source):
                found.receipts.append(remove(store, wish, cut=cut, trial=trial))
            elif earlier := find(store, "", _told(item)):  # by a run that was killed before it could say so
                found.receipts.append(earlier[0])
            else:
                found.unknown.append(item)
        store.end()
        if not trial:
            done = {receipt.receipt_id: receipt for receipt in finish(store)}
            found.receipts = [done.get(r.receipt_id, r) for r in found.receipts]
    return found


def undo(receipt_id: str, settings: Settings, *, say: Callable[[str], None] = lambda _text: None) -> Receipt | None:
    """Let what a receipt names in again; None if there is no such receipt. Its source has to bring it: nothing is restored."""
    with _store(settings, "forget", say) as store:
        receipt = lift(store, receipt_id)
        store.end()
        if receipt is not None:
            store.publish()
    return receipt


def cut(form: str, stream: IO[bytes], records: frozenset[int]) -> Iterator[bytes] | None:
    """A payload's bytes without these records; None for a format or packing that cannot do without one."""
    head = stream.read(8)
    stream.seek(0)
    without = FORMATS.get(form)
    return None if without is None or head.startswith(PACKINGS) else without(stream, records)  # type: ignore[arg-type]  # a BinaryIO


def _store(settings: Settings, flow: str, say: Callable[[str], None]) -> Store:
    layout = Layout(settings.data)
    lock = WriterLock(layout.live, f"wirehouse {flow}", wait_s=settings.wait_s, on_wait=say)
    return Store(layout, lock, flow=flow, code_version=VERSION)


def _wish(store: Store, item: str, reason: str | None) -> Wish | None:
    """What is meant by an item. Raises UsageError if it may be several things."""
    articles = list(dict.fromkeys(a["article_id"] for a in where(store.con, item)["articles"]))
    if item in {row.source for row in store.sources()}:
        if articles:
            raise UsageError(
                f"{item} is a source, and a file of that name is known; give the article_id, or the path with its folder"
            )
        return Wish("source", item, reason, tuple(store.articles_of(item)), item, TELLING)
    if len(articles) > 1:
        raise UsageError(f"several articles come from {item}; name those that are meant: {', '.join(articles[:8])}")
    return Wish("article", _told(item), reason, tuple(articles), None, TELLING)


def _told(item: str) -> str:
    """What a receipt says of what was asked: an identifier as typed, of anything else only its hash."""
    return item if re.fullmatch(r"[a-z2-7]{16}", item) else sha256(item.encode("utf-8", "surrogateescape")).hexdigest()
