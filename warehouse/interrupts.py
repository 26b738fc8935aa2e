"""Interrupts wait while the store works, and stop readers at once: DuckDB makes some other error of one, or loses it."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

DEFERRED = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def deferred() -> Iterator[None]:
    """Hold interrupts back until the block is done, then let them do what they do. Only in a main thread; decorates, too."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    caught: list[int] = []
    before = {number: signal.signal(number, lambda got, _frame: caught.append(got)) for number in DEFERRED}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if caught:
            signal.raise_signal(caught[0])


@contextmanager
def stopping(con: DuckDBPyConnection) -> Iterator[None]:
    """Let interrupts stop what DuckDB does in the block, also within one long call. Only in a main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)

    def watch() -> None:
        while number := os.read(ours, 1):  # the signals that come, whatever the main thread does
            if number[0] in DEFERRED:
                con.interrupt()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    before = signal.set_wakeup_fd(theirs, warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        os.close(theirs)
        watcher.join()
        os.close(ours)
