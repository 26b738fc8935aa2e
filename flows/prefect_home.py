"""Prefect as `wirehouse up` runs it: where its things lie in the data folder, and one sensible set of its settings."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# What the user may set of Prefect's own settings; all others would lead to another server or another home.
THEIRS = ("PREFECT_SERVER_", "PREFECT_LOGGING_", "PREFECT_WORKER_", "PREFECT_CLIENT_")
SETTINGS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",  # its telemetry locks the server's own database
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",
    "PREFECT_CLIENT_MAX_RETRIES": "8",  # with waits that double: a run outlives a server that is started anew
    "PREFECT_SERVER_DATABASE_TIMEOUT": "60",  # SQLite has one writer, and a busy machine makes it wait
    "PREFECT_SERVER_DATABASE_CONNECTION_TIMEOUT": "60",
    # Slots that runs hold outlive the server, as the count of them does in its database.
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
    # Few runs are planned ahead: after an hour's sleep of the machine there are few late ones.
    "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "20",
    "PREFECT_SERVER_SERVICES_SCHEDULER_MIN_RUNS": "3",
    "PREFECT_SERVER_SERVICES_SCHEDULER_MIN_SCHEDULED_TIME": "PT1M",
    "PREFECT_WORKER_QUERY_SECONDS": "5",
    "PREFECT_WORKER_PREFETCH_SECONDS": "2",
    "PREFECT_WORKER_ENABLE_CANCELLATION": "true",
    # Runs, their logs and artifacts are kept for two weeks, events for three days.
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs,orphans",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(14 * 86_400),
    "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "P3D",
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_COLORS": "false",
    "PREFECT_LOGGING_LOGGERS_PREFECT_TASK_RUNS_LEVEL": "WARNING",  # a line for each step of each batch is noise
    "PREFECT_CLI_COLORS": "false",
    "PREFECT_CLI_PROMPT": "false",
}


@dataclass(frozen=True, slots=True)
class Home:
    """Where `wirehouse up` keeps what is its own: DATA/prefect."""

    data: Path

    @property
    def folder(self) -> Path:
        """Prefect's home: its database, and all below."""
        return self.data / "prefect"

    @property
    def lock(self) -> Path:
        """Held by the `wirehouse up` that is running."""
        return self.folder / "up.lock"

    @property
    def processes(self) -> Path:
        """A file for each process that it supervises."""
        return self.folder / "processes"

    @property
    def runs(self) -> Path:
        """A file for each flow run, held by its process."""
        return self.folder / "runs"

    @property
    def logs(self) -> Path:
        """What the processes say."""
        return self.folder / "logs"


def environment(home: Home, port: int, base: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment of Prefect's processes, and of the runs that they start: the user's, with our settings of Prefect."""
    kept = {k: v for k, v in base.items() if not k.startswith("PREFECT_") or k.startswith(THEIRS)}
    site = f"http://127.0.0.1:{port}"
    fixed = {
        "PREFECT_HOME": str(home.folder),
        "PREFECT_API_URL": f"{site}/api",
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_UI_API_URL": f"{site}/api",
        # Else any web site that is open in a browser on this machine might start runs here.
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": f"{site},http://localhost:{port}",
        "WIREHOUSE_DATA": str(home.data),
        "PYTHONSAFEPATH": "1",  # a folder named flows or tasks where the user works must not stand for ours
    }
    if login := base.get("PREFECT_SERVER_API_AUTH_STRING"):
        fixed["PREFECT_API_AUTH_STRING"] = login
    return SETTINGS | kept | fixed
