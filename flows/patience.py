"""A run's patience: what passes by itself is waited for and tried again, and nothing goes on for ever."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from warehouse.disk import FULL, explained
from warehouse.errors import Locked, WirehouseError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Result = TypeVar("Result")

WAITS_S = (30.0, 120.0, 300.0)  # before a run is tried again
LAST_WORDS_S = 120.0  # that a run which is told to end may take to do so


class TooLong(WirehouseError):  # noqa: N818  reads as the state it names
    """A run took longer than it may."""


def patiently(work: Callable[[], Result], say: Callable[[str], None], waits_s: Sequence[float] = WAITS_S) -> Result:
    """Do it; if another writes or the disk is full, wait and try again, ever longer. What is landed stays so."""
    for wait_s in waits_s:
        try:
            return work()
        except Exception as error:
            if not passes(error):
                raise
            say(f"{error}. Trying again in {wait_s:g} s")
        time.sleep(wait_s)
    return work()


def passes(error: Exception) -> bool:
    """Whether the trouble may pass by itself."""
    told = explained(error, Path())
    return isinstance(error, Locked) or FULL in str(error) or (told is not None and FULL in str(told))


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """End the block in order after so many seconds, with TooLong; if it does not end, this process. Only in a main thread.

    It is told by SIGTERM, which the store holds back while it is at work, and which Prefect turns into an exception.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    up, over = threading.Event(), threading.Event()

    def watch() -> None:
        if over.wait(seconds):
            return
        up.set()
        os.kill(os.getpid(), signal.SIGTERM)
        if not over.wait(LAST_WORDS_S):
            os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, name="limit", daemon=True).start()
    try:
        yield
    except BaseException as error:
        if up.is_set():
            raise TooLong(f"it took longer than {seconds:g} s (WIREHOUSE_RUN_LIMIT); the next one goes on") from error
        raise
    finally:
        over.set()
