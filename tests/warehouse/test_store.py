"""The one writer: transactions, the archive behind them, and books that balance."""

from __future__ import annotations

import multiprocessing
import os
import time
from datetime import datetime
from typing import TYPE_CHECKING

import duckdb
import pytest

from warehouse import lock as lock_module
from warehouse.archive import Archive, Entry, Kept, Record, read
from warehouse.errors import BooksError, Locked, StoreError
from warehouse.layout import Layout
from warehouse.lock import WriterLock, holder
from warehouse.models import FileRow, Landing, RejectRow, Unchanged
from warehouse.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOW = datetime(2026, 11, 1)  # noqa: DTZ001  naive UTC
REJECT = RejectRow("parse", "empty", "nothing", "s", "a.txt", 0, None, "r1", NOW)
FILE = FileRow("s", "a.txt", 1, 0, 0, "r1", 0, True, 1, 0, 1)


def store(data: Path, wait_s: float = 0.5) -> Store:
    layout = Layout(data)
    return Store(layout, WriterLock(layout.live, "a test", wait_s=wait_s))


def kept(raw_id: str, data: bytes) -> Kept:
    return Kept(raw_id, f"file:{raw_id}", "text/plain", NOW, data, len(data))


def test_a_batch_commits_whole(data: Path) -> None:
    with store(data) as s:
        number = s.land(Landing(payloads=1, items=1, reject=[REJECT], file=[FILE]), [kept("r1", b"bytes")])
        assert number == 1
        assert s.end().balanced
        path = s.publish()
    assert path is not None
    with duckdb.connect(str(path), read_only=True) as con:
        assert con.execute("SELECT batch_id, items FROM ops.batch").fetchall() == [(1, 1)]
        [(archive, offset, length)] = con.execute("SELECT archive, archive_offset, archive_length FROM ops.raw").fetchall()
    assert read(data / "archive", Entry(archive, offset, length)) == b"bytes"


def test_a_batch_that_fails_leaves_no_row(data: Path) -> None:
    bad = FILE._replace(path=None)  # type: ignore[arg-type]  # what NOT NULL is for
    with store(data) as s:
        with pytest.raises(duckdb.ConstraintException):
            s.land(Landing(payloads=1, items=1, reject=[REJECT], file=[bad]))
        for table in ("ops.batch", "ops.reject", "ops.file"):
            assert s.con.execute(f"SELECT count(*) FROM {table}").fetchall() == [(0,)]
        s.land(Landing(payloads=1, items=1, reject=[REJECT], file=[FILE]))
        assert s.end().rejected == 1


def test_books_that_do_not_balance_fail_the_run(data: Path) -> None:
    lost = FILE._replace(n_items=3)
    with store(data) as s:
        s.land(Landing(payloads=1, items=3, reject=[REJECT], file=[lost]))
        with pytest.raises(BooksError, match="3 fetched, but 0 new"):
            s.end()
        assert s.con.execute("SELECT state FROM ops.run").fetchall() == [("failed",)]


def test_unchanged_files_count_on_both_sides(data: Path) -> None:
    with store(data) as s:
        books = s.end(Unchanged(files=4, seen=5, rejected=2))
    assert (books.fetched, books.seen, books.rejected, books.balanced) == (7, 5, 2, True)


def test_what_was_archived_but_not_committed_is_cut_off(data: Path) -> None:
    with store(data) as s:
        s.land(Landing(), [kept("r1", b"one")])
        s.end()
    [file] = (data / "archive").iterdir()
    size = file.stat().st_size
    with file.open("ab") as torn:
        torn.write(b"half a record")
    (data / "archive" / "wirehouse-000002.warc.gz").write_bytes(b"a file that no row knows")
    with store(data) as s:
        assert file.stat().st_size == size
        s.land(Landing(), [kept("r1", b"one"), kept("r2", b"two")])
        rows = s.con.execute("SELECT raw_id, archive, archive_offset, archive_length FROM ops.raw ORDER BY 1").fetchall()
        s.end()
    assert [(r, read(data / "archive", Entry(*place))) for r, *place in rows] == [("r1", b"one"), ("r2", b"two")]


def test_a_lost_archive_is_said_and_not_written_over(data: Path) -> None:
    with store(data) as s:
        s.land(Landing(), [kept("r1", b"one" * 1000)])
        s.end()
    [file] = (data / "archive").iterdir()
    os.truncate(file, 10)
    with pytest.raises(StoreError, match="restore the file from a backup"):
        store(data).__enter__()


def test_archives_roll(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.archive.ROLL_AT", 500)
    end = Archive(tmp_path, {})
    end.open()
    entries = []
    for n in range(10):
        (tmp_path / "payload").write_bytes(os.urandom(200) + bytes([n]))
        with (tmp_path / "payload").open("rb") as stream:
            entries.append(
                (end.append(Record(f"{n:064d}", "file:x", "text/plain", NOW), stream), (tmp_path / "payload").read_bytes())
            )
    end.close()
    assert len({e.archive for e, _ in entries}) > 3
    assert all(read(tmp_path, e) == data for e, data in entries)


def test_a_killed_run_is_named_by_the_next(data: Path) -> None:
    run = multiprocessing.get_context("spawn").Process(target=_die_inside, args=(data,))
    run.start()
    run.join(30)
    assert run.exitcode == 9
    with store(data) as s:
        states = [state for (state,) in s.con.execute("SELECT state FROM ops.run ORDER BY started_at").fetchall()]
        s.end()
    assert states == ["killed", "running"]


def _die_inside(data: Path) -> None:
    with store(data):
        os._exit(9)


def test_the_lock_names_its_holder_and_waits_no_longer_than_told(data: Path) -> None:
    said: list[str] = []
    with store(data) as s:
        waiting = WriterLock(Layout(data).live, "another", wait_s=0.3, on_wait=said.append)
        began = time.monotonic()
        with pytest.raises(Locked, match=rf"being written by a test \(process {os.getpid()}, since .*gave up after 0.3 s"):
            waiting.acquire()
        assert 0.2 < time.monotonic() - began < 5
        assert len(said) == 1
        found = holder(Layout(data).live)
        assert found is not None
        assert found["who"] == "a test"
        s.end()
    assert holder(Layout(data).live) is None


def _hold(folder: Path, who: str, urgency: lock_module.Urgency, order: Callable[[str], None], ready: Callable[[], None]) -> None:
    lock = WriterLock(folder, who, urgency, wait_s=30)
    ready()
    lock.acquire()
    order(who)
    time.sleep(0.2)
    lock.release()


def test_a_waiting_live_feed_goes_before_a_backfill(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock_module, "SLICE_S", 0.0)
    folder = Layout(data).live
    context = multiprocessing.get_context("spawn")
    order, ready = context.SimpleQueue(), context.SimpleQueue()
    mine = WriterLock(folder, "the holder", "backfill", wait_s=30)
    mine.acquire()
    assert not mine.wanted()
    runs = []
    for who, urgency in (("a backfill", "backfill"), ("a feed", "live")):
        runs.append(context.Process(target=_hold, args=(folder, who, urgency, order.put, _Signal(ready))))
        runs[-1].start()
        ready.get()
        time.sleep(0.3)
    assert mine.wanted()
    mine.release()
    mine.acquire()  # a holder that lets others in stands at the end of the line
    order.put("the holder")
    mine.release()
    for run in runs:
        run.join(20)
    assert [order.get() for _ in range(3)] == ["a feed", "a backfill", "the holder"]


class _Signal:
    def __init__(self, queue: multiprocessing.SimpleQueue[bool]) -> None:
        self._queue = queue

    def __call__(self) -> None:
        self._queue.put(True)


def test_a_live_holder_lets_no_backfill_in(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock_module, "SLICE_S", 0.0)
    lock = WriterLock(Layout(data).live, "a feed", "live")
    lock.acquire()
    with lock_module._ticket(Layout(data).live / "waiting", "backfill"):
        assert not lock.wanted()
    with lock_module._ticket(Layout(data).live / "waiting", "live"):
        assert lock.wanted()
    assert not lock.wanted(), "a ticket that was given back counts for nothing"
    lock.release()


def test_two_runs_take_turns_between_batches(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock_module, "SLICE_S", 0.0)
    with store(data) as s:
        other = multiprocessing.get_context("spawn").Process(target=_land_one, args=(data,))
        other.start()
        deadline = time.monotonic() + 20
        while not s.lock.wanted() and time.monotonic() < deadline:
            time.sleep(0.05)
        s.land(Landing(payloads=1, items=1, reject=[REJECT], file=[FILE]))
        s.breathe()
        s.land(Landing(payloads=1, items=1, reject=[REJECT], file=[FILE]))
        assert s.con.execute("SELECT batch_id, run_id = $1 FROM ops.batch ORDER BY 1", [s.run_id]).fetchall() == [
            (1, True),
            (2, False),
            (3, True),
        ]
        assert s.end().fetched == 2
        other.join(20)


def _land_one(data: Path) -> None:
    with store(data, wait_s=30) as s:
        s.land(Landing(payloads=1, items=1, reject=[REJECT], file=[FILE]))
        s.end()


def test_old_versions_go_when_nobody_needs_them(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.publish.GRACE_S", 0.0)
    names = []
    for _ in range(5):
        with store(data) as s:
            s.land(Landing(payloads=1, items=1, reject=[REJECT], file=[FILE]))
            s.end()
            path = s.publish()
            assert path is not None
            names.append(path.name)
        time.sleep(0.02)
    assert names == [f"warehouse-{n}.duckdb" for n in range(1, 6)]
    assert sorted(p.name for p in (data / "published").iterdir()) == names[-2:]
    for path in (data / "published").iterdir():
        path.unlink()
    (data / "published" / "warehouse-40.duckdb").touch()
    with store(data) as s:
        s.end()
        path = s.publish()
    assert path is not None
    assert path.name == "warehouse-41.duckdb", "a name is never used again"
    assert oct(path.stat().st_mode)[-3:] == "444"


def test_a_full_disk_is_said_and_costs_nothing(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with store(data) as s:
        s.land(Landing(payloads=1, items=1, reject=[REJECT], file=[FILE]))
        s.end()
        monkeypatch.setattr("warehouse.publish.shutil.disk_usage", lambda _: type("Usage", (), {"free": 1}))
        with pytest.raises(StoreError, match="what landed is safe; make room"):
            s.publish()
        monkeypatch.undo()
        assert s.publish() is not None
