"""The process of a run that a Prefect worker starts: alive under the run's name from its first moment, then Prefect's engine.

python -m flows.deployed        with the run's number in PREFECT__FLOW_RUN_ID, as workers give it

Most polls of a schedule that fires each minute find that no feed is due. That is told without the engine, which takes seconds.
"""

from __future__ import annotations

import os
import runpy
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flows.alive import hold
from flows.deployments import NOTHING
from flows.prefect_home import Home
from flows.settings import settings
from tasks.fetch.loopback import Api
from warehouse.errors import WirehouseError

if TYPE_CHECKING:
    from pathlib import Path


def main() -> None:
    """Be the run."""
    data, run_id = settings().data, os.environ["PREFECT__FLOW_RUN_ID"]
    hold(Home(data).runs / run_id)
    if not finds_nothing(Api(os.environ["PREFECT_API_URL"], os.environ.get("PREFECT_API_AUTH_STRING")), run_id, data):
        runpy.run_module("prefect.engine", run_name="__main__", alter_sys=True)


def finds_nothing(api: Api, run_id: str, data: Path) -> bool:
    """Whether the run is a scheduled poll and no feed is due; then it is completed. In any doubt, the engine sees."""
    try:
        run = api.ask("GET", f"/flow_runs/{run_id}")
        if "poll" not in run["tags"] or any(run["parameters"].values()) or not _none_due(data):
            return False
        state = {"type": "COMPLETED", "message": "No feed was due"}
        if api.ask("POST", f"/flow_runs/{run_id}/set_state", {"state": state})["status"] != "ACCEPT":
            return False
        api.ask("PATCH", f"/flow_runs/{run_id}", {"name": f"poll due feeds: {NOTHING} due"})
    except WirehouseError:
        return False
    return True


def _none_due(data: Path) -> bool:
    from flows.due import none_due  # noqa: PLC0415  an ingest needs none of these
    from flows.sources import load_all  # noqa: PLC0415
    from tasks.types import FeedSource  # noqa: PLC0415
    from warehouse.layout import Layout  # noqa: PLC0415

    layout = Layout(data)
    feeds = [source for source in load_all(layout.sources) if isinstance(source, FeedSource)]
    if not feeds and not layout.current.exists():
        return True
    return none_due(layout, feeds, datetime.now(UTC).replace(tzinfo=None))


if __name__ == "__main__":
    main()
