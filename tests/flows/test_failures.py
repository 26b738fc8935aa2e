"""Disks that are full or read-only, clocks that go back, runs that meet: nothing is lost, nothing doubled, and the next run is green."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb
import pytest

from tests.conftest import ROOT, Ingest, command, environment, query, write_stories

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STORIES = 400


@contextmanager
def disk(place: Path, size: str) -> Iterator[None]:
    """A file system of its own at a folder."""
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


def remount(place: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", place], check=True)


def whole(data: Path, n: int) -> None:
    """Each story is there once, with its bytes, and the books of runs that ended balance."""
    assert query(data, "SELECT count(*), count(DISTINCT text) FROM mart.articles") == [(n, n)]
    assert query(data, "SELECT count(*), count(DISTINCT path) FROM mart.sightings") == [(n, n)]
    assert query(data, "SELECT count(*) FROM ops.raw AS r ANTI JOIN ops.file AS f USING (raw_id)") == [(0,)]
    assert query(data, "SELECT bool_and(balanced) FROM mart.runs WHERE state = 'completed'") == [(True,)]


@pytest.mark.parametrize(
    ("part", "size", "told"),
    [("live", "3m", "disk is full"), ("archive", "64k", "disk is full"), ("published", "2m", "publishing needs")],
)
def test_a_full_disk_is_said_and_the_next_run_goes_on(
    tmp_path: Path, data: Path, wirehouse: Ingest, part: str, size: str, told: str
) -> None:
    folder = tmp_path / "in"
    write_stories(folder, range(STORIES), words=250)
    with disk(data / part, size):
        full = wirehouse("ingest", folder, "--workers", 0)
        assert full.returncode == 1
        assert told in full.stderr, full.stderr
        assert "ake room" in full.stderr
        assert "Traceback" not in full.stderr
        remount(data / part, "size=500m")
        run = wirehouse("ingest", folder, "--workers", 0)
        assert run.returncode == 0, run.stderr
        whole(data, STORIES)


def test_a_read_only_folder_is_said_and_can_be_queried(tmp_path: Path, data: Path, wirehouse: Ingest) -> None:
    folder = tmp_path / "in"
    write_stories(folder, range(3))
    with disk(data, "100m"):
        assert wirehouse("ingest", folder).returncode == 0
        write_stories(folder, range(3, 6))
        remount(data, "ro")
        for command_ in (("ingest", folder), ("poll", "--all")):
            refused = wirehouse(*command_)
            assert refused.returncode == 1
            assert "cannot be written" in refused.stderr, refused.stderr
            assert "Traceback" not in refused.stderr
        asked = wirehouse("sql", "--format", "csv", "SELECT count(*) FROM mart.articles")
        assert asked.stdout.splitlines()[1:] == ["3"]
        assert wirehouse("status").returncode == 0
        remount(data, "rw")
        assert wirehouse("ingest", folder).returncode == 0
        whole(data, 6)


def test_runs_at_the_same_time_take_turns(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "in"
    write_stories(folder, range(STORIES), words=60)
    runs = [
        subprocess.Popen(
            command("ingest", folder, "--workers", 0, data=data), cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for _ in range(3)
    ]  # fmt: skip
    assert [run.wait(120) for run in runs] == [0, 0, 0]
    whole(data, STORIES)
    assert query(data, "SELECT sum(new) FROM mart.runs") == [(STORIES,)]


def test_a_clock_that_went_back(tmp_path: Path, data: Path, wirehouse: Ingest) -> None:
    """All that was written so far was written ten days from now, as after a clock that was ahead has been set right."""
    folder = tmp_path / "in"
    write_stories(folder, range(3))
    assert wirehouse("ingest", folder).returncode == 0
    with duckdb.connect(str(data / "live" / "warehouse.duckdb")) as con:
        stamps = con.execute(
            "SELECT schema_name, table_name, column_name FROM duckdb_columns() WHERE data_type = 'TIMESTAMP' AND schema_name IN ('ops', 'news')"
        ).fetchall()
        for schema, table, column in stamps:
            con.execute(f"UPDATE {schema}.{table} SET {column} = {column} + INTERVAL 10 DAY")
    write_stories(folder, range(3, 6))
    (folder / "000" / "story-00000.txt").write_text("Another text altogether, of which nobody has heard so far.\n\n" * 3)
    run = wirehouse("ingest", folder)
    assert run.returncode == 0, run.stderr
    assert query(data, "SELECT count(*), count(DISTINCT article_id) FROM mart.articles") == [(7, 7)]
    assert query(data, "SELECT count(*) FROM news.version WHERE valid_to < valid_from") == [(0,)]
    assert wirehouse("status").returncode == 0


@pytest.mark.soak
def test_a_hundred_thousand_files_at_once(tmp_path: Path, data: Path, process: Ingest) -> None:
    folder = tmp_path / "in"
    write_stories(folder, range(100_000), words=60)
    with subprocess.Popen(command("ingest", folder, data=data), cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL) as run:
        assert run.wait(1_800) == 0
    whole(data, 100_000)
    again = process("ingest", folder)
    assert again.returncode == 0
    assert "100,000 files were unchanged" in again.stdout
