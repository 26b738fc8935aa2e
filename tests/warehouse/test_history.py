"""The history of fingerprints: files that can be thrown away, few runs to ask, and the same answers from all of them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np
import pytest

from warehouse import history as module
from warehouse.history import History
from warehouse.models import COARSE, PERIOD, Doc, name_key

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.models import Carriers

AT = 100 * PERIOD


def doc(n: int, grams: list[int], *, at: int = AT, outlet: str = "o", agency: str | None = None) -> Doc:
    sample = np.array(sorted(grams), np.uint64)
    name = f"{n:016}"
    return Doc(
        name, name, "", outlet, name_key(outlet), agency, at, at, at, 1, 100, 1, sample, np.array([abs(n)], np.uint32)
    )  # fmt: skip


def nothing(_batch: int) -> tuple[int, str | None]:
    """What tables without documents tell."""
    return 0, None


def asked(history: History, grams: list[int], first: int = AT, last: int = AT) -> Carriers:
    middle, window = (first + last) // 2, (last - first) // 2
    return history.carriers([doc(0, grams, at=middle)], window)


def carried(history: History, grams: list[int], first: int = AT, last: int = AT) -> dict[int, list[int]]:
    """Gram → the numbers of its carriers."""
    found = asked(history, grams, first, last)
    return {int(g): [int(i) for i in _ids(found, n)] for n, g in enumerate(found.grams)}


def _ids(found: Carriers, n: int) -> list[bytes]:
    return [bytes(i) for i in found.docs["article_id"][found.places[found.starts[n] : found.starts[n + 1]]]]


def test_carriers_come_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    history = History.open(tmp_path, nothing)
    history.add([doc(1, [5, 7]), doc(2, [7, 9])])
    history.add([doc(3, [7])])
    assert carried(history, [5, 6, 7, 9]) == {5: [1], 6: [], 7: [1, 2, 3], 9: [2]}


def test_only_the_periods_asked_for_are_looked_at(tmp_path: Path) -> None:
    history = History.open(tmp_path, nothing)
    history.add([doc(n, [7], at=AT + n * PERIOD) for n in range(-3, 4) if n] + [doc(9, [7], at=-PERIOD)])
    assert carried(history, [7], AT - PERIOD, AT + PERIOD) == {7: [-1, 1]}
    assert carried(history, [7], -PERIOD, -1) == {7: [9]}


def test_facts_and_names_follow_their_documents_through_files_and_merges(tmp_path: Path) -> None:
    history = History.open(tmp_path, nothing)
    for n in range(30):
        history.add([doc(n, [7, 1000 + n], outlet=f"Outlet {n}", agency="AP" if n % 2 else None)])
        history.judged(n, AT, f"{0:016}", (0, 0), holds=False)
        if n % 5 == 0:
            history.save(n, everything=True)
    found = asked(history, [7])
    for place, d in enumerate(found.docs):
        n = int(d["article_id"])
        assert found.names[d["outlet"]] == f"Outlet {n}"
        assert (found.names[d["agency"]] if d["agency"] >= 0 else None) == ("AP" if n % 2 else None)
        assert found.facts(place).tolist() == [n]
    assert len(found.docs) == 30


def test_files_are_opened_again_and_merged_into_few(tmp_path: Path) -> None:
    history, total = History.open(tmp_path, nothing), 0
    for batch in range(1, 41):
        history.add([doc(total + n, [7 * (total + n) + 1, 3], outlet=f"Outlet {total + n}") for n in range(5)])
        for n in range(total, total + 5):
            history.judged(n, AT, f"{0:016}", (0, 0), holds=False)
        total += 5
        history.save(batch, everything=True)
    assert len(list(tmp_path.glob("*.run"))) <= 4
    again = History.open(tmp_path, lambda _: (total, f"{total - 1:016}"))
    assert (again.size, again.batch_id, again.next_seq) == (total, 40, total)
    assert carried(again, [3])[3] == list(range(module.MOST))
    assert carried(again, [7 * 123 + 1]) == {7 * 123 + 1: [123]}


@pytest.mark.parametrize(
    "damage", ["no manifest", "no run", "cut run", "other warehouse", "not json", "other format", "empty run"]
)
def test_damaged_or_foreign_files_are_left_out_and_swept_away(tmp_path: Path, damage: str) -> None:
    history = History.open(tmp_path, nothing)
    history.add([doc(n, [n + 1, 3]) for n in range(10)])
    history.save(1, everything=True)
    manifest, run = tmp_path / "manifest.json", next(tmp_path.glob("*.run"))
    match damage:
        case "no manifest":
            manifest.unlink()
        case "no run":
            run.unlink()
        case "cut run":
            run.write_bytes(run.read_bytes()[:-100])
        case "not json":
            manifest.write_text("{")
        case "other format":
            manifest.write_text(manifest.read_text().replace('"format": ', '"format": 9'))
        case "empty run":
            run.write_bytes(b"")
    again = History.open(tmp_path, lambda _: (11 if damage == "other warehouse" else 10, f"{9:016}"))
    assert (again.size, again.batch_id) == (0, 0)
    assert list(tmp_path.glob("*.run")) == []


def test_what_a_dead_writer_left_is_swept_away(tmp_path: Path) -> None:
    (tmp_path / "000007.run").write_bytes(b"half a file")
    (tmp_path / "000008.part").write_bytes(b"half a file")
    history = History.open(tmp_path, nothing)
    assert not list(tmp_path.iterdir())
    history.add([doc(1, [3])])
    history.save(1, everything=True)
    assert History.open(tmp_path, lambda _: (1, f"{1:016}")).size == 1


def test_a_full_disk_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    history = History.open(tmp_path, nothing)
    history.add([doc(n, [n + 100, 3]) for n in range(4)])
    history.save(1, everything=True)
    history.add([doc(n, [n + 100, 3], at=AT + n * PERIOD) for n in range(4, 7)])
    fsync, calls = os.fsync, 0

    def full(number: int) -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise OSError(28, "No space left on device")
        fsync(number)

    monkeypatch.setattr(os, "fsync", full)
    history.save(2, everything=True)
    assert (history.batch_id, history.size) == (1, 7)
    assert carried(history, [3], AT, AT + 9 * PERIOD) == {3: list(range(7))}
    assert History.open(tmp_path, lambda _: (4, f"{3:016}")).size == 4
    history.save(2, everything=True)
    assert History.open(tmp_path, lambda _: (7, f"{6:016}")).batch_id == 2


def test_few_documents_wait_in_memory(tmp_path: Path) -> None:
    history = History.open(tmp_path, nothing)
    history.add([doc(n, [n + 1]) for n in range(10)])
    history.save(1)
    assert not list(tmp_path.glob("*.run"))


def test_a_table_finds_what_bisection_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TABLE", 16)
    monkeypatch.setattr(module, "CHUNK", 64)
    chance = np.random.default_rng(3)
    history = History.open(tmp_path, nothing)
    for n in range(200):
        coarse = chance.integers(0, int(COARSE), 8, dtype=np.uint64)
        fine = chance.integers(int(COARSE), 2**64, 4, dtype=np.uint64)
        history.add([doc(n, [*coarse.tolist(), *fine.tolist(), 0, int(COARSE) - 1, int(COARSE), 2**64 - 1])])
    history.save(1, everything=True)
    [run] = [r for runs in history._files.values() for r in runs]
    assert run.table.size
    edges = np.array([0, int(COARSE), 2**64 - 1], np.uint64)
    wanted = np.unique(np.concatenate([run.grams[::3], chance.integers(0, 2**64, 500, dtype=np.uint64), edges]))
    begin, lengths = run.find(wanted)
    assert np.array_equal(begin, np.searchsorted(run.grams, wanted))
    assert np.array_equal(lengths, np.searchsorted(run.grams, wanted, "right") - begin)


@pytest.mark.parametrize(("groups", "outlets", "known"), [(6, 6, True), (5, 40, False), (1, 40, False), (1, 4, True)])
def test_files_do_not_list_the_carriers_of_boilerplate(tmp_path: Path, *, groups: int, outlets: int, known: bool) -> None:
    """Which of them unrelated articles share, or ever so many of few outlets."""
    history = History.open(tmp_path, nothing)
    for batch in range(4):
        history.add([doc(n, [7, 100 + n], outlet=f"Outlet {n % outlets}") for n in range(batch * 10, batch * 10 + 10)])
        for n in range(batch * 10, batch * 10 + 10):
            history.judged(n, AT, f"{n % groups:016}", (0, 0), holds=False)
    assert len(carried(history, [7])[7]) == 40, "what waits in memory is listed"
    history.save(1, everything=True)
    found = asked(history, [7, 105])
    assert (found.common[0].tolist(), len(_ids(found, 0))) == ([known, False], 0 if known else 40)
    history.add([doc(50, [7])])
    history.save(2, everything=True)
    assert asked(history, [7]).common.tolist() == [[known]]


def test_groups_are_joined(tmp_path: Path) -> None:
    history = History.open(tmp_path, nothing)
    history.add([doc(1, [3]), doc(2, [3]), doc(3, [3])])
    history.judged(1, AT, f"{1:016}", (0, 0), holds=False)
    found = asked(history, [3])
    assert [int(g) for g in found.docs["group_id"]] == [1, 1, 3]
