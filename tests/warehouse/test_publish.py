"""Publishing costs in proportion: a tenth of the time, most of a copy written over an old one, and nothing on a full disk."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import duckdb
import pytest

from tests.conftest import query
from warehouse import publish as module
from warehouse.errors import StoreError
from warehouse.layout import Layout
from warehouse.lock import WriterLock
from warehouse.models import Landing
from warehouse.publish import is_owed, publish, put_off, wait_s
from warehouse.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ENDED = datetime(2026, 11, 1, 12)  # noqa: DTZ001  naive UTC
COPIES = ("_write_over", "_copy")


def store(data: Path) -> Store:
    layout = Layout(data)
    return Store(layout, WriterLock(layout.live, "a test", wait_s=5))


def landed(data: Path, *, sparing: bool = False) -> Path | None:
    with store(data) as s:
        s.land(Landing())
        s.end()
        return s.publish(sparing=sparing)


@pytest.fixture
def layout(data: Path) -> Layout:
    """A data folder with one published version, and no haste with the next."""
    assert landed(data) is not None
    return Layout(data)


@pytest.mark.parametrize(
    ("after_s", "left_s"), [(0.0, 18.0), (17.0, 1.0), (18.0, 0.0), (3_600.0, 0.0), (-1.0, 18.0), (-86_400.0, 18.0)]
)
def test_the_next_one_waits_nine_times_what_one_costs(after_s: float, left_s: float) -> None:
    assert wait_s(ENDED, 2.0, ENDED + timedelta(seconds=after_s)) == left_s


def test_before_the_first_one_nobody_waits() -> None:
    assert wait_s(None, None, ENDED) == 0.0


def test_who_is_not_waited_for_leaves_it_to_a_later_run(layout: Layout) -> None:
    with store(layout.data) as s:
        s.con.execute("UPDATE ops.publication SET seconds = 2, cost_s = 2, published_at = published_at - INTERVAL 10 SECOND")
        s.land(Landing())
        s.end()
        assert s.publish(sparing=True) is None
        behind, left_s = s.publication_due()
        assert behind
        assert 5 < left_s <= 10
        assert not is_owed(layout), "not yet"
        s.con.execute("UPDATE ops.publication SET published_at = published_at - INTERVAL 10 SECOND")
        assert s.publish(sparing=True) is not None, "after a quiet time it comes at once"
        assert s.publication_due()[0] is False
        assert s.publish(sparing=True) is None, "nothing has changed"
    assert not layout.owed.exists()


def test_who_is_waited_for_publishes_at_once(layout: Layout) -> None:
    with store(layout.data) as s:
        s.con.execute("UPDATE ops.publication SET seconds = 1000, cost_s = 1000")
        s.land(Landing())
        s.end()
        assert s.publish(sparing=True) is None
        assert s.publish() is not None


def test_one_that_cost_much_more_than_others_tells_nothing_of_the_next(layout: Layout) -> None:
    assert landed(layout.data) is not None
    with store(layout.data) as s:
        s.con.execute("UPDATE ops.publication SET seconds = 0.5, cost_s = CASE number WHEN 2 THEN 100 ELSE 0.5 END")
        assert s.publication_due()[1] < 105


def test_what_was_put_off_is_owed_when_it_is_due(layout: Layout) -> None:
    put_off(layout, 60)
    assert not is_owed(layout)
    put_off(layout, -0.1)
    assert is_owed(layout)
    put_off(layout, 86_400)
    assert is_owed(layout), "the clock was set back"
    put_off(layout, None)
    assert not is_owed(layout)


def test_a_publication_that_was_cut_short_is_made_up_for(layout: Layout) -> None:
    with store(layout.data) as s:
        s.con.execute("UPDATE ops.publication SET seconds = NULL, cost_s = NULL")  # killed before it was done
        assert s.publication_due() == (True, 0.0)
        assert s.publish(sparing=True) is not None


def test_an_old_version_is_written_over_if_nobody_has_it_open(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "GRACE_S", 0.0)
    done: list[str] = []
    for name in COPIES:
        monkeypatch.setattr(module, name, _noting(done, name))
    first = layout.current.resolve()
    assert landed(layout.data) is not None
    time.sleep(0.05)
    with first.open("rb") as reader:  # it locks nothing, as a copy to another machine does
        before = reader.read()
        reader.seek(0)
        assert landed(layout.data) is not None
        assert reader.read() == before, "who has it open reads it to the end"
    time.sleep(0.05)
    assert landed(layout.data) is not None
    assert done == ["_copy", "_copy", "_write_over"]
    assert query(layout.data, "SELECT count(*) FROM ops.batch") == [(4,)]


def _noting(done: list[str], name: str) -> Callable[[Path, Path], None]:
    original = getattr(module, name)

    def noted(source: Path, draft: Path) -> None:
        done.append(name)
        original(source, draft)

    return noted


def test_a_version_of_any_length_can_be_written_over(tmp_path: Path) -> None:
    source, old = tmp_path / "source", tmp_path / "old"
    for size, before in ((3_000_000, 1_000_000), (1_000_000, 3_000_000), (0, 10), (1_048_577, 1_048_577)):
        source.write_bytes(os.urandom(size))
        old.write_bytes(source.read_bytes()[: before // 2] + os.urandom(before - before // 2))
        module._write_over(source, old)
        assert old.read_bytes() == source.read_bytes()


def test_readers_never_see_a_version_that_is_written_over(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "GRACE_S", 0.0)
    old = layout.current.resolve()
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(old)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as reader:
        assert reader.stdout is not None
        assert reader.stdin is not None
        assert reader.stdout.readline() == "1\n"
        for _ in range(3):
            assert landed(layout.data) is not None
            time.sleep(0.03)
        assert old.exists(), "somebody has it open"
        reader.stdin.close()
        assert reader.stdout.readline() == "1\n"


HOLDER = """
import duckdb, sys
con = duckdb.connect(sys.argv[1], read_only=True)
print(con.execute("SELECT count(*) FROM ops.batch").fetchall()[0][0], flush=True)
sys.stdin.read()
con.execute("FROM mart.runs").fetchall()
print(con.execute("SELECT count(*) FROM ops.batch").fetchall()[0][0], flush=True)
"""


@contextmanager
def mounted(place: Path, size: str) -> Iterator[None]:
    place.mkdir(parents=True, exist_ok=True)
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], capture_output=True, text=True, check=False
    )
    if made.returncode:
        pytest.skip(f"no file system can be mounted here: {made.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def test_a_full_disk_leaves_the_old_version_and_no_litter(data: Path) -> None:
    layout = Layout(data)
    with mounted(layout.published, "24m"):
        assert landed(data) is not None
        current = layout.current.resolve()
        (layout.published / "in the way").write_bytes(b"x" * (17 << 20))
        with pytest.raises(StoreError, match=r"needs \d+ MB free in .*what landed is safe; make room and run again"):
            landed(data)
        assert layout.current.resolve() == current
        assert {p.name for p in layout.published.iterdir()} == {current.name, "in the way"}
        with duckdb.connect(str(current), read_only=True) as con:
            assert con.execute("SELECT count(*) FROM ops.batch").fetchall() == [(1,)]
        (layout.published / "in the way").unlink()
        with store(data) as s:
            assert s.publish() is not None, "the next run makes up for it"


def test_a_disk_that_fills_while_copying(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layout = Layout(data)
    with mounted(layout.published, "24m"):
        assert landed(data) is not None
        current = layout.current.resolve()
        (layout.published / "in the way").write_bytes(b"x" * ((24 << 20) - current.stat().st_size - (64 << 10)))
        monkeypatch.setattr(module, "_check_free", lambda _layout, _needed: None)  # it seemed to be enough
        with pytest.raises(StoreError, match=r"No space left on device.*make room"):
            publish(layout, 99)
        assert layout.current.resolve() == current
        assert {p.name for p in layout.published.iterdir()} == {current.name, "in the way"}
