"""What our Prefect flows share.

A run is alive by its file, has patience and a limit, a name that tells what came of it, a report, and a hook for failures.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")  # its telemetry locks the server's own database

from prefect import get_client, get_run_logger
from prefect.artifacts import create_markdown_artifact
from prefect.logging.loggers import flow_run_logger
from prefect.runtime import deployment, flow_run

from flows.alive import living
from flows.deployments import NOTHING
from flows.failures import tell
from flows.patience import limited, patiently
from flows.prefect_home import Home
from flows.settings import run_limit, settings
from tasks.steps import step as as_task

if TYPE_CHECKING:
    from collections.abc import Callable

    from prefect import Flow
    from prefect.client.schemas.objects import FlowRun, State

    from flows.settings import Settings

Result = TypeVar("Result")


@dataclass(slots=True)
class Clock:
    """Runs steps as Prefect tasks, and keeps how long they took."""

    seconds: Counter[str] = field(default_factory=Counter)

    def step(self, name: str, work: Callable[[], Result], /) -> Result:
        """What the work returns."""
        started = monotonic()
        try:
            return as_task(name, work)
        finally:
            self.seconds[name] += monotonic() - started  # type: ignore[assignment]  # a Counter of seconds


def unhurried(chosen: Settings) -> Settings:
    """The settings of a run that a schedule began: nobody waits for it. One that a person began is as they are."""
    return replace(chosen, sparing=deployment.id is not None)


def run_well(work: Callable[[], Result], chosen: Settings) -> Result:
    """Do a flow's work: alive, with patience, and within its limit."""
    with living(Home(chosen.data).runs / str(flow_run.id)), limited(run_limit()):
        return patiently(work, get_run_logger().warning)


def conclude(title: str, outcome: str, key: str, markdown: str) -> None:
    """Give the run its last name, and its report unless there is nothing to report."""
    name = f"{title}: {outcome}"
    with get_client(sync_client=True) as client:
        client.update_flow_run(flow_run.id, name=name)
    if markdown and not outcome.startswith(NOTHING):
        create_markdown_artifact(markdown, key=key, description=name)
    get_run_logger().info("%s", name)


def failed(flow: Flow[..., Any], run: FlowRun, state: State[Any]) -> None:
    """Tell whom the user names (WIREHOUSE_ON_FAILURE) that a run failed or crashed."""
    data = run.parameters.get("data")
    why = (state.message or state.name or "").removeprefix("Flow run encountered an exception: ")
    say = flow_run_logger(run, flow).warning
    tell(settings(Path(data) if data else None).data, flow.name, why, run_id=str(run.id), name=run.name, say=say)


HOOKS: dict[str, Any] = {"on_failure": [failed], "on_crashed": [failed]}
