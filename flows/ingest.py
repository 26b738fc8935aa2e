"""The journey as a Prefect flow: the same stages, with each batch's steps as task runs, and a report.

python -m flows.ingest PATH        run it now
prefect deploy --all               schedule it (prefect.yaml)
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")  # its telemetry locks the server's own database

from prefect import flow, get_run_logger, tags
from prefect.artifacts import create_progress_artifact, update_progress_artifact
from prefect.runtime import deployment, flow_run

from flows.deployments import NOTHING
from flows.journey import Tally
from flows.plain import ingest as journey
from flows.prefect_run import HOOKS, Clock, conclude, run_well, unhurried
from flows.run_report import by_source, outcome, report
from flows.settings import settings
from warehouse.errors import NoSources
from warehouse.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.plain import Told
    from flows.settings import Settings

TOLD_EVERY_S = 2.0  # seconds between two updates of the progress artifact


def _title(what: list[str]) -> str:
    """What the run is called in Prefect: the sources it was asked for, by their names."""
    names = [Path(w).stem if w.endswith(".toml") else Path(w).name or w for w in what[:4]]
    return "ingest " + (", ".join(names) or "all sources") + ("…" if len(what) > 4 else "")


@flow(name="ingest", flow_run_name=lambda: _title(flow_run.parameters.get("what") or []), persist_result=False, **HOOKS)
def ingest(
    what: list[str] | None = None,
    data: Path | None = None,
    workers: int | None = None,
    published: str | None = None,
    wait: float | None = None,
) -> Tally:
    """Read files, folders and sources into the warehouse, and publish it.

    While another run writes too long, or the disk is full, it is tried again. Whatever else it fails of, the next scheduled
    one goes on where it failed, and nothing is read twice.

    Args:
        what: files, folders, sources' TOML files, or names of sources; none means all known sources.
        data: the data folder; else WIREHOUSE_DATA, else ./data.
        workers: processes to read with; else WIREHOUSE_WORKERS, else one a core.
        published: the date of articles that state none, ISO 8601.
        wait: seconds to wait while another run writes; else WIREHOUSE_WAIT, else 600.

    """
    chosen, clock, logger = unhurried(settings(data, workers, wait, published)), Clock(), get_run_logger()

    def work() -> Tally:
        return journey(what or [], chosen, step=clock.step, progress=_artifact, say=logger.warning, prefect_run_id=flow_run.id)

    try:
        tally = run_well(work, chosen)
    except NoSources as error:
        if deployment.id is None:
            raise
        # What a schedule finds before the user has declared any is no failure.
        conclude(_title([]), f"{NOTHING} to read", "ingest-report", "")
        logger.info("%s", error)
        return Tally()
    sources = by_source(Layout(chosen.data), tally.run_id)
    conclude(_title(what or []), outcome(tally, sources), "ingest-report", report(tally, sources, clock.seconds))
    for reject in tally.rejects:
        logger.warning("%s: %s: %s", reject.path, reject.reason, reject.detail)
    return tally


@contextmanager
def _artifact(total: int) -> Iterator[Told]:
    """A progress artifact over so many files, made if the run takes longer than a moment, and updated now and then."""
    artifact: Any = None
    files = items = 0
    last = monotonic()

    def update() -> None:
        nonlocal artifact
        share = 100.0 * min(files, total) / total if total else 100.0
        said = f"{files:,} of {total:,} files, {items:,} items"
        if artifact is None:
            artifact = create_progress_artifact(progress=share, key="ingest-progress", description=said)
        else:
            update_progress_artifact(artifact, progress=share, description=said)

    def told(more_files: int, more_items: int) -> None:
        nonlocal files, items, last
        files, items = files + more_files, items + more_items
        if monotonic() - last >= TOLD_EVERY_S:
            last = monotonic()
            update()

    yield told
    if artifact is not None:
        update()


def run(what: list[str], chosen: Settings) -> Tally:
    """Run the flow here and now, tagged."""
    with tags("wirehouse", "ingest"):
        return ingest(what, data=chosen.data, workers=chosen.workers, published=chosen.published, wait=chosen.wait_s)


if __name__ == "__main__":
    from flows.cli import main

    main(["ingest", "--prefect", *sys.argv[1:]])
