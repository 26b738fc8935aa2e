"""The journey's steps as Prefect tasks: names, retries and nothing else; the work knows nothing of Prefect.

A step's work is a call without arguments, so that Prefect walks no batch on its way in; its result comes back beside Prefect,
which would keep every batch in memory until the flow ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from prefect import Task, task
from prefect.cache_policies import NO_CACHE

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")


def _do(work: Callable[[], Any], result: Callable[[Any], None]) -> None:
    result(work())


def _step(name: str, description: str, retries: int = 0) -> Task[..., None]:
    declared = task(
        name=name,
        description=description,
        retries=retries,
        retry_delay_seconds=[5, 30],
        cache_policy=NO_CACHE,
        persist_result=False,
    )
    return declared(_do)


STEPS = {
    "fetch": _step("fetch", "Read the next batch of files that are new or changed"),
    "refine": _step("refine", "Parse, clean and fingerprint a batch in the worker processes"),
    "judge": _step("judge", "Read what the past knows of a batch, and decide what each article is"),
    "land": _step("land", "Commit a batch with its ledger"),
    "publish": _step("publish", "Give readers what has landed", retries=2),  # a full disk or a slow share may pass
}


def step(name: str, work: Callable[[], Result]) -> Result:
    """Run one step as a Prefect task."""
    results: list[Result] = []
    STEPS[name](work, results.append)
    return results[0]
