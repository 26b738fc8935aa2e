"""Refusals, bugs and stuck stages cost their own item and no other."""

from __future__ import annotations

import time
from datetime import datetime

import pytest

from tasks.sift import sift
from tasks.types import Reject
from warehouse.errors import Refusal


def reject(thing: str, refusal: Refusal) -> Reject:
    return Reject("test", refusal.reason, refusal.detail, "s", thing, None, datetime(2026, 1, 1))  # noqa: DTZ001


def deep(n: int) -> int:
    return deep(n + 1)


def stage(thing: str) -> str:
    match thing:
        case "refused":
            raise Refusal("malformed", "it is")
        case "bug":
            raise KeyError("oops")
        case "deep":
            return str(deep(0))
        case "large":
            raise MemoryError
        case "stuck":
            try:
                time.sleep(30)
            except Exception:  # noqa: BLE001  what a library on the way might do
                return "swallowed"
    return thing.upper()


def test_each_fate_is_its_own() -> None:
    found = list(sift(stage, ["a", "refused", "bug", "deep", "large", "stuck", "b"], reject, limit_s=0.2))
    assert [f.reason if isinstance(f, Reject) else f for f in found] == [
        "A",
        "malformed",
        "crashed",
        "too_deep",
        "too_large",
        "timeout",
        "B",
    ]
    bug = found[2]
    assert isinstance(bug, Reject)
    assert "KeyError: 'oops' (test_sift.py, line" in bug.detail


def test_the_time_that_the_reader_takes_is_not_the_items() -> None:
    found = []
    for result in sift(stage, ["a", "b"], reject, limit_s=0.1):
        time.sleep(0.25)
        found.append(result)
    assert found == ["A", "B"]


def test_an_interrupt_is_not_swallowed() -> None:
    def interrupted(_: str) -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(sift(interrupted, ["a"], reject))
