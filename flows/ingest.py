"""The journey as a Prefect flow: the same stages, with each batch's steps as task runs, and the tally as artifacts.

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
from prefect.artifacts import create_progress_artifact, create_table_artifact, update_progress_artifact
from prefect.runtime import flow_run

from flows.plain import ingest as journey
from flows.report import TERMS
from flows.settings import settings
from tasks.steps import step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.journey import Tally
    from flows.plain import Told
    from flows.settings import Settings

TOLD_EVERY_S = 2.0  # seconds between two updates of the progress artifact


def _name() -> str:
    """What the run is called in Prefect: the sources it was asked for."""
    what = flow_run.parameters.get("what") or ["all sources"]
    return "ingest " + ", ".join(Path(w).stem if w.endswith(".toml") else w for w in what[:4]) + ("…" if len(what) > 4 else "")


@flow(name="ingest", flow_run_name=_name, persist_result=False)
def ingest(
    what: list[str] | None = None,
    data: Path | None = None,
    workers: int | None = None,
    published: str | None = None,
    wait: float | None = None,
) -> Tally:
    """Read files, folders and sources into the warehouse, and publish it.

    A run is not retried as a whole: the next scheduled one goes on where it failed, and nothing is read twice.

    Args:
        what: files, folders, sources' TOML files, or names of sources; none means all known sources.
        data: the data folder; else WIREHOUSE_DATA, else ./data.
        workers: processes to read with; else WIREHOUSE_WORKERS, else one a core.
        published: the date of articles that state none, ISO 8601.
        wait: seconds to wait while another run writes; else WIREHOUSE_WAIT, else 600.

    """
    chosen = settings(data, workers, wait, published)
    tally = journey(what or [], chosen, step=step, progress=_artifact, say=get_run_logger().warning, prefect_run_id=flow_run.id)
    _report(tally)
    return tally


@contextmanager
def _artifact(total: int) -> Iterator[Told]:
    """A progress artifact over so many files, updated now and then."""
    artifact: Any = create_progress_artifact(progress=0.0, key="ingest-progress", description=f"{total:,} files")
    files = items = 0
    last = monotonic()

    def update() -> None:
        share = 100.0 * min(files, total) / total if total else 100.0
        update_progress_artifact(artifact, progress=share, description=f"{files:,} of {total:,} files, {items:,} items")

    def told(more_files: int, more_items: int) -> None:
        nonlocal files, items, last
        files, items = files + more_files, items + more_items
        if monotonic() - last >= TOLD_EVERY_S:
            last = monotonic()
            update()

    yield told
    update()


def _report(tally: Tally) -> None:
    """The tally and the reasons of rejects as artifacts, and a line in the log."""
    books = tally.books
    row = {term: getattr(books, term) for term in (*TERMS, "copies")} | {"seconds": tally.seconds}
    create_table_artifact(
        [row], key="ingest-tally", description=f"Run {tally.run_id}: fetched = new + revised + seen + held + rejected"
    )
    if tally.reasons:
        rows = [{"reason": reason, "items": n} for reason, n in sorted(tally.reasons.items(), key=lambda r: -r[1])]
        create_table_artifact(
            rows, key="ingest-rejects", description=f"Why items of run {tally.run_id} were refused; mart.rejects has each"
        )
    logger = get_run_logger()
    logger.info("Run %s: %s", tally.run_id, ", ".join(f"{n} {term}" for term, n in row.items() if term != "seconds"))
    for reject in tally.rejects:
        logger.warning("%s: %s: %s", reject.path, reject.reason, reject.detail)


def run(what: list[str], chosen: Settings) -> Tally:
    """Run the flow here and now, tagged."""
    with tags("wirehouse", "ingest"):
        return ingest(what, data=chosen.data, workers=chosen.workers, published=chosen.published, wait=chosen.wait_s)


if __name__ == "__main__":
    from flows.cli import main

    main(["ingest", "--prefect", *sys.argv[1:]])
