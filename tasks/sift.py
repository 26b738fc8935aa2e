"""The one try/except on the path: lifts a stage over a batch and turns refusals into Rejects."""

from __future__ import annotations

import signal
import threading
import traceback
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from warehouse.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Thing = TypeVar("Thing")
Result = TypeVar("Result")
Lost = TypeVar("Lost")

_deadly = False
LIMIT_S = 20.0  # wall time per item; the slowest of thousands of real pages took under 2 s


def sift(
    stage: Callable[[Thing], Result],
    things: Iterable[Thing],
    reject: Callable[[Thing, Refusal], Lost],
    *,
    limit_s: float = LIMIT_S,
) -> Iterator[Result | Lost]:
    """The results of a stage, in order; where it refuses or fails, what `reject` makes of the refusal.

    A stage that takes longer than `limit_s` seconds is interrupted, and its item refused as "timeout".
    """
    for thing in things:
        yield _one(stage, thing, reject, limit_s)


def _one(
    stage: Callable[[Thing], Result], thing: Thing, reject: Callable[[Thing, Refusal], Lost], limit_s: float
) -> Result | Lost:
    try:
        with _alarm(limit_s):
            return stage(thing)
    except Refusal as refusal:
        return reject(thing, refusal)
    except _TimeUpError:
        return reject(thing, Refusal("timeout", f"it took longer than {limit_s:g} s; look at the file: it may be hostile"))
    except RecursionError:
        return reject(thing, Refusal("too_deep", "nested deeper than the limit"))
    except MemoryError:
        return reject(thing, Refusal("too_large", "it needs more memory than there is"))
    except Exception as error:  # noqa: BLE001  one article's bug must not cost the batch; it is kept and named
        where = traceback.extract_tb(error.__traceback__)[-1]
        what = f"{type(error).__name__}: {error} ({Path(where.filename).name}, line {where.lineno})"
        return reject(thing, Refusal("crashed", f"{what}. The bytes are kept; please report this"))


class _TimeUpError(BaseException):
    """Time is up; no Exception, so that no library on the way swallows it."""


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Raise in the block when its time is up.

    In a worker, if even that does not stop it because it never returns from C code, SIGPROF ends the process after twice the
    time: its default action is the kernel's and needs no Python. The pool then finds the culprit. Only in a main thread.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _time_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    if _deadly:
        signal.setitimer(signal.ITIMER_PROF, 2 * seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        if _deadly:
            signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGALRM, before)


def _time_up(_signal: int, _frame: object) -> None:
    raise _TimeUpError


def deadly() -> None:
    """From now on an item that never returns ends this process. For worker processes only."""
    global _deadly  # noqa: PLW0603  a process is a worker or it is not
    _deadly = True
