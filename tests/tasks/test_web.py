"""The thread that asks the network: it ends when it is told to, whatever it is at."""

from __future__ import annotations

import threading

from tasks.fetch.web import Web
from tests.newsroom import QUICK


def test_one_that_asks_nothing_ends_at_once() -> None:
    before = threading.active_count()
    for _ in range(30):
        with Web(QUICK):
            pass  # it may not even have begun
    assert threading.active_count() == before
