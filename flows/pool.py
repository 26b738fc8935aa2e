"""Worker processes for refining: bounded work in flight, results in order, and a dying worker costs one item.

The pool is forkserver (or spawn), never fork: the parent has threads of DuckDB's and Arrow's.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import partial
from multiprocessing.connection import wait
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from flows.refine import Bodies, Refined, Work, count, extract, refine
from tasks import sift
from tasks.extract.facts import failed
from warehouse.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType
    from typing import Self

    from tasks.extract.facts import Facts
    from tasks.types import Payload, Reject

Given = TypeVar("Given")
Result = TypeVar("Result")

INLINE = 50  # payloads: up to here starting processes takes longer than the work
INLINE_BYTES = 512 << 10


class Pool:
    """Refines works in other processes, or in this one where there is little to do; a context manager."""

    def __init__(self, workers: int) -> None:
        self.workers = max(0, workers)
        self._pool: ProcessPoolExecutor | None = None
        self._payloads = self._bytes = 0  # that came so far

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop()

    def refined(self, works: Iterator[Work]) -> Iterator[Callable[[], list[Refined]]]:
        """For each work, in order, a call that waits for its result. At most workers + 1 works are in flight."""
        flying: deque[tuple[Work, Future[list[Refined]] | None]] = deque()
        for work in works:
            flying.append((work, self._begun(work)))
            if len(flying) > self.workers:
                yield partial(self._first, flying)
        while flying:
            yield partial(self._first, flying)

    def extracted(self, works: Iterator[Bodies]) -> Iterator[Callable[[], list[Facts]]]:
        """For each work, in order, a call that waits for the facts of its texts. At most workers + 1 works are in flight."""
        flying: deque[tuple[Bodies, Future[list[Facts]] | None]] = deque()
        for work in works:
            flying.append((work, self._submit(extract, work) if self.workers else None))
            if len(flying) > self.workers:
                yield partial(self._facts, flying)
        while flying:
            yield partial(self._facts, flying)

    def _facts(self, flying: deque[tuple[Bodies, Future[list[Facts]] | None]]) -> list[Facts]:
        work, future = flying.popleft()
        if future is None:
            return extract(work)
        try:
            return future.result()
        except BrokenProcessPool:
            self._stop()
        return [self._facts_alone(replace(work, bodies=(body,))) for body in work.bodies]

    def _facts_alone(self, work: Bodies) -> Facts:
        """One text's facts; none if it kills its worker."""
        try:
            return self._submit(extract, work).result()[0]
        except BrokenProcessPool:
            self._stop()
        return failed("crashed: reading it killed the process, or took far too long. Please report it", work.engine)

    def _begun(self, work: Work) -> Future[list[Refined]] | None:
        """The work's result to come; None while there is so little to do that this process does it when its turn comes."""
        self._payloads += len(work.payloads)
        self._bytes += sum(len(p.data) for p in work.payloads)
        little = self._pool is None and self._payloads < INLINE and self._bytes < INLINE_BYTES
        return None if self.workers == 0 or little or not work.payloads else self._submit(refine, work)

    def _first(self, flying: deque[tuple[Work, Future[list[Refined]] | None]]) -> list[Refined]:
        """The result of the oldest work in flight."""
        work, future = flying.popleft()
        if future is None:
            return refine(work)
        try:
            return future.result()
        except BrokenProcessPool:
            pass
        # One of the works in flight killed its worker, and all of them were lost with the pool. Each is done again, alone.
        self._stop()
        others = list(flying)
        flying.clear()
        result = self._alone(work)
        for other, pending in others:
            if pending is None:
                flying.append((other, None))
                continue
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
        lost = _lost(payload, payload.reject("parse", refusal))
        if work.span is None:
            try:
                start, end = 0, self._submit(count, work).result()
            except BrokenProcessPool:
                self._stop()
                return lost
        else:
            start, end = work.span
        if end - start <= 1:
            return _lost(payload, payload.reject("clean", refusal, payload.first_record + start))
        middle = (start + end) // 2
        halves = [self._alone(replace(work, span=span))[0] for span in ((start, middle), (middle, end))]
        return halves[0].plus(halves[1])

    def _submit(self, stage: Callable[[Given], Result], work: Given) -> Future[Result]:
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


def _lost(payload: Payload, reject: Reject) -> Refined:
    """One item that cannot be saved; of a feed's entry not even the print is known."""
    return Refined(1, (reject,), prints=(0,), stamps=(0,), wanted=(None,)) if payload.polled else Refined(1, (reject,))


def _start_worker() -> None:
    """An interrupt is the parent's to handle; an item that never ends may end this process, and so does the parent's death."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sift.deadly()
    gc.freeze()  # models and tables are no garbage, and an article leaves little that is: looking for it takes 3 % of the time
    gc.set_threshold(20_000, 20, 20)
    Thread(target=_die_with_parent, daemon=True).start()


def _die_with_parent() -> None:
    """Without this, workers of a killed run wait for work for ever."""
    if parent := multiprocessing.parent_process():
        wait([parent.sentinel])
        os._exit(1)
