"""The poll of feeds as a Prefect flow: the same journey, with each batch's steps as task runs, and the tally as artifacts.

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
from prefect.artifacts import create_table_artifact
from prefect.runtime import flow_run

from flows.plain import poll as journey
from flows.report import TERMS
from flows.settings import settings, terms
from tasks.steps import step

if TYPE_CHECKING:
    from flows.harvest import PollTally
    from flows.settings import Settings


def _name() -> str:
    """What the run is called in Prefect: the feeds it was asked for."""
    what = flow_run.parameters.get("what") or []
    usual = "poll all feeds" if flow_run.parameters.get("everything") else "poll due feeds"
    return "poll " + ", ".join(what[:4]) + ("…" if len(what) > 4 else "") if what else usual


@flow(name="poll", flow_run_name=_name, persist_result=False)
def poll(
    what: list[str] | None = None,
    *,
    everything: bool = False,
    data: Path | None = None,
    workers: int | None = None,
    wait: float | None = None,
) -> PollTally:
    """Ask feeds for news, land what is new, and publish it.

    A run is not retried as a whole: a feed that failed is asked again by its own rhythm, and nothing lands twice.

    Args:
        what: names of feeds; none means those that are due.
        everything: all feeds that are not paused, gone or waiting as told.
        data: the data folder; else WIREHOUSE_DATA, else ./data.
        workers: processes to read with; else WIREHOUSE_WORKERS, else one a core.
        wait: seconds to wait while another run writes; else WIREHOUSE_WAIT, else 600.

    """
    chosen = settings(data, workers, wait)
    say = get_run_logger().warning
    tally = journey(what or [], chosen, terms(), everything=everything, step=step, say=say, prefect_run_id=flow_run.id)
    _report(tally)
    return tally


def _report(tally: PollTally) -> None:
    """The tally and the feeds that need attention as artifacts, and a line in the log."""
    logger = get_run_logger()
    if not tally.feeds:
        logger.info("Run %s: no feed was due", tally.run_id)
        return
    row = {term: getattr(tally.books, term) for term in (*TERMS, "copies")} | {"feeds": tally.feeds, "seconds": tally.seconds}
    create_table_artifact(
        [row], key="poll-tally", description=f"Run {tally.run_id}: fetched = new + revised + seen + held + rejected"
    )
    if tally.troubles:
        rows = [{"feed": s.source, "status": s.status, "why": s.reason, "next": str(s.next_at)} for s in tally.troubles]
        create_table_artifact(rows, key="poll-troubles", description=f"Feeds that did not work in run {tally.run_id}")
    counts = ", ".join(f"{n} {what}" for what, n in (+tally.outcomes).most_common())
    logger.info(
        "Run %s: %s feeds (%s); %s",
        tally.run_id,
        tally.feeds,
        counts,
        ", ".join(f"{n} {t}" for t, n in row.items() if t in TERMS),
    )
    for state in tally.troubles[:20]:
        logger.warning("%s: %s: %s", state.source, state.status, state.reason)
    for gap in tally.gaps[:20]:
        logger.warning("%s: %s since %s: %s", gap.source, gap.kind, gap.silent_since, gap.reason)


def run(what: list[str], chosen: Settings, *, everything: bool = False) -> PollTally:
    """Run the flow here and now, tagged."""
    with tags("wirehouse", "poll"):
        return poll(what, everything=everything, data=chosen.data, workers=chosen.workers, wait=chosen.wait_s)


if __name__ == "__main__":
    from flows.cli import main

    main(["poll", "--prefect", *sys.argv[1:]])
