"""Removals: articles taken out of every table, and then out of every file.

The rows go in one transaction, which also writes the receipt: from then on it is `removed`. What remains is to get rid of bytes:
archive files and the database are written anew without them, published copies are replaced. Killed on the way, the next run that
opens the warehouse goes on (`finish`); a takedown is `done` when no file of the data folder holds a word of it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Any, Literal
from uuid import uuid4

import pyarrow as pa

from warehouse import archive
from warehouse.backup import noted
from warehouse.migrate import sql
from warehouse.packing import compact, places, rewrite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import TypeAlias

    from warehouse.layout import Layout
    from warehouse.store import Store

Cut: TypeAlias = "Callable[[str, IO[bytes], frozenset[int]], Iterator[bytes] | None]"
"""Gives, of a format and a payload, its bytes without these records; None if that cannot be done."""

DELETED = re.compile(r"DELETE FROM (\w+\.\w+)")
CUT_MOST = 1 << 30  # bytes of a payload up to which records are cut out of it: it is unpacked beside the archive for that


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to go, and who says so."""

    kind: Literal["article", "source", "retention"]
    asked: str = ""  # an article_id, a source's name, or SHA-256 of an address or path
    reason: str | None = None
    article_ids: tuple[str, ...] = ()
    source: str | None = None  # all of it: what was refused and fetched as well
    telling: int = 0  # texts of fewer words are not refused by their words: many stories share them


@dataclass(slots=True)
class Receipt:
    """What was taken out (ops.removal says what each field is)."""

    receipt_id: str
    kind: str
    asked: str
    reason: str | None
    removed_at: datetime
    article_ids: list[str]
    state: str = "removed"
    done_at: datetime | None = None
    lifted_at: datetime | None = None
    still_stand: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    n_rows: dict[str, int] = field(default_factory=dict)
    payloads: int = 0
    cut_payloads: int = 0
    n_bytes: int = 0
    published: list[str] = field(default_factory=list)
    backups: list[str] = field(default_factory=list)


class _Enough(Exception):  # noqa: N818  carries a trial's receipt past the transaction, which is undone
    def __init__(self, receipt: Receipt) -> None:
        super().__init__()
        self.receipt = receipt


def remove(store: Store, wish: Wish, *, cut: Cut | None = None, trial: bool = False) -> Receipt:
    """Take articles out of every table, in one transaction with the receipt; `finish` does the rest. A `trial` does nothing."""
    now = _now()
    receipt = Receipt(f"{now:%Y%m%dT%H%M%S}-{uuid4().hex[:6]}", wish.kind, wish.asked, wish.reason, now, list(wish.article_ids))
    con, lasting = store.con, wish.kind != "retention"
    tables = {
        "gone": pa.table({"article_id": pa.array(wish.article_ids, pa.string())}),
        "gone_source": pa.table({"source": pa.array([wish.source] if wish.source else [], pa.string())}),
        "asked": pa.table({
            "receipt_id": [receipt.receipt_id], "removed_at": pa.array([now], pa.timestamp("us")), "telling": [wish.telling],
        }),
    }  # fmt: skip
    for name, table in tables.items():
        con.register(name, table)
    try:
        con.execute(sql("removal_scope"))
        [(receipt.still_stand, receipt.payloads, receipt.n_bytes)] = con.execute(sql("removal_told")).fetchall()
        moved = _cut(store, cut) if cut and lasting and not trial else []
        receipt.cut_payloads = len(moved)
        con.register("cuts", places(moved))
        if not trial:
            store.forget_history()  # derived from the tables; made anew from what is left
        store.change(lambda: _take_out(store, receipt, lasting=lasting, trial=trial))
    except _Enough as enough:
        return enough.receipt
    finally:
        for name in (*tables, "cuts"):
            with suppress(Exception):
                con.unregister(name)
    return receipt


def finish(store: Store) -> list[Receipt]:
    """Rid the data folder's files of all that was removed; returns the receipts of what is done now. Readers get a new version.

    Raises StoreError if there is no room for the copies that this needs; then it is done later.
    """
    left = store.con.execute(sql("removals_left")).fetchall()
    if not left:
        return []
    layout = store.layout
    for (name,) in store.con.execute(sql("archives_due")).fetchall():
        rewrite(store, name)
    store.forget_history()
    _clear(layout)
    with suppress(ImportError):
        from warehouse import search  # noqa: PLC0415

        search.remove(layout, [article_id for _, ids in left for article_id in ids])
    compact(store)
    store.publish()
    for path in _others(layout):
        path.unlink(missing_ok=True)
    receipts = []
    for receipt_id, _ in left:
        [receipt] = find(store, receipt_id)
        receipt.state, receipt.done_at = "done", _now()
        write(layout, receipt)
        store.con.execute(sql("removal_done"), {"receipt_id": receipt_id, "done_at": receipt.done_at})
        receipts.append(receipt)
    return receipts


def find(store: Store, receipt_id: str, asked: str = "") -> list[Receipt]:
    """The receipt of that identifier, or those of what was asked, the newest first."""
    columns = (
        *("receipt_id", "kind", "asked", "reason", "state", "removed_at", "done_at", "lifted_at", "article_ids", "still_stand"),
        *("keys", "n_rows", "payloads", "cut_payloads", "n_bytes", "published", "backups"),
    )
    rows = store.con.execute(sql("removal"), {"receipt_id": receipt_id, "asked": asked}).fetchall()
    named = [dict(zip(columns, row, strict=True)) for row in rows]
    return [Receipt(**(row | {"n_rows": json.loads(row["n_rows"])})) for row in named]


def lift(store: Store, receipt_id: str) -> Receipt | None:
    """Let what a receipt names in again; None if there is no such receipt. It comes back when its source brings it."""
    found = find(store, receipt_id)
    if not found:
        return None
    receipt = found[0]
    receipt.lifted_at = _now()
    at = pa.array([receipt.lifted_at], pa.timestamp("us"))
    store.con.register("lifted", pa.table({"receipt_id": [receipt_id], "lifted_at": at}))
    store.change(lambda: store.con.execute(sql("lift_removal")).fetchall())
    store.con.unregister("lifted")
    write(store.layout, receipt)
    return receipt


def write(layout: Layout, receipt: Receipt) -> Path:
    """Write a receipt as a JSON file."""
    layout.receipts.mkdir(exist_ok=True)
    path = layout.receipts / f"{receipt.receipt_id}.json"
    draft = path.with_suffix(".part")
    with draft.open("w", encoding="utf-8") as file:
        json.dump(as_object(receipt), file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    return path


def as_object(receipt: Receipt) -> dict[str, Any]:
    """A receipt for scripts; times as ISO 8601 in UTC."""
    values = {name: getattr(receipt, name) for name in Receipt.__slots__}
    return {k: v.isoformat(timespec="seconds") + "Z" if isinstance(v, datetime) else v for k, v in values.items()}


# ── inside ──


def _take_out(store: Store, receipt: Receipt, *, lasting: bool, trial: bool) -> None:
    con, counts = store.con, Counter[str]()
    for name in ("thin", "forget" if lasting else "expire", "remove"):
        for statement in con.extract_statements(sql(name)):
            answer = con.execute(statement).fetchall()
            if table := DELETED.search(statement.query):
                counts[table[1]] += answer[0][0]
    receipt.n_rows = {name: n for name, n in sorted(counts.items()) if n}
    [(receipt.keys,)] = con.execute(sql("removal_keys"), {"receipt_id": receipt.receipt_id}).fetchall()
    receipt.published = sorted(p.name for p in store.layout.published.glob("warehouse-*.duckdb")) if lasting else []
    receipt.backups = noted(store.layout) if lasting else []
    if trial:
        raise _Enough(receipt)
    told = {name: getattr(receipt, name) for name in Receipt.__slots__ if name != "lifted_at"}
    told |= {"n_rows": json.dumps(receipt.n_rows), "article_ids": receipt.article_ids if lasting else []}
    if not lasting:  # what it leaves in files is no secret, and goes in time
        receipt.state, receipt.done_at = "done", receipt.removed_at
        told |= {"state": receipt.state, "done_at": receipt.done_at}
    con.execute(sql("record_removal"), told)


def _cut(store: Store, cut: Cut) -> list[tuple[str, archive.Entry]]:
    """Payloads that others came from as well, appended to the archive without the records that go."""
    found: list[tuple[str, archive.Entry]] = []
    spool, end = store.spool / "cut", store.end_of_archive
    for raw_id, *place, uri, media_type, fetched_at, truncated, form, records in store.con.execute(
        sql("removal_cuts"), {"most": CUT_MOST}
    ).fetchall():
        whole = spool.with_suffix(".whole")
        try:
            archive.unpack(store.layout.archive, archive.Entry(*place), whole)
            with whole.open("rb") as old, spool.open("w+b") as new:
                left = cut(form, old, frozenset(records))
                if left is None:
                    continue
                new.writelines(left)
                record = archive.Record(raw_id, uri, media_type, fetched_at, truncated=truncated)
                found.append((raw_id, end.append(record, new)))
        finally:
            whole.unlink(missing_ok=True)
            spool.unlink(missing_ok=True)
    end.sync()
    return found


def _clear(layout: Layout) -> None:
    """Remove copies that were kept beside the database in case of trouble, and what dead runs left."""
    for pattern in ("before-*.duckdb", "*.part"):
        for path in layout.live.glob(pattern):
            path.unlink(missing_ok=True)
    for name in ("damaged", "spill"):
        shutil.rmtree(layout.live / name, ignore_errors=True)
    for path in layout.data.glob("replaced-*"):  # by a restore
        shutil.rmtree(path, ignore_errors=True)


def _others(layout: Layout) -> list[Path]:
    """Whatever was published before the version that readers get now, with what readers left beside it."""
    current = layout.current.resolve().name
    return [p for p in layout.published.iterdir() if p.name not in {current, f"{current}.wal"}]


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
