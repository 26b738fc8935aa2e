"""Who is told of runs that fail, and how runs wait for what passes."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from contextlib import ExitStack
from errno import ENOSPC
from typing import TYPE_CHECKING

import pytest

from flows.failures import tell
from flows.patience import TooLong, limited, patiently
from warehouse.disk import FULL
from warehouse.errors import Locked, StoreError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Ingest


def teller(tmp_path: Path, code: int = 0) -> tuple[str, Path]:
    """A command that notes what it is told, and the file that it notes it in."""
    script, notes = tmp_path / "tell.py", tmp_path / "told.jsonl"
    script.write_text(f"import sys\nopen({str(notes)!r}, 'a').write(sys.stdin.read() + '\\n')\nsys.exit({code})\n")
    return f"{sys.executable} {script}", notes


def told(notes: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in notes.read_text().splitlines()] if notes.exists() else []


def test_a_command_that_fails_unseen_tells_of_it_once(process: Ingest, tmp_path: Path, data: Path) -> None:
    target, notes = teller(tmp_path)
    for _ in range(2):
        run = process("ingest", tmp_path / "nowhere", WIREHOUSE_ON_FAILURE=target)
        assert run.returncode == 2
    [event] = told(notes)
    assert (event["event"], event["flow"], event["data"]) == ("run_failed", "ingest", str(data))
    assert "nowhere" in str(event["message"])
    assert str(event["text"]).startswith(f"Wirehouse: wirehouse ingest {tmp_path / 'nowhere'}")
    assert process("formats", "--no-such-option", WIREHOUSE_ON_FAILURE=target).returncode == 2
    assert len(told(notes)) == 1


def test_what_could_not_be_told_is_told_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target, notes = teller(tmp_path, code=1)
    monkeypatch.setenv("WIREHOUSE_ON_FAILURE", target)
    said: list[str] = []
    for _ in range(2):
        tell(tmp_path, "poll", "https://me:secret@example.org/ fell", say=said.append)
    assert len(told(notes)) == 2
    assert told(notes)[0]["message"] == "https://…@example.org/ fell"
    assert said == [f"WIREHOUSE_ON_FAILURE: {sys.executable} failed with exit code 1"] * 2


def test_the_same_trouble_with_other_numbers_is_no_news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target, notes = teller(tmp_path)
    monkeypatch.setenv("WIREHOUSE_ON_FAILURE", target)
    for message in ("process 12 writes since 08:00", "process 7 writes since 09:30", "the disk is full"):
        tell(tmp_path, "poll", message)
    assert [t["message"] for t in told(notes)] == ["process 12 writes since 08:00", "the disk is full"]
    monkeypatch.setattr("flows.failures.AGAIN_S", 0.0)
    tell(tmp_path, "poll", "the disk is full")
    assert len(told(notes)) == 3


@pytest.mark.parametrize(
    "trouble", [Locked("another run writes"), OSError(ENOSPC, "No space left on device"), StoreError(f"live.duckdb: {FULL}")]
)
def test_what_passes_is_tried_again(trouble: Exception) -> None:
    left, said = [trouble, trouble], list[str]()

    def work() -> str:
        if left:
            raise left.pop()
        return "done"

    assert patiently(work, said.append, waits_s=(0, 0)) == "done"
    assert len(said) == 2
    assert str(trouble) in said[0]


def test_what_does_not_pass_is_not_tried_again_and_patience_ends() -> None:
    tries: list[Exception] = []

    def work(error: Exception) -> None:
        tries.append(error)
        raise error

    with pytest.raises(UsageError):
        patiently(lambda: work(UsageError("no such source")), print, waits_s=(0, 0))
    assert len(tries) == 1
    with pytest.raises(Locked):
        patiently(lambda: work(Locked("another run writes")), print, waits_s=(0, 0))
    assert len(tries) == 4


def _asleep(cleaned: list[str]) -> None:
    with limited(0.1), ExitStack() as end:
        end.callback(cleaned.append, "in order")
        time.sleep(30)


def test_a_run_that_takes_too_long_is_ended_in_order() -> None:
    cleaned: list[str] = []

    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    began = time.monotonic()
    try:
        with pytest.raises(TooLong, match="longer than"):
            _asleep(cleaned)
        assert time.monotonic() - began < 5
        assert cleaned == ["in order"]
        with limited(0.05):
            pass
        time.sleep(0.1)  # what has ended in time is left alone
        with pytest.raises(KeyboardInterrupt), limited(30):
            os.kill(os.getpid(), signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)
