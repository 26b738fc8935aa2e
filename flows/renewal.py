"""What a version says when it is read again, beside what stands: what changed, by how much, and the rows that take its place.

What was judged of a version when it came stays: its number, its times, what kind of change it was, copies, groups and stories.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from flows.linking import link_facts
from tasks.fingerprint import sample
from tasks.judge import SAME_PIECE, Verdict, keys
from tasks.land import land_version
from tasks.overlap import NO_FACTS, changed_share, containment
from tasks.types import Print, Reject
from tasks.words import normal_words
from warehouse.anew import DUE, ReadingRow, Renewal, count_facts
from warehouse.models import IdentityRow, Landing, PrintRow, VersionRow
from warehouse.store import ENTITIES, FACTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.refine import Outcome
    from tasks.types import Article
    from warehouse.anew import Pair, Stored
    from warehouse.models import Past
    from warehouse.store import Store

LABELS = {
    "title_from": "title from", "dateline_place": "dateline", "dateline_country": "dateline", "published_at": "published",
    "published_precision": "published", "published_from": "published", "published_confidence": "published",
    "modified_at": "modified", "modified_precision": "modified", "modified_from": "modified", "text_from": "text from",
    "language_confidence": "language confidence", "note_kind": "note", "words": "fingerprint", "content_hash": "fingerprint",
    "version_hash": "fingerprint", "raw_id": "bytes", "record": "bytes",
}  # fmt: skip
"""Columns by the label under which they are told; the others by their own name."""
KEPT = {"article_id", "version", "valid_from", "change_kind", "changed_share"}  # as they were judged
NOTED = {"first", "restored", "completed"}  # kinds of change whose note is the article's own
SPOKEN = {"title", "head", "text"}  # what facts point into


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """A version that was read again."""

    stored: Stored
    row: VersionRow
    changed: dict[str, tuple[object, object]]  # label → what stood, and what was read
    share: float  # of the text that changed, 0 to 1


@dataclass(slots=True)
class Compared:
    """A batch of versions beside what was read of them."""

    reads: list[Read] = field(default_factory=list)  # those that can be read
    lost: list[tuple[Stored, str]] = field(default_factory=list)  # those that cannot, and why
    facts: Counter[tuple[str, str]] = field(default_factory=Counter)  # (table, before | after | same) → rows
    renewal: Renewal = field(default_factory=Renewal)


def compared(found: Sequence[tuple[Stored, Outcome | None, str]], store: Store, code_version: str) -> Compared:
    """What was read of a batch's versions beside what stands; for each its outcome, or None and why there is none."""
    batch = Compared()
    anew, facts = Landing(), Landing()
    told: dict[Pair, tuple[Article, Print]] = {}
    for stored, outcome, why in found:
        if outcome is None or isinstance(outcome, Reject):
            batch.lost.append((stored, f"{outcome.reason}: {outcome.detail}" if outcome else why))
            continue
        article, prints = _kept(outcome[0], stored), outcome[1]
        told[stored.key] = article, prints
        batch.reads.append(_read(stored, article, prints, anew))
    read = [(*key, article.facts) for key, (article, _) in told.items() if article.facts is not None]
    if read:
        link_facts(read, store, facts)
    stands = {r.stored.key: r.stored for r in batch.reads}
    spoken = _facts(facts, stands, store, batch)
    _renew(batch, anew, facts, told, spoken, store)
    reprinted = {stored.key for stored, _ in batch.renewal.prints}
    for r in batch.reads:
        detail = ", ".join(r.changed) + (DUE if r.stored.key in reprinted else "")
        batch.renewal.readings.append(ReadingRow(*r.stored.key, "changed" if r.changed else "same", detail or None, code_version))
    batch.renewal.readings += [ReadingRow(*stored.key, "lost", why, code_version) for stored, why in batch.lost]
    return batch


def is_same(article: Article, prints: Print, stored: Stored) -> bool:
    """Whether what was read at a record's place is the piece that was read there before: a later parser may number anew."""
    o, row = stored.origin, stored.row
    if article.alone or (o.guid and o.guid == article.guid) or (o.url and o.url == article.url):
        return True
    if prints.version == row.version_hash or (prints.content and prints.content == row.content_hash):
        return True
    before = _print(stored)
    if max(containment(prints, before), containment(before, prints)) >= SAME_PIECE:
        return True
    return bool(row.title) and normal_words(article.title or "") == normal_words(row.title or "")


def _kept(article: Article, stored: Stored) -> Article:
    """The article with what its bytes do not tell: how a feed's page could be had."""
    if article.text_from != "feed" or article.access is not None:
        return article
    return replace(article, access=stored.row.access)  # type: ignore[arg-type]  # one of its values


def _read(stored: Stored, article: Article, prints: Print, landing: Landing) -> Read:
    """A version read again; its rows are added to the landing."""
    row = stored.row
    own = row.change_kind in NOTED
    note, kind = (article.note, article.note_kind) if own else (row.note, row.note_kind)
    verdict = Verdict("seen", *stored.key, None, row.change_kind, row.changed_share, note, kind)  # type: ignore[arg-type]  # as it was
    n_heads, n_files = len(landing.head_field), len(landing.enclosure)
    land_version(article, prints, verdict, landing)
    new = landing.version[-1]._replace(valid_from=row.valid_from)
    changed = _changed(row, new)
    if _new_print(stored, prints):
        changed.setdefault("fingerprint", (None, None))
    if changed.keys() & {"title", "text"}:
        changed.pop("fingerprint", None)  # it follows from them
    if stored.key[1] == 1 and article.outlet != stored.outlet:
        changed["outlet"] = (stored.outlet, article.outlet)
    heads = landing.head_field[n_heads:]
    if tuple(heads) != stored.head_fields:
        changed["head fields"] = (_shown(stored.head_fields), _shown(heads))
    files = landing.enclosure[n_files:]
    if tuple(files) != stored.enclosures:
        changed["enclosures"] = ([e.url for e in stored.enclosures], [e.url for e in files])
    share = _share(row.text, prints) if row.text != new.text else 0.0
    return Read(stored, new, changed, share)


def _share(before: str, prints: Print) -> float:
    """How much of a text is another one now; a little, where only its typography is."""
    had = replace(prints, sample=sample(normal_words(before), prints.every))
    return max(changed_share(prints, had), 1e-6)


def _changed(row: VersionRow, new: VersionRow) -> dict[str, tuple[object, object]]:
    """The columns that differ, under the labels by which they are told, with the first column's values."""
    found: dict[str, tuple[object, object]] = {}
    for name, before, after in zip(VersionRow._fields, row, new, strict=True):
        if name not in KEPT and _plain(before) != _plain(after):
            found.setdefault(LABELS.get(name, name), (before, after))
    return found


def _plain(value: object) -> object:
    """A value as the warehouse gives it back."""
    if isinstance(value, float):
        return float(np.float32(value))
    return list(value) if isinstance(value, tuple) else value


def _shown(fields: Sequence[Any]) -> list[str]:
    return [f"{f.name}: {f.text}" for f in fields]


def _facts(facts: Landing, stands: dict[Pair, Stored], store: Store, batch: Compared) -> set[Pair]:
    """The versions whose facts differ from those that stand; what is the same is counted by table."""
    if not facts.extraction:
        return set()
    differ: set[Pair] = set()
    tables: dict[Pair, list[str]] = {}
    for c in count_facts(store, facts, stands):
        key = c.article_id, c.version
        if c.table != "extraction":
            batch.facts.update({(c.table, "before"): c.before, (c.table, "after"): c.after, (c.table, "same"): c.same})
        if not c.before == c.after == c.same:
            differ.add(key)
            tables.setdefault(key, []).append(f"{c.table.replace('_', ' ')} {c.before} → {c.after}")
    for read in batch.reads:
        if told := tables.get(read.stored.key):
            read.changed["facts"] = (None, told)
    return differ


def _renew(
    batch: Compared, anew: Landing, facts: Landing, told: dict[Pair, tuple[Article, Print]], spoken: set[Pair], store: Store
) -> None:
    """Collect the rows that take the place of what changed."""
    new = batch.renewal
    changed = {r.stored.key: r for r in batch.reads if r.changed.keys() - {"facts"}}
    new.stored = [r.stored for r in changed.values()]
    new.landing.version = [r.row for r in changed.values()]
    new.landing.head_field = [row for row in anew.head_field if row[:2] in changed]
    new.landing.enclosure = [row for row in anew.enclosure if row[:2] in changed]
    new.outlets = {key[0]: str(r.changed["outlet"][1]) for key, r in changed.items() if "outlet" in r.changed}
    for key, r in changed.items():
        if row := _new_print(r.stored, told[key][1]):
            new.prints.append((r.stored, row))
    _add_keys(changed, told, store.past(k for key in changed for k in keys(*told[key])) if changed else None, new.landing)
    unread = {key for key, r in changed.items() if told[key][0].facts is None and r.changed.keys() & SPOKEN}
    for read in batch.reads:
        batch_id = read.stored.origin.facts_batch
        if batch_id is not None and (read.stored.key in spoken or read.stored.key in unread):
            new.facts_gone.append((*read.stored.key, batch_id))
    for name in FACTS:
        setattr(new.landing, name, [row for row in getattr(facts, name) if row[:2] in spoken])
    named = {row.entity_id for row in new.landing.article_entity}
    for name in ENTITIES:
        setattr(new.landing, name, [row for row in getattr(facts, name) if row.entity_id in named])


def _new_print(stored: Stored, prints: Print) -> PrintRow | None:
    """The print that takes the place of a version's, with its number; None if it is the same."""
    p = stored.print
    if p.every == prints.every and np.array_equal(p.sample, prints.sample) and np.array_equal(p.facts, prints.facts):
        return None
    return PrintRow(*stored.key, prints.every, prints.sample, prints.facts, p.seq, p.common, p.common_coarse, p.holds)


def _add_keys(changed: dict[Pair, Read], told: dict[Pair, tuple[Article, Print]], past: Past | None, landing: Landing) -> None:
    """Keys that led nowhere lead to their article from now on."""
    known = set(past.by_key) if past else set()
    for key in changed:
        for k in keys(*told[key]):
            if k not in known:
                known.add(k)
                landing.identity.append(IdentityRow(*k, k.hash(), key[0]))


def _print(stored: Stored) -> Print:
    return Print(stored.row.content_hash, stored.row.version_hash, 0, stored.print.every, stored.print.sample, NO_FACTS)
