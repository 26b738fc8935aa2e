"""Readers are never blocked, and whatever they do to the published file neither stops nor damages ingestion."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Ingest, query, story

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOLDER = """
import duckdb, sys, time
con = duckdb.connect(sys.argv[1], read_only=sys.argv[2] == "read-only")
if sys.argv[2] != "read-only":
    con.execute("CREATE TABLE IF NOT EXISTS scribble AS SELECT 1 AS a")
    con.execute("INSERT INTO scribble VALUES (2)")
else:
    con.execute("SELECT count(*) FROM mart.articles").fetchall()
print("holding", flush=True)
time.sleep(600)
"""


@pytest.fixture
def folder(tmp_path: Path, wirehouse: Ingest) -> Path:
    place = tmp_path / "in"
    place.mkdir()
    (place / "0.txt").write_text(story(0))
    assert wirehouse("ingest", place).returncode == 0
    return place


@contextmanager
def holding(data: Path, mode: str) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the published file open until it is killed. Root may write to a read-only file; others make it so."""
    if mode == "read-write":
        (data / "warehouse.duckdb").resolve().chmod(0o644)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(data / "warehouse.duckdb"), mode], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "holding\n"
        yield process
        process.kill()


@pytest.fixture(params=["read-only", "read-write"])
def holder(request: pytest.FixtureRequest, folder: Path, data: Path) -> Iterator[subprocess.Popen[str]]:
    assert folder.exists()
    with holding(data, request.param) as process:
        yield process


@pytest.mark.usefixtures("holder")
def test_ingest_and_publish_succeed_while_a_reader_holds_the_file(folder: Path, data: Path, process: Ingest) -> None:
    (folder / "1.txt").write_text(story(1))
    run = process("ingest", folder)
    assert run.returncode == 0, run.stderr
    assert query(data, "SELECT count(*) FROM mart.articles") == [(2,)]


def test_a_killed_reader_leaves_the_next_one_undisturbed(
    holder: subprocess.Popen[str], folder: Path, data: Path, wirehouse: Ingest
) -> None:
    holder.kill()
    holder.wait()
    assert query(data, "SELECT count(*) FROM mart.articles") == [(1,)]
    (folder / "1.txt").write_text(story(1))
    assert wirehouse("ingest", folder).returncode == 0
    assert query(data, "SELECT count(*) FROM mart.articles") == [(2,)]
    assert query(data, "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'scribble'") == [(0,)]


def test_a_run_without_news_replaces_a_version_that_somebody_scribbled_on(folder: Path, data: Path, wirehouse: Ingest) -> None:
    before = (data / "warehouse.duckdb").resolve()
    with holding(data, "read-write"):
        assert wirehouse("ingest", folder).returncode == 0
        assert (data / "warehouse.duckdb").resolve() != before
        assert query(data, "SELECT count(*) FROM mart.articles") == [(1,)]


def test_readers_see_old_or_new_but_never_an_error(folder: Path, data: Path, wirehouse: Ingest) -> None:
    """A reader that opens the file again and again, while three runs publish."""
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(data / "warehouse.duckdb")], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert reader.stdout is not None
    first = reader.stdout.readline()
    for n in range(1, 4):
        (folder / f"{n}.txt").write_text(story(n))
        assert wirehouse("ingest", folder).returncode == 0
    time.sleep(0.5)
    reader.terminate()
    out, err = reader.communicate(timeout=20)
    counts = [int(line) for line in (first + out).split()]
    assert err == ""
    assert counts == sorted(counts)
    assert counts[-1] == 4
    assert len(counts) > 10


READER = """
import duckdb, signal, sys
going = True
def stop(*_):
    global going
    going = False
signal.signal(signal.SIGTERM, stop)
while going:
    with duckdb.connect(sys.argv[1], read_only=True) as con:
        print(con.execute("SELECT count(*) FROM mart.articles").fetchall()[0][0], flush=True)
"""
