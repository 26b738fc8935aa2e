"""Worker processes for refining: bounded work in flight, results in order, and a dying worker costs one item.

The pool is forkserver (or spawn), never fork: the parent has threads of DuckDB's and Arrow's.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import partial
from itertools import chain
from multiprocessing.connection import wait
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from flows.refine import Refined, Work, count, refine
from tasks import sift
from warehouse.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType
    from typing import Self

Result = TypeVar("Result")

INLINE = 50  # payloads: below, starting processes takes longer than the work
INLINE_BYTES = 512 << 10


class Pool:
    """Refines works in other processes, or in this one where there is little to do; a context manager."""

    def __init__(self, workers: int) -> None:
        self.workers = max(0, workers)
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop()

    def refined(self, works: Iterator[Work]) -> Iterator[Callable[[], list[Refined]]]:
        """For each work, in order, a call that waits for its result. At most workers + 1 works are in flight."""
        flying: deque[tuple[Work, Future[list[Refined]]]] = deque()
        first = next(works, None)
        if first is None:
            return
        second = next(works, None)
        begun = [first] if second is None else [first, second]
        if self.workers == 0 or (second is None and _little(first)):
            yield from (partial(refine, work) for work in chain(begun, works))
            return
        flying.extend((work, self._submit(refine, work)) for work in begun)
        while flying:
            while len(flying) <= self.workers and (work := next(works, None)) is not None:
                flying.append((work, self._submit(refine, work)))
            yield lambda: self._first(flying)

    def _first(self, flying: deque[tuple[Work, Future[list[Refined]]]]) -> list[Refined]:
        """The result of the oldest work in flight."""
        work, future = flying.popleft()
        try:
            return future.result()
        except BrokenProcessPool:
            pass
        # One of the works in flight killed its worker, and all of them were lost with the pool. Each is done again, alone.
        self._stop()
        others = [other for other, _ in flying]
        flying.clear()
        result = self._alone(work)
        for other in others:
            done: Future[list[Refined]] = Future()
            done.set_result(self._alone(other))
            flying.append((other, done))
        return result

    def _alone(self, work: Work) -> list[Refined]:
        """A work's result with nothing else in flight; halved until the item that kills its worker stands alone."""
        try:
            return self._submit(refine, work).result()
        except BrokenProcessPool:
            self._stop()
        if len(work.payloads) > 1:
            middle = len(work.payloads) // 2
            halves = (replace(work, payloads=part) for part in (work.payloads[:middle], work.payloads[middle:]))
            return [refined for half in halves for refined in self._alone(half)]
        return [self._within(work)]

    def _within(self, work: Work) -> Refined:
        """What can be saved of one payload that kills its worker."""
        payload = work.payloads[0]
        refusal = Refusal("crashed", "reading it killed the process, or took far too long; the bytes are kept. Please report it")
        lost = Refined(1, (payload.reject("parse", refusal),))
        if work.span is None:
            try:
                start, end = 0, self._submit(count, work).result()
            except BrokenProcessPool:
                self._stop()
                return lost
        else:
            start, end = work.span
        if end - start <= 1:
            return Refined(1, (payload.reject("clean", refusal, payload.first_record + start),))
        middle = (start + end) // 2
        halves = [self._alone(replace(work, span=span))[0] for span in ((start, middle), (middle, end))]
        return Refined(sum(h.items for h in halves), tuple(o for h in halves for o in h.outcomes))

    def _submit(self, stage: Callable[[Work], Result], work: Work) -> Future[Result]:
        if self._pool is None:
            method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
            context = multiprocessing.get_context(method)
            context.set_forkserver_preload(["flows.warm"])
            self._pool = ProcessPoolExecutor(self.workers or 1, mp_context=context, initializer=_start_worker)
        try:
            return self._pool.submit(stage, work)
        except BrokenProcessPool as error:  # broke while idle: the work is lost like those in flight
            lost: Future[Result] = Future()
            lost.set_exception(error)
            return lost

    def _stop(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _start_worker() -> None:
    """An interrupt is the parent's to handle; an item that never ends may end this process, and so does the parent's death."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sift.deadly()
    Thread(target=_die_with_parent, daemon=True).start()


def _die_with_parent() -> None:
    """Without this, workers of a killed run wait for work for ever."""
    if parent := multiprocessing.parent_process():
        wait([parent.sentinel])
        os._exit(1)


def _little(work: Work) -> bool:
    return len(work.payloads) < INLINE and sum(len(p.data) for p in work.payloads) < INLINE_BYTES
