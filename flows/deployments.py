"""What runs by itself, and when: the one table of deployments, which `wirehouse up` registers and prefect.yaml repeats.

Each runs once at a time; a run that would be a second one is not begun (CANCEL_NEW): the next does its work, too.
"""

from __future__ import annotations

from typing import NamedTuple

POOL = "wirehouse"
NOTHING = "nothing"  # begins what a run's name ends with if it found nothing to do


class Deployment(NamedTuple):
    """A flow and its schedule."""

    name: str
    flow: str  # module.function
    title: str  # what a planned run is called
    slug: str  # the schedule's name
    cron: str  # UTC
    description: str


DEPLOYMENTS = (
    Deployment("due-feeds", "flows.poll.poll", "poll due feeds", "every-minute", "* * * * *",
               "Ask the feeds that are due for news; each has its own rhythm"),
    Deployment("all-sources", "flows.ingest.ingest", "ingest all sources", "every-five-minutes", "*/5 * * * *",
               "Read what is new in all known sources"),
    Deployment("maintenance", "flows.maintain.maintain", "maintenance", "daily", "20 3 * * *",
               "Keep what is to be kept and no more, and put the archive and the database in order"),
    Deployment("archive-check", "flows.maintain.check", "check", "weekly", "40 4 * * 0",
               "Compare the archive with the warehouse, and check all that can be checked"),
)  # fmt: skip


def tags(deployment: Deployment) -> list[str]:
    """What its runs are marked with in Prefect."""
    return ["wirehouse", deployment.flow.rpartition(".")[2]]
