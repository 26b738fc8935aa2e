"""The poll of feeds as a Prefect flow: the same journey, with each batch's steps as task runs, and a report.

python -m flows.poll [NAME]        run it now
prefect deploy --all               schedule it (prefect.yaml)
"""

from __future__ import annotations

import os
import sys
from pathlib import Path  # noqa: TC003  Prefect reads annotations at run time
from typing import TYPE_CHECKING

os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")  # its telemetry locks the server's own database

from prefect import flow, get_run_logger, tags
from prefect.runtime import flow_run

from flows.plain import poll as journey
from flows.prefect_run import HOOKS, Clock, conclude, run_well, unhurried
from flows.run_report import by_source, outcome, report
from flows.settings import settings, terms
from tasks.fetch.secrets import redacted
from warehouse.layout import Layout

if TYPE_CHECKING:
    from flows.harvest import PollTally
    from flows.settings import Settings


def _title(what: list[str], *, everything: bool) -> str:
    """What the run is called in Prefect: the feeds it was asked for."""
    names = ", ".join(map(redacted, what[:4])) + ("…" if len(what) > 4 else "")
    return f"poll {names or ('all feeds' if everything else 'due feeds')}"


def _name() -> str:
    given = flow_run.parameters
    return _title(given.get("what") or [], everything=bool(given.get("everything")))


@flow(name="poll", flow_run_name=_name, persist_result=False, **HOOKS)
def poll(
    what: list[str] | None = None,
    *,
    everything: bool = False,
    data: Path | None = None,
    workers: int | None = None,
    wait: float | None = None,
) -> PollTally:
    """Ask feeds for news, land what is new, and publish it.

    While another run writes too long, or the disk is full, it is tried again. A feed that failed is asked again by its own
    rhythm, and nothing lands twice.

    Args:
        what: names of feeds; none means those that are due.
        everything: all feeds that are not paused, gone or waiting as told.
        data: the data folder; else WIREHOUSE_DATA, else ./data.
        workers: processes to read with; else WIREHOUSE_WORKERS, else one a core.
        wait: seconds to wait while another run writes; else WIREHOUSE_WAIT, else 600.

    """
    chosen, clock, logger = unhurried(settings(data, workers, wait)), Clock(), get_run_logger()

    def work() -> PollTally:
        given = terms()
        return journey(
            what or [], chosen, given, everything=everything, step=clock.step, say=logger.warning, prefect_run_id=flow_run.id
        )

    tally = run_well(work, chosen)
    sources = by_source(Layout(chosen.data), tally.run_id) if tally.feeds else []
    told = report(tally, sources, clock.seconds) if tally.feeds else ""
    conclude(_title(what or [], everything=everything), outcome(tally, sources), "poll-report", told)
    for state in tally.troubles[:20]:
        logger.warning("%s: %s: %s", state.source, state.status, state.reason)
    for gap in tally.gaps[:20]:
        logger.warning("%s: %s since %s: %s", gap.source, gap.kind, gap.silent_since, gap.reason)
    return tally


def run(what: list[str], chosen: Settings, *, everything: bool = False) -> PollTally:
    """Run the flow here and now, tagged."""
    with tags("wirehouse", "poll"):
        return poll(what, everything=everything, data=chosen.data, workers=chosen.workers, wait=chosen.wait_s)


if __name__ == "__main__":
    from flows.cli import main

    main(["poll", "--prefect", *sys.argv[1:]])
