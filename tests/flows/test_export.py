"""`wirehouse export` as people and scripts meet it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from typing import TYPE_CHECKING

import duckdb
import pytest

from tests.conftest import ROOT, Ingest, command, environment, write_stories

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def filled(tmp_path: Path, wirehouse: Ingest) -> Path:
    write_stories(tmp_path / "in", range(3))
    assert wirehouse("ingest", tmp_path / "in", "--published", "2026-06-14").returncode == 0
    return tmp_path


def test_people_see_what_was_written(filled: Path, wirehouse: Ingest) -> None:
    first, second = (wirehouse("export", filled / "lake") for _ in range(2))
    assert (first.returncode, second.returncode, first.stderr) == (0, 0, "")
    assert [line.split()[:5] for line in first.stdout.splitlines() if line.startswith(" articles")] == [
        ["articles", "1", "0", "0", "3"]
    ]
    assert f"Exported to {filled / 'lake'}" in first.stdout
    assert f"Nothing has changed since in {filled / 'lake'}" in second.stdout
    assert [p.name for p in (filled / "lake" / "articles").iterdir()] == ["day=2026-06-14"]


def test_scripts_get_json(filled: Path, wirehouse: Ingest) -> None:
    done = json.loads(wirehouse("export", filled / "lines", "articles", "--format", "jsonl", "--json").stdout)
    assert (done["to"], done["format"], done["source"]) == (str(filled / "lines"), "jsonl", None)
    assert done["views"]["articles"].items() >= {"written": 1, "unchanged": 0, "removed": 0, "rows": 3}.items()
    lines = (filled / "lines" / "articles" / "day=2026-06-14" / "part-0.jsonl").read_text().splitlines()
    assert [json.loads(line)["published_at"] for line in lines] == ["2026-06-14T00:00:00.000000Z"] * 3
    again = json.loads(wirehouse("export", filled / "lines", "--json").stdout)
    assert again["views"]["articles"]["unchanged"] == 1, "what is not said is as the folder has it"


def test_a_slim_copy_is_one_file(filled: Path, wirehouse: Ingest) -> None:
    for more in (("--format", "duckdb"), ()):  # the second time its name says it
        run = wirehouse("export", filled / "slim.duckdb", *more)
        assert (run.returncode, run.stderr) == (0, "")
        assert f"Wrote {filled / 'slim.duckdb'}" in run.stdout
    with duckdb.connect(str(filled / "slim.duckdb"), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM mart.articles").fetchall() == [(3,)]


def test_what_cannot_be_is_told_with_its_exit_code(filled: Path, wirehouse: Ingest) -> None:
    assert wirehouse("export", filled / "csv", "--format", "csv").returncode == 0
    for arguments, code, message in (
        ((filled / "data" / "x",), 2, "lies in the data folder"),
        ((filled / "csv", "--format", "parquet"), 2, "with --format csv: name another folder, or empty this one with --anew"),
        ((filled / "in",), 2, "is not empty and holds no export"),
        ((filled / "x", "article"), 2, "there is no view 'article' in mart; there is: articles"),
        ((filled / "x", "--source", "nobody"), 2, "no article is of the source 'nobody'; there is: in"),
        ((filled / "x", "--since", "soon"), 2, "--since 'soon' is no date"),
        ((filled / "x", "--until", "soon"), 2, "--until 'soon' is no date"),
        ((filled / "x", "--since", "2026-06-15", "--until", "2026-06-14"), 2, "is after --until"),
        ((filled / "x.duckdb", "--anew"), 2, "leave --anew out"),
        ((filled / "in" / "000" / "story-00000.txt",), 2, "is a file"),
    ):
        run = wirehouse("export", *arguments)
        assert (run.returncode, run.stdout) == (code, ""), arguments
        assert message in " ".join(run.stderr.split()), arguments
    assert not (filled / "x").exists()
    assert wirehouse("export", filled / "csv", "--anew", "--format", "parquet").returncode == 0


def test_there_must_be_a_warehouse(tmp_path: Path, wirehouse: Ingest) -> None:
    for place in ("lake", "slim.duckdb"):
        run = wirehouse("export", tmp_path / place)
        assert (run.returncode, "there is no warehouse in" in run.stderr) == (1, True)


def test_a_terminal_shows_progress(filled: Path, data: Path) -> None:
    ours, theirs = pty.openpty()
    run = subprocess.Popen(
        command("export", filled / "lake", data=data),
        cwd=ROOT,
        env=environment(TERM="xterm"),
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(ours, 4096):
            shown += chunk
    except OSError:  # EIO: it has ended
        pass
    os.close(ours)
    assert run.wait(30) == 0
    assert b"days" in shown
