"""A damaged log of the live database: what it still holds is read, and what it has lost is not lost without a trace."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Ingest, query, story
from tests.warehouse.test_store import FILE, REJECT, kept, store
from warehouse.models import Landing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LOG = "live/warehouse.duckdb.wal"


def flipped(share: float) -> Callable[[bytes], bytes]:
    def damage(log: bytes) -> bytes:
        at = int(len(log) * share)
        return log[:at] + bytes([log[at] ^ 0xFF]) + log[at + 1 :]

    return damage


def crashed(tmp_path: Path, damage: Callable[[bytes], bytes]) -> Path:
    """A data folder as a crash after ten batches leaves it, its log damaged since."""
    data = tmp_path / "data"
    with store(tmp_path / "alive") as s:
        for n in range(10):
            raw = f"{n:064x}"
            file = FILE._replace(path=f"{n}.txt", path_hash=n, raw_id=raw)
            s.land(
                Landing(payloads=1, items=1, reject=[REJECT._replace(raw_id=raw)], file=[file]), [kept(raw, b"payload %d" % n)]
            )
        shutil.copytree(tmp_path / "alive", data)
        s.end()
    log = data / LOG
    log.write_bytes(damage(log.read_bytes()))
    return data


@pytest.mark.parametrize(
    "damage",
    [flipped(0.9), flipped(0.5), flipped(0.02), lambda log: log[: len(log) // 2], lambda log: random.Random(1).randbytes(len(log)), lambda _log: b""],
    ids=["near the end", "in the middle", "near the beginning", "cut off", "garbage", "emptied"],
)  # fmt: skip
def test_the_next_run_goes_on_and_every_payload_is_accounted_for(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    data = crashed(tmp_path, damage)
    with store(data) as s:
        landed = {raw for (raw,) in s.con.execute("SELECT raw_id FROM ops.file").fetchall()}
        lost = {raw for (raw,) in s.con.execute("SELECT raw_id FROM ops.reject WHERE reason = 'lost'").fetchall()}
        assert landed | lost == {f"{n:064x}" for n in range(10)}
        assert not landed & lost
        assert lost, "the damage lost something"
        assert [s.bytes_of(f"{n:064x}") for n in range(10)] == [b"payload %d" % n for n in range(10)]
        assert s.con.execute("SELECT count(*), count(DISTINCT batch_id) FROM ops.batch WHERE batch_id > 10").fetchall() == [
            (1, 1)
        ]
        assert s.end().balanced
    assert list((data / "live" / "damaged").rglob("*.warc.gz.landed"))
    with store(data) as s:
        assert s.con.execute("SELECT count(*) FROM ops.reject WHERE reason = 'lost'").fetchall() == [(len(lost),)], (
            "once is enough"
        )
        s.end()


def test_a_rescue_that_was_killed_is_done_by_the_next_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = crashed(tmp_path, flipped(0.5))
    with monkeypatch.context() as patch:
        patch.setattr("warehouse.rescue.landings", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt), store(data):
            pass
    with store(data) as s:
        known = "SELECT raw_id FROM ops.file UNION SELECT raw_id FROM ops.reject WHERE reason = 'lost'"
        assert len(s.con.execute(known).fetchall()) == 10
        s.end()


def test_a_sound_log_is_read_whole(tmp_path: Path) -> None:
    data = crashed(tmp_path, lambda log: log)
    with store(data) as s:
        assert s.con.execute("SELECT count(*) FROM ops.file").fetchall() == [(10,)]
        assert s.con.execute("SELECT count(*) FROM ops.reject WHERE reason = 'lost'").fetchall() == [(0,)]
        s.end()
    assert not (data / "live" / "damaged").exists()


def test_files_land_again_by_themselves(tmp_path: Path, data: Path, wirehouse: Ingest) -> None:
    """A warehouse whose database went back to an earlier state: what the folder still has lands again, once."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "0.txt").write_text(story(0))
    assert wirehouse("ingest", folder).returncode == 0
    earlier = (data / "live" / "warehouse.duckdb").read_bytes()
    (folder / "1.txt").write_text(story(1))
    assert wirehouse("ingest", folder).returncode == 0
    (data / "live" / "warehouse.duckdb").write_bytes(earlier)
    run = wirehouse("ingest", folder)
    assert run.returncode == 0
    assert "was damaged, and batches were lost" in run.stderr
    assert query(data, "SELECT count(*), count(DISTINCT path) FROM mart.sightings") == [(2, 2)]
    [(source, path)] = query(data, "SELECT source, path FROM mart.rejects WHERE reason = 'lost'")
    assert (source, path) == ("in", "1.txt")
