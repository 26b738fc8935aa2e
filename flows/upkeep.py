"""What `wirehouse up` sees to in Prefect: runs whose process is dead are marked so, late ones collapse into one, trifles go.

A run that is killed together with its worker stays "Running" in Prefect, and keeps its deployment's slot for minutes. The
kernel knows better: each run's process holds a file (flows.alive).
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any

from flows.alive import holder
from flows.deployments import DEPLOYMENTS, NOTHING, Deployment
from flows.failures import tell
from tasks.fetch.loopback import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flows.prefect_home import Home
    from tasks.fetch.loopback import Api

GRACE_S = 15.0  # for the worker to say itself that a run's process is dead
UNBORN_S = 120.0  # from when a worker takes a run until its process must be there, on a busy machine
LATE = timedelta(seconds=30)
TRIFLES = timedelta(minutes=10)  # how long runs stay that found nothing to do, or were not begun because another ran
TIDY_EVERY_S = 60.0
MOST = 200  # that the API answers with at once
DEAD = {"RUNNING": ("CRASHED", "Crashed"), "PENDING": ("CRASHED", "Crashed"), "CANCELLING": ("CANCELLED", "Cancelled")}


@dataclass(slots=True)
class Upkeep:
    """Called every few seconds while the server answers."""

    api: Api
    home: Home
    say: Callable[[str], None]
    _dead: dict[str, float] = field(default_factory=dict, init=False)  # since when a run's process is seen to be
    _deployments: dict[str, Deployment | None] = field(default_factory=dict, init=False)
    _tidied: float | None = field(default=None, init=False)

    def look(self) -> None:
        """See to all. Raises Unanswered or Refused."""
        self.bury()
        self.plan()
        if self._tidied is None or monotonic() - self._tidied > TIDY_EVERY_S:
            self.tidy()
            self._tidied = monotonic()

    def bury(self) -> None:
        """Mark runs as crashed whose process is dead, which frees their slot at once."""
        runs = self._runs({"state": {"type": {"any_": list(DEAD)}}, "tags": {"all_": ["wirehouse"]}})
        dead = [run for run in runs if self._is_dead(run)]
        self._dead = {run["id"]: self._dead.get(run["id"], monotonic()) for run in dead}
        for run in dead:
            if monotonic() - self._dead[run["id"]] >= GRACE_S:
                self._crashed(run)
        active = {run["id"] for run in runs}
        for path in self.home.runs.iterdir() if self.home.runs.is_dir() else ():
            if path.name not in active and holder(path) is None:
                path.unlink(missing_ok=True)

    def plan(self) -> None:
        """Call planned runs by what they will do; of those that are late keep each deployment's last: it does their work, too."""
        waiting: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for run in self._runs({"state": {"type": {"any_": ["SCHEDULED"]}}, "deployment_id": {"is_null_": False}}):
            known = self._deployment(run["deployment_id"])
            if known is not None and run["auto_scheduled"]:
                if run["name"] != known.title:
                    self.api.ask("PATCH", f"/flow_runs/{run['id']}", {"name": known.title})
                if _time(run["expected_start_time"]) < datetime.now(UTC) - LATE:
                    waiting[known.name].append(run)
        for name, late in waiting.items():
            *superfluous, _last = sorted(late, key=lambda run: run["expected_start_time"])
            self._delete(superfluous)
            if superfluous:
                self.say(f"{len(superfluous)} late runs of {name} were dropped: the last one does their work")

    def tidy(self) -> None:
        """Delete the records of runs that say nothing: they would bury the others."""
        ended = {"end_time": {"before_": (datetime.now(UTC) - TRIFLES).isoformat()}, "tags": {"all_": ["wirehouse"]}}
        for wanted in (
            {"state": {"type": {"any_": ["COMPLETED"]}}, "name": {"like_": f": {NOTHING} "}},
            {"state": {"type": {"any_": ["CANCELLED"]}}, "start_time": {"is_null_": True}},
        ):
            self._delete(self._runs(ended | wanted))

    def _is_dead(self, run: dict[str, Any]) -> bool:
        path = self.home.runs / run["id"]
        if holder(path) is not None:
            return False
        if path.exists():
            return True
        return bool(run["deployment_id"]) and datetime.now(UTC) - _time(run["state"]["timestamp"]) > timedelta(seconds=UNBORN_S)

    def _crashed(self, run: dict[str, Any]) -> None:
        kind, name = DEAD[run["state"]["type"]]
        state = {"type": kind, "name": name, "message": "Its process was killed. What had landed stands; the next run goes on"}
        self.api.ask("POST", f"/flow_runs/{run['id']}/set_state", {"state": state, "force": True})
        (self.home.runs / run["id"]).unlink(missing_ok=True)
        self.say(f"the run {run['name']!r} is dead: it was marked as {name.lower()}")
        if kind == "CRASHED":
            flow, why = run["name"].partition(" ")[0], "its process was killed"
            tell(self.home.data, flow, why, run_id=run["id"], name=run["name"], say=self.say)

    def _delete(self, runs: Iterable[dict[str, Any]]) -> None:
        for run in runs:
            with suppress(Refused):  # somebody was quicker
                self.api.ask("DELETE", f"/flow_runs/{run['id']}")

    def _deployment(self, known_as: str) -> Deployment | None:
        """Which of ours it is, by its number in Prefect; None if it is none of ours."""
        if known_as not in self._deployments:
            named = {d["id"]: d["name"] for d in self.api.ask("POST", "/deployments/filter", {"limit": MOST})}
            self._deployments[known_as] = next((d for d in DEPLOYMENTS if d.name == named.get(known_as)), None)
        return self._deployments[known_as]

    def _runs(self, wanted: dict[str, Any]) -> list[dict[str, Any]]:
        found = self.api.ask("POST", "/flow_runs/filter", {"flow_runs": wanted, "limit": MOST})
        return [run for run in found if run["state"]]


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
