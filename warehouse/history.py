"""The history of fingerprints: who carried a word 5-gram before, asked for a batch at a time.

Sorted arrays in files that are mapped into memory, by periods of the articles' own time, so that a batch costs the same
however long the whole history is. All of it is derived from the tables and made anew if it is missing or does not fit them;
what has landed since the last file was written is read back from the tables.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count, pairwise
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

import numpy as np

from warehouse.models import (
    COARSE,
    DOC,
    EXACT,
    GROUPS,
    LOOKED_AT,
    PERIOD,
    UNKNOWN,
    Carriers,
    Doc,
    boilerplate,
    distinct,
    had_at,
    name_key,
    ranges,
    seconds,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    import pyarrow as pa
    from numpy.typing import NDArray

FORMAT = 1
MOST = 64  # carriers of a gram that a period keeps, the first ones: the thousandth copy is known by them as well
PENDING = 8_192  # documents that wait in memory for a file of their own: reading them back takes a tenth of a second
RATIO = 8  # a run is merged with the one before it unless that is so many times larger: few runs to ask, each rewritten seldom
COMMON = np.uint32(0xFFFFFFFF)  # in the place of all carriers of a gram that is boilerplate
CHUNK = 1 << 20  # grams that are merged at a time: about 50 MB
TABLE = 1 << 16  # grams from which on a run has a table of where they lie; below, bisection is as fast
TYPES = {name: np.dtype(np.uint32) for name in ("carriers", "facts", "table")} | {"grams": np.dtype(np.uint64), "docs": DOC}
SPREAD = 4  # grams an entry of that table stands for


@dataclass(slots=True)
class Run:
    """Documents of one period that came one after the other, and who of them carries which gram."""

    period: int
    docs: NDArray[np.void]  # DOC, in the order in which they came
    facts: NDArray[np.uint32]  # of all of them, one after the other
    names: list[str]  # outlets and agencies
    grams: NDArray[np.uint64]  # sorted, each as often as it has carriers
    carriers: NDArray[np.uint32]  # of each gram: index into docs, ascending
    table: NDArray[np.uint32] = field(default_factory=lambda: np.empty(0, np.uint32))  # where the coarse grams lie
    path: Path | None = None

    def find(self, wanted: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where each of these (sorted) grams begins here, and how many carriers it has."""
        coarse = int(np.searchsorted(wanted, COARSE)) if self.table.size else 0
        begin, n = np.empty(wanted.size, np.int64), np.empty(wanted.size, np.int64)
        begin[coarse:] = np.searchsorted(self.grams, wanted[coarse:])
        n[coarse:] = np.searchsorted(self.grams, wanted[coarse:], "right") - begin[coarse:]
        if coarse:
            ours = wanted[:coarse]
            slot = (ours // _width(self.table.size - 1)).astype(np.int64)
            low = self.table[slot].astype(np.int64)
            lengths = self.table[slot + 1].astype(np.int64) - low
            row = np.repeat(np.arange(coarse), lengths)
            found, asked = self.grams[ranges(low, lengths)], ours[row]
            begin[:coarse] = low + np.bincount(row[found < asked], minlength=coarse)
            n[:coarse] = np.bincount(row[found == asked], minlength=coarse)
        return begin, n


Span: TypeAlias = "tuple[Run, NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]"
"""A run, places of grams that it has, where the carriers of each begin there, and how many there are."""


@dataclass(slots=True)
class History:
    """All runs of a data folder. One process writes, the one that holds the writer's lock."""

    folder: Path
    batch_id: int = 0  # documents of batches up to this one are in files
    next_seq: int = 0
    _files: dict[int, list[Run]] = field(default_factory=dict)
    _fresh: dict[int, list[Run]] = field(default_factory=dict)
    _names: dict[str, int] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path, docs_up_to: Callable[[int], tuple[int, str | None]]) -> History:
        """The history in a folder, or an empty one if its files are missing, damaged or of another warehouse.

        `docs_up_to` tells how many documents the tables have up to a batch, and which article the last one is of.
        """
        history = cls(folder)
        if folder.exists() and not folder.is_dir():
            folder.unlink()
        folder.mkdir(parents=True, exist_ok=True)
        with suppress(OSError, ValueError, KeyError, TypeError):
            manifest = json.loads((folder / "manifest.json").read_bytes())
            runs = [_read(folder / name) for name in manifest["runs"]]
            whole = manifest["format"] == FORMAT and manifest["docs"] == sum(r.docs.size for r in runs)
            if whole and docs_up_to(manifest["batch_id"]) == (manifest["docs"], manifest["last"]):
                history.batch_id, history.next_seq = manifest["batch_id"], manifest["next_seq"]
                for run in runs:
                    history._files.setdefault(run.period, []).append(run)
        history._sweep()
        return history

    @property
    def size(self) -> int:
        """Documents in it."""
        return sum(r.docs.size for runs in (*self._files.values(), *self._fresh.values()) for r in runs)

    @property
    def n_bytes(self) -> int:
        """Length of its files."""
        return sum(r.path.stat().st_size for runs in self._files.values() for r in runs if r.path)

    def add(self, docs: Sequence[Doc]) -> None:
        """Take documents in, in the order in which they came; each is seen by those that are looked up after it."""
        periods: dict[int, list[tuple[int, Doc]]] = {}
        for doc in docs:
            seq = doc.seq if doc.seq is not None else self.next_seq
            self.next_seq = max(self.next_seq, seq + 1)
            periods.setdefault(doc.at // PERIOD, []).append((seq, doc))
        for period, found in periods.items():
            runs = self._fresh.setdefault(period, [])
            runs.append(_run(period, found))
            while len(runs) > 1 and runs[-2].docs.size < 4 * runs[-1].docs.size:
                runs[-2:] = [_merged(runs[-2:])]

    def judged(self, seq: int, at: int, group_id: str, common: tuple[int, int], *, holds: bool) -> None:
        """What was decided of a document that was just added: its group, how much is boilerplate, whether it holds others."""
        for run in reversed(self._fresh[at // PERIOD]):
            place = int(np.searchsorted(run.docs["seq"], seq))
            if place < run.docs.size and run.docs["seq"][place] == seq:
                run.docs["group_id"][place], run.docs["holds"][place] = group_id, holds
                run.docs["common"][place], run.docs["common_coarse"][place] = common
                return

    def carriers(self, docs: Sequence[Doc], window_s: int) -> Carriers:
        """Who carried these documents' grams, of those that are at most so far from them in time, in whole periods."""
        grams, index = np.unique(np.concatenate([d.sample for d in docs]), return_inverse=True)
        low, high = min(d.at for d in docs) - window_s, max(d.at for d in docs) + window_s
        low, high = low // PERIOD, high // PERIOD
        first, last = np.full(grams.size, low, np.int64), np.full(grams.size, high, np.int64)
        if (high - low) * PERIOD > 3 * window_s:  # the batch is of many times: each gram is asked of its own
            sizes = [d.sample.size for d in docs]
            first[:], last[:] = high, low
            np.minimum.at(first, index, np.repeat([(d.at - window_s) // PERIOD for d in docs], sizes))
            np.maximum.at(last, index, np.repeat([(d.at + window_s) // PERIOD for d in docs], sizes))
        periods = np.array(sorted(p for p in {*self._files, *self._fresh} if low <= p <= high), np.int64)
        common = np.zeros((periods.size, grams.size), np.bool_)
        spans: list[Span] = []
        for row, period in enumerate(periods.tolist()):
            asked = np.flatnonzero((first <= period) & (period <= last))
            left = np.full(asked.size, MOST, np.int64)
            for run in (*self._files.get(period, ()), *self._fresh.get(period, ())):
                begin, n = run.find(grams[asked])
                flagged = np.flatnonzero(n == 1)
                flagged = flagged[run.carriers[begin[flagged]] == COMMON]
                common[row, asked[flagged]], n[flagged], left[flagged] = True, 0, 0
                n = np.minimum(n, left)
                left -= n
                some = np.flatnonzero(n)
                if some.size:
                    spans.append((run, asked[some], begin[some], n[some]))
        return self._gathered(grams, spans, periods, common)

    def save(self, batch_id: int, *, everything: bool = False) -> None:
        """Write files if enough has come together; `batch_id` is the last batch that was committed."""
        waiting = sum(r.docs.size for runs in self._fresh.values() for r in runs)
        if not waiting or (waiting < PENDING and not everything):
            return
        try:
            files = self._written()
            runs = [r for period in sorted(files) for r in files[period]]
            self._record(batch_id, runs)
        except OSError:  # a full disk, say: nothing is lost, the next run reads it back from the tables
            self._sweep()
            return
        self._files, self.batch_id = files, batch_id
        self._fresh.clear()
        self._sweep()

    # ── inside ──

    def _written(self) -> dict[int, list[Run]]:
        """The runs of every period, those that wait in memory written to files."""
        names = (f"{n:06d}.run" for n in count(self._last_number() + 1))
        written = {period: list(runs) for period, runs in self._files.items()}
        for period, runs in self._fresh.items():
            files = written.setdefault(period, [])
            files.append(_write(runs, self.folder / next(names), first=not files))
            while len(files) > 1 and files[-2].docs.size < RATIO * files[-1].docs.size:
                files[-2:] = [_write(files[-2:], self.folder / next(names), first=len(files) == 2)]
        return written

    def _record(self, batch_id: int, runs: list[Run]) -> None:
        """Write down which files there are, and up to which batch they go."""
        manifest = {
            "format": FORMAT, "batch_id": batch_id, "next_seq": self.next_seq, "docs": sum(r.docs.size for r in runs),
            "last": max((d for r in runs for d in r.docs[-1:]), key=lambda d: int(d["seq"]))["article_id"].decode(),
            "runs": [r.path.name for r in runs if r.path],
        }  # fmt: skip
        part = self.folder / "manifest.part"
        with part.open("wb") as file:
            file.write(json.dumps(manifest).encode())
            file.flush()
            os.fsync(file.fileno())
        part.replace(self.folder / "manifest.json")

    def _gathered(
        self, grams: NDArray[np.uint64], spans: list[Span], periods: NDArray[np.int64], common: NDArray[np.bool_]
    ) -> Carriers:
        totals = np.zeros(grams.size, np.int64)
        for _, which, _, n in spans:
            totals[which] += n
        starts = np.concatenate(([0], np.cumsum(totals)))
        flat = np.empty(starts[-1], np.int64)
        filled, base = starts[:-1].copy(), 0
        for run, which, begin, n in spans:
            flat[ranges(filled[which], n)] = base + run.carriers[ranges(begin, n)]
            filled[which] += n
            base += run.docs.size
        found, places = np.unique(flat, return_inverse=True)
        docs = np.empty(found.size, DOC)
        facts: list[tuple[int, NDArray[np.uint32]]] = []
        edges, base = 0, 0
        for run, *_ in spans:
            upto = int(np.searchsorted(found, base + run.docs.size))
            docs[edges:upto] = run.docs[found[edges:upto] - base]
            names = np.array([self._names.setdefault(name, len(self._names)) for name in run.names], np.int32)
            for column in ("outlet", "agency"):
                docs[column][edges:upto] = np.where(docs[column][edges:upto] < 0, -1, names[docs[column][edges:upto]])
            facts.append((upto, run.facts))
            edges, base = upto, base + run.docs.size
        return Carriers(grams, starts, places.astype(np.int64), docs, facts, list(self._names), periods, common)

    def _last_number(self) -> int:
        return max((int(p.stem) for p in self.folder.glob("*.run") if p.stem.isdecimal()), default=0)

    def _sweep(self) -> None:
        """Remove files that belong to no run: they were merged, or their writer died."""
        kept = {r.path.name for runs in self._files.values() for r in runs if r.path}
        for path in (*self.folder.glob("*.run"), *self.folder.glob("*.part")):
            if path.name not in kept:
                path.unlink(missing_ok=True)


def documents(rows: pa.Table | None) -> list[Doc]:
    """The documents of `prints_since.sql`."""
    if rows is None:
        return []
    scalars = rows.drop_columns(["sample", "facts"]).to_pylist()
    samples, facts = lists(rows["sample"]), lists(rows["facts"])
    return [
        Doc(
            article_id=row["article_id"], group_id=row["group_id"], content_hash=row["content_hash"], outlet=row["outlet"],
            outlet_key=name_key(row["outlet"]), agency=row["agency"], at=row["sort_at"],
            had_at=had_at(row["first_published_at"], row["first_precision"], row["first_seen_at"]),
            published=seconds(row["first_published_at"]) if row["first_precision"] in EXACT else UNKNOWN,
            version=row["version"], words=row["words"], every=row["every"], sample=sample, facts=fact, seq=row["seq"],
            first_seq=row["first_seq"], common=row["common"], common_coarse=row["common_coarse"], holds=row["holds"],
        )
        for row, sample, fact in zip(scalars, samples, facts, strict=True)
    ]  # fmt: skip


def lists(column: pa.ChunkedArray[Any]) -> list[NDArray[Any]]:
    """The lists of a column, as arrays."""
    array: Any = column.combine_chunks()
    values, edges = array.values.to_numpy(), array.offsets.to_numpy()
    return [values[a:b] for a, b in pairwise(edges)]


def _run(period: int, found: Iterable[tuple[int, Doc]]) -> Run:
    """A run in memory."""
    listed = list(found)
    names: dict[str, int] = {}
    docs = np.zeros(len(listed), DOC)
    edge = 0
    for n, (seq, d) in enumerate(listed):
        docs[n] = (
            d.article_id, d.group_id, int(d.content_hash[:16] or "0", 16), d.outlet_key, seq, d.at,
            seq if d.first_seq is None else d.first_seq, d.had_at, d.published, d.holds, d.version, d.words, d.every,
            d.sample.size, int(np.searchsorted(d.sample, COARSE)), d.common, d.common_coarse,
            names.setdefault(d.outlet, len(names)), names.setdefault(d.agency, len(names)) if d.agency else -1,
            edge, d.facts.size,
        )  # fmt: skip
        edge += d.facts.size
    grams = np.concatenate([d.sample for _, d in listed])
    carriers = np.repeat(np.arange(len(listed), dtype=np.uint32), docs["kept"])
    order = np.argsort(grams, kind="stable")
    return Run(period, docs, np.concatenate([d.facts for _, d in listed]), list(names), grams[order], carriers[order])


def _joined(runs: Sequence[Run]) -> tuple[NDArray[np.void], NDArray[np.uint32], list[str]]:
    """Documents, facts and names of several runs as those of one."""
    names: dict[str, int] = {}
    docs = np.concatenate([r.docs for r in runs])
    edge = base = 0
    for run in runs:
        ours = docs[base : base + run.docs.size]
        mapped = np.array([names.setdefault(name, len(names)) for name in run.names], np.int32)
        for column in ("outlet", "agency"):
            ours[column] = np.where(ours[column] < 0, -1, mapped[ours[column]])
        ours["facts_from"] += edge
        edge, base = edge + run.facts.size, base + run.docs.size
    return docs, np.concatenate([r.facts for r in runs]), list(names)


def _merged(runs: Sequence[Run]) -> Run:
    """Several small runs as one, in memory."""
    docs, facts, names = _joined(runs)
    grams, carriers = _sorted(runs, 0, None)  # groups of the newest are not known yet: no gram is told to be boilerplate
    return Run(runs[0].period, docs, facts, names, grams, carriers)


def _sorted(runs: Sequence[Run], low: int, high: int | None) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    """The grams from `low` to below `high` of several runs, with at most the first MOST carriers of each."""
    grams, carriers, base = [], [], 0
    for run in runs:
        here = slice(
            int(np.searchsorted(run.grams, np.uint64(low))),
            int(np.searchsorted(run.grams, np.uint64(high))) if high is not None else None,
        )
        grams.append(run.grams[here])
        ours = run.carriers[here]
        carriers.append(np.where(ours == COMMON, COMMON, ours + np.uint32(base)))
        base += run.docs.size
    sorted_grams, sorted_carriers = np.concatenate(grams), np.concatenate(carriers)
    order = np.argsort(sorted_grams, kind="stable")
    sorted_grams, sorted_carriers = sorted_grams[order], sorted_carriers[order]
    kept = _rank(sorted_grams) < MOST
    return sorted_grams[kept], sorted_carriers[kept]


def _without_boilerplate(
    grams: NDArray[np.uint64], carriers: NDArray[np.uint32], holds: NDArray[np.bool_], *numbers: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    """The same with COMMON in place of the carriers of each gram that is boilerplate, whoever may still come."""
    if not grams.size:
        return grams, carriers
    rank = _rank(grams)
    row = np.cumsum(rank == 0) - 1
    total = np.bincount(row)
    common = np.zeros(total.size, np.bool_)
    common[row[carriers == COMMON]] = True
    looked = (total >= GROUPS)[row] & ~common[row] & (rank < LOOKED_AT)
    looked[looked] = ~holds[carriers[looked]]
    rows, places = row[looked], carriers[looked]
    articles, groups, outlets = (distinct(rows, ours[places], total.size) for ours in numbers)
    outlets[total < LOOKED_AT] = LOOKED_AT  # others may still come
    common |= boilerplate(articles, groups, outlets)
    carriers = np.where(common[row], COMMON, carriers)
    kept = ~common[row] | (rank == 0)
    return grams[kept], carriers[kept]


def _rank(grams: NDArray[np.uint64]) -> NDArray[np.int64]:
    """The number of each of these (sorted) grams among those that are the same, from 0."""
    return np.arange(grams.size) - np.searchsorted(grams, grams)


def _write(runs: Sequence[Run], path: Path, *, first: bool) -> Run:
    """Several runs as one file; returns that run. Boilerplate is told by the first carriers of a period, in its first file."""
    docs, facts, names = _joined(runs)
    biggest = max(runs, key=lambda r: r.grams.size).grams
    step = max(1, CHUNK * biggest.size // max(1, sum(r.grams.size for r in runs)))
    cuts = sorted({int(g) for g in biggest[step::step]})
    side = path.with_suffix(".part")
    sections: dict[str, tuple[int, int]] = {}
    numbers = [np.unique(docs[column], return_inverse=True)[1] for column in ("article_id", "group_id", "outlet")]
    with path.open("wb") as file, side.open("w+b") as carriers_file:
        total = 0
        for low, high in zip([0, *cuts], [*cuts, None], strict=True):
            grams, carriers = _sorted(runs, low, high)
            if first:
                grams, carriers = _without_boilerplate(grams, carriers, docs["holds"], *numbers)
            file.write(grams.tobytes())
            carriers_file.write(carriers.tobytes())
            total += grams.size
        sections["grams"] = (0, total)
        carriers_file.flush()
        carriers_file.seek(0)
        sections["carriers"] = (file.tell(), total)
        while block := carriers_file.read(1 << 20):
            file.write(block)
        file.flush()
        table = _table(np.memmap(path, np.uint64, "r", shape=(total,)) if total else np.empty(0, np.uint64))
        for name, array in (("docs", docs), ("facts", facts), ("table", table)):
            file.write(b"\0" * (-file.tell() % 64))
            sections[name] = (file.tell(), array.size)
            file.write(array.tobytes())
        _end(file, {"period": runs[0].period, "names": names, "sections": sections})
    side.unlink()
    return _read(path)


def _end(file: BinaryIO, header: dict[str, object]) -> None:
    data = json.dumps(header).encode()
    file.write(data + len(data).to_bytes(8, "little"))
    file.flush()
    os.fsync(file.fileno())


def _read(path: Path) -> Run:
    """A run in a file. Raises ValueError if the file is not whole."""
    data = np.memmap(path, np.uint8, "r")
    length = int.from_bytes(data[-8:].tobytes(), "little")
    if not 0 < length < data.size:
        raise ValueError(f"{path} is cut off")
    header = json.loads(data[-8 - length : -8].tobytes())
    arrays: dict[str, Any] = {}
    for name, (at, n) in header["sections"].items():
        arrays[name] = np.asarray(data[at : at + n * TYPES[name].itemsize]).view(TYPES[name])
    return Run(header["period"], names=header["names"], path=path, **arrays)


def _table(grams: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """Of equal parts of the coarse grams' range: where each begins, and where the last one ends."""
    coarse = int(np.searchsorted(grams, COARSE))
    if coarse < TABLE:
        return np.empty(0, np.uint32)
    slots = coarse // SPREAD
    edges = np.arange(slots, dtype=np.uint64) * _width(slots)
    return np.append(np.searchsorted(grams, edges), coarse).astype(np.uint32)


def _width(slots: int) -> np.uint64:
    return np.uint64(-(-int(COARSE) // slots))
