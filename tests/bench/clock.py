"""CPU time of calls in this process, all its threads together."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from time import process_time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Thing = TypeVar("Thing")


def cpu_ms(work: Callable[[Thing], object], things: Sequence[Thing]) -> float:
    """CPU ms that a thing costs on average; each is seen once, so that no cache knows it, but for the first."""
    work(things[0])  # what is loaded once is not the thing's cost
    with uncollected():
        started = process_time()
        for thing in things:
            work(thing)
        return (process_time() - started) * 1_000 / len(things)


@contextmanager
def uncollected() -> Iterator[None]:
    """In the block, what is there already is not searched for garbage: the bench holds far more than a run does."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
