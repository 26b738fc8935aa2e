"""Registers the deployments with the Prefect server, once it answers: python -m flows.deploy, as `wirehouse up` does.

What is registered already and has not changed is left alone, with what the user changed of it in Prefect: a schedule that was
paused stays so.
"""

from __future__ import annotations

import asyncio
import shlex
import sys
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from prefect import get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate, WorkPoolCreate
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.client.schemas.schedules import CronSchedule
from prefect.exceptions import ObjectNotFound
from prefect.types.entrypoint import EntrypointType
from prefect.workers.process import ProcessWorker

from flows.deployments import DEPLOYMENTS, POOL, Deployment, tags
from flows.settings import VERSION, run_limit, terms

if TYPE_CHECKING:
    from prefect.client.orchestration import PrefectClient
    from prefect.deployments.runner import RunnerDeployment

PATIENCE_S = 180.0  # a first start makes the server's database, which takes a while on a slow machine


async def deploy() -> None:
    """Make the work pool and the deployments what the table says. Raises TimeoutError if the server does not answer.

    Raises UsageError for settings that each run would fail of.
    """
    terms(), run_limit()
    async with get_client() as client:
        await _answering(client)
        try:
            await client.read_work_pool(POOL)
        except ObjectNotFound:
            template = ProcessWorker.get_default_base_job_template()
            await client.create_work_pool(WorkPoolCreate(name=POOL, type="process", base_job_template=template))
        for deployment in DEPLOYMENTS:
            wanted = await _as_prefect_has_it(deployment)
            if await _registered(client, f"{wanted.flow_name}/{wanted.name}") != wanted.version:
                await wanted.aapply(work_pool_name=POOL)


async def _as_prefect_has_it(deployment: Deployment) -> RunnerDeployment:
    module, _, name = deployment.flow.rpartition(".")
    job = {
        "command": shlex.join([sys.executable, "-P", "-m", "flows.deployed"]),
        "working_dir": str(Path.cwd()),
        "stream_output": True,
    }
    schedule = DeploymentScheduleCreate(schedule=CronSchedule(cron=deployment.cron, timezone="UTC"), slug=deployment.slug)
    flow: Any = getattr(import_module(module), name)
    prepared: RunnerDeployment = await flow.ato_deployment(
        deployment.name,
        description=deployment.description,
        tags=tags(deployment),
        schedules=[schedule],
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
        job_variables=job,
        entrypoint_type=EntrypointType.MODULE_PATH,
        version=f"{VERSION} {sha256(repr((deployment, job)).encode()).hexdigest()[:8]}",
    )
    return prepared


async def _registered(client: PrefectClient, name: str) -> str | None:
    try:
        return (await client.read_deployment_by_name(name)).version
    except ObjectNotFound:
        return None


async def _answering(client: PrefectClient) -> None:
    deadline = monotonic() + PATIENCE_S
    while (error := await client.api_healthcheck()) is not None:
        if monotonic() > deadline:
            raise TimeoutError(f"the Prefect server does not answer: {error}")
        await asyncio.sleep(0.3)


if __name__ == "__main__":
    asyncio.run(deploy())
