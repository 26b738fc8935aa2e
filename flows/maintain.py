"""The daily and the weekly work on the warehouse itself as Prefect flows: maintenance, and the check of what is kept.

wirehouse maintain, wirehouse check        run them now, without Prefect
"""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  Prefect reads annotations at run time

from prefect import flow, get_run_logger

from flows.prefect_run import HOOKS, conclude, run_well
from flows.run_report import checked, maintained
from flows.settings import settings
from warehouse.errors import NoWarehouse, StoreError


@flow(name="maintain", flow_run_name="maintenance", persist_result=False, **HOOKS)
def maintain(data: Path | None = None, wait: float | None = None) -> dict[str, object]:
    """Keep what is to be kept and no more, put the archive and the database in order, and clear litter away.

    Args:
        data: the data folder; else WIREHOUSE_DATA, else ./data.
        wait: seconds to wait while another run writes; else WIREHOUSE_WAIT, else 600.

    """
    from flows.care import maintain as work  # noqa: PLC0415  registering the flow needs none of it

    chosen, logger = settings(data, wait_s=wait), get_run_logger()
    done: dict[str, object] = run_well(lambda: work(chosen, say=logger.info), chosen)
    said, report = maintained(done)
    conclude("maintenance", said, "maintenance-report", report)
    return done


@flow(name="check", flow_run_name="check", persist_result=False, **HOOKS)
def check(names: list[str] | None = None, *, deep: bool = True, data: Path | None = None, wait: float | None = None) -> None:
    """Check the warehouse, and the archive against it. The run fails if a check does.

    Args:
        names: of checks; none means all.
        deep: read the archive's bytes, too.
        data: the data folder; else WIREHOUSE_DATA, else ./data.
        wait: seconds to wait while another run writes; else WIREHOUSE_WAIT, else 600.

    """
    from flows.checks import run_checks  # noqa: PLC0415  registering the flow needs none of it

    chosen, logger = settings(data, wait_s=wait), get_run_logger()
    try:
        results = run_well(lambda: run_checks(chosen, names or (), deep=deep, say=logger.info), chosen)
    except NoWarehouse:
        results = []
    said, report = checked(results)
    conclude("check", said, "check-report", report)
    if failed := [r for r in results if r.state == "failed"]:
        raise StoreError(f"{said}: {', '.join(sorted({r.name for r in failed}))}. The report says what was found")
