"""What tests share: stories that never happened, and the real command line."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from unittest.mock import patch

import duckdb
import hypothesis
import pytest

with redirect_stdout(StringIO()), redirect_stderr(StringIO()):  # its consoles look only once whether they write to a terminal
    from flows.cli import main

ROOT = Path(__file__).parents[1]

# The same examples in every run: what a random search finds is for the one who searches, not for whoever runs the tests.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis.settings.load_profile("steady")

TOWNS = ("Lodwar", "Tromso", "Apia", "Cusco", "Halifax", "Dakar", "Kigali", "Galway", "Boise", "Makassar")
THINGS = ("bridge", "ferry", "clinic", "orchard", "archive", "reactor", "choir", "tramway", "glacier", "market")
VERBS = ("closed", "reopened", "bought", "inspected", "painted", "flooded", "rebuilt", "insured", "measured", "renamed")

NO_FACTS = {"WIREHOUSE_ENTITIES_ENGINE": "none"}  # they cost more than all else: a test that wants them asks for them
os.environ |= NO_FACTS

Ingest = Callable[..., subprocess.CompletedProcess[str]]


def story(n: int, words: int = 120) -> str:
    """An invented story that no other number gives; no two share a run of five words."""
    parts = [
        f"Item {n}-{i}: the {THINGS[(n + i) % 10]} no{n} of {TOWNS[(n * 7 + i) % 10]} was {VERBS[(n * 3 + i) % 10]} in{n} by {i} crews."
        for i in range(max(1, words // 14))
    ]
    return "\n\n".join(" ".join(parts[i : i + 3]) for i in range(0, len(parts), 3))


def write_stories(folder: Path, numbers: Iterable[int], words: int = 120) -> None:
    """One file a story, a hundred a folder."""
    for n in numbers:
        place = folder / f"{n // 100:03d}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"story-{n:05d}.txt").write_text(story(n, words), encoding="utf-8")


def command(*arguments: object, data: Path) -> list[str]:
    return [sys.executable, "-m", "flows.cli", *map(str, arguments), "--data", str(data)]


def environment(**more: str) -> dict[str, str]:
    """The environment of a plain run: nothing of the caller's settings, and modules compiled once, not at each start."""
    ours = ("WIREHOUSE_", "PREFECT_", "PYTHONDONTWRITEBYTECODE")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
    return kept | {"PYTHONPATH": str(ROOT), **NO_FACTS} | more


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def wirehouse(data: Path) -> Ingest:
    """Runs a command in this process, which saves the second that Python and our imports take, and tells of it as of one of its own.

    How processes start, write to pipes and end is for `process` to show.
    """

    def run(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
        typed = [*map(str, arguments), "--data", str(data)]
        printed, told = (TextIOWrapper(BytesIO(), "utf-8", errors) for errors in ("strict", "backslashreplace"))
        before = signal.getsignal(signal.SIGTERM)
        with (
            redirect_stdout(printed), redirect_stderr(told), patch("sys.stdin", TextIOWrapper(BytesIO(), "utf-8")),
            patch.dict(os.environ, environment(**more), clear=True), chdir(ROOT), pytest.raises(SystemExit) as ended,
        ):  # fmt: skip
            main(typed)
        signal.signal(signal.SIGTERM, before)
        code = ended.value.code
        assert isinstance(code, int)
        return subprocess.CompletedProcess(typed, code, _written(printed), _written(told))

    return run


def _written(stream: TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


@pytest.fixture
def process(data: Path) -> Ingest:
    """Runs a command as a user does, in a process of its own."""

    def run(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command(*arguments, data=data),
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
            env=environment(**more),
            timeout=120,
        )

    return run


def query(data: Path, sql: str) -> list[tuple[object, ...]]:
    """Rows of the published warehouse."""
    with duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as con:
        return con.execute(sql).fetchall()
