"""The same journey as a Prefect flow, against a real Prefect server on loopback."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from flows.alive import living
from flows.deployed import finds_nothing
from flows.deployments import DEPLOYMENTS, POOL, Deployment, tags
from flows.prefect_home import Home
from flows.upkeep import Upkeep
from tasks.fetch.loopback import Api
from tests.conftest import ROOT, environment, query, story
from tests.newspaper import entry, rss
from tests.newsserver import Reply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.newsroom import Newsroom

pytestmark = pytest.mark.prefect
BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A server of its own, and the environment that leads to it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("prefect")
    env = environment(
        PREFECT_HOME=str(home), PREFECT_API_URL=f"http://127.0.0.1:{port}/api", PREFECT_SERVER_ANALYTICS_ENABLED="false", PREFECT_LOGGING_LEVEL="WARNING",
        PREFECT_SERVER_UI_ENABLED="false", PREFECT_CLI_COLORS="false", PREFECT_SERVER_SERVICES_SCHEDULER_RECENT_DEPLOYMENTS_LOOP_SECONDS="1", WIREHOUSE_HOME=str(ROOT), PATH=f"{BIN}{os.pathsep}{os.environ['PATH']}",
    )  # fmt: skip
    log = (home / "server.log").open("wb")
    process = subprocess.Popen(
        [BIN / "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)], env=env, stdout=log, stderr=log
    )
    try:
        wait_for(lambda: get(env, "/health") is True, 90)
        yield env
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def get(env: dict[str, str], path: str, body: dict[str, Any] | list[Any] | None = None) -> Any:  # noqa: ANN401  whatever the API answers
    request = urllib.request.Request(env["PREFECT_API_URL"] + path, method="POST" if body is not None else "GET")
    data = json.dumps(body).encode() if body is not None else None
    request.add_header("content-type", "application/json")
    try:
        with urllib.request.urlopen(request, data, timeout=10) as answer:
            return json.load(answer)
    except OSError:
        return None


def wait_for(condition: Any, seconds: float) -> None:  # noqa: ANN401  any call
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.2)


def test_the_flow_runs_the_same_journey_and_reports_it(server: dict[str, str], tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for n in range(3):
        (folder / f"{n}.txt").write_text(story(n))
    (folder / "bad.json").write_text("{")
    run = subprocess.run(
        [sys.executable, "-m", "flows.ingest", str(folder), "--data", str(data), "--json"],
        env=server,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    tally = json.loads(run.stdout)
    assert (tally["fetched"], tally["new"], tally["rejected"]) == (4, 3, 1)
    [(prefect_run_id, state)] = query(data, "SELECT prefect_run_id, state FROM mart.runs")
    flow_run = get(server, f"/flow_runs/{prefect_run_id}")
    assert state == "completed"
    assert flow_run["state"]["type"] == "COMPLETED"
    assert flow_run["name"] == "ingest inbox: 3 new, 1 rejected (inbox)"
    assert set(flow_run["tags"]) == {"wirehouse", "ingest"}
    tasks = get(server, "/task_runs/filter", {"flow_runs": {"id": {"any_": [prefect_run_id]}}})
    assert {t["name"].rsplit("-", 1)[0] for t in tasks} == {"fetch", "refine", "judge", "land", "publish"}
    made = get(server, "/artifacts/filter", {"flow_runs": {"id": {"any_": [prefect_run_id]}}})
    [artifact] = [a for a in made if a["type"] == "markdown"]
    assert (artifact["key"], artifact["description"]) == ("ingest-report", flow_run["name"])
    report = artifact["data"].splitlines()
    assert "| 4 | 3 | 0 | 0 | 0 | 1 | 0 |" in report
    assert "| malformed | 1 |" in report
    assert "| inbox | 3 | 0 | 0 | 1 |" in report
    assert [line.split(" | ")[0] for line in report[-7:-2]] == ["| fetch", "| refine", "| judge", "| land", "| publish"]


def test_wrong_usage_is_said_as_without_prefect(server: dict[str, str], tmp_path: Path, data: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "flows.ingest", str(tmp_path / "none"), "--data", str(data)],
        env=server, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert run.returncode == 2
    assert "is no file or folder" in run.stderr


def test_the_poll_runs_as_a_flow_and_reports_it(server: dict[str, str], room: Newsroom) -> None:
    room.site.on("/a.xml", Reply(rss([entry(n) for n in range(3)])))
    room.site.on("/b.xml", Reply(b"", 500))
    room.subscribe("/a.xml")
    room.subscribe("/b.xml")
    run = subprocess.run(
        [sys.executable, "-m", "flows.poll", "--data", str(room.data), "--json"],
        env=server | {"WIREHOUSE_ALLOW_HOSTS": "127.0.0.1"}, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["outcomes"] == {"ok": 1, "http_error": 1}
    prefect_run_id = room.one("SELECT prefect_run_id FROM mart.runs")
    assert get(server, f"/flow_runs/{prefect_run_id}")["name"] == "poll due feeds: 3 new (a), 1 feed in trouble"
    tasks = get(server, "/task_runs/filter", {"flow_runs": {"id": {"any_": [prefect_run_id]}}})
    assert {t["name"].rsplit("-", 1)[0] for t in tasks} == {"fetch", "refine", "judge", "land", "publish"}
    [artifact] = get(server, "/artifacts/filter", {"flow_runs": {"id": {"any_": [prefect_run_id]}}})
    assert artifact["key"] == "poll-report"
    assert "### Feeds that need attention" in artifact["data"]
    assert "| b | failing |" in artifact["data"]


def test_a_run_that_takes_too_long_fails_in_order_and_is_told(server: dict[str, str], room: Newsroom, tmp_path: Path) -> None:
    room.site.on("/a.xml", Reply(rss([entry(0)]), delay_s=30))
    room.subscribe("/a.xml")
    told = f"{sys.executable} -c \"import sys; open('{tmp_path}/told', 'a').write(sys.stdin.read())\""
    more = {"WIREHOUSE_ALLOW_HOSTS": "127.0.0.1", "WIREHOUSE_RUN_LIMIT": "1.5", "WIREHOUSE_ON_FAILURE": told}
    run = subprocess.run(
        [sys.executable, "-m", "flows.poll", "--data", str(room.data)],
        env=server | more, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert run.returncode == 1
    assert "it took longer than 1.5 s (WIREHOUSE_RUN_LIMIT)" in run.stderr
    event = json.loads((tmp_path / "told").read_text())
    flow_run = get(server, f"/flow_runs/{event['prefect_run_id']}")
    assert (event["flow"], flow_run["state"]["type"]) == ("poll", "FAILED")
    assert "it took longer than 1.5 s" in event["message"]
    assert "it took longer than 1.5 s" in flow_run["state"]["message"]


def begun(server: dict[str, str], kind: str, **fields: object) -> str:
    """A run that a worker has taken, as the server sees it."""
    flow = get(server, "/flows/", {"name": "poll"})
    return str(
        get(server, "/flow_runs/", {"flow_id": flow["id"], "state": {"type": kind}, "tags": ["wirehouse", "poll"], **fields})[
            "id"
        ]
    )


def test_a_poll_that_finds_no_feed_due_needs_no_engine(server: dict[str, str], room: Newsroom) -> None:
    api, run_id = Api(server["PREFECT_API_URL"]), begun(server, "PENDING")
    assert finds_nothing(api, run_id, room.data)
    run = get(server, f"/flow_runs/{run_id}")
    assert (run["name"], run["state"]["type"]) == ("poll due feeds: nothing due", "COMPLETED")
    assert not finds_nothing(api, begun(server, "PENDING", parameters={"what": ["a"]}), room.data)
    room.site.on("/a.xml", Reply(rss([entry(0)])))
    room.subscribe("/a.xml")
    assert not finds_nothing(api, begun(server, "PENDING"), room.data)
    assert not finds_nothing(Api("http://127.0.0.1:9/api"), run_id, room.data)


def test_runs_whose_process_is_dead_are_marked(server: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.upkeep.GRACE_S", 0.0)
    monkeypatch.setenv(
        "WIREHOUSE_ON_FAILURE", f"{sys.executable} -c \"import sys; open('{tmp_path}/told', 'w').write(sys.stdin.read())\""
    )
    home, said = Home(tmp_path), list[str]()
    dead, alive, elsewhere = (begun(server, "RUNNING", name=name) for name in ("poll a", "poll b", "poll c"))
    home.runs.mkdir(parents=True)
    (home.runs / dead).touch()
    (home.runs / "of a run that has ended").touch()
    with living(home.runs / alive):
        upkeep = Upkeep(Api(server["PREFECT_API_URL"]), home, said.append)
        upkeep.look()
        states = [get(server, f"/flow_runs/{run}")["state"]["type"] for run in (dead, alive, elsewhere)]
        assert states == ["CRASHED", "RUNNING", "RUNNING"]
        assert said == ["the run 'poll a' is dead: it was marked as crashed"]
        assert [path.name for path in home.runs.iterdir()] == [alive]
    assert json.loads((tmp_path / "told").read_text())["prefect_run_id"] == dead


@pytest.mark.soak
def test_the_deployments_run_on_a_process_pool(server: dict[str, str], tmp_path: Path, room: Newsroom) -> None:
    """prefect.yaml as it is: deployed, taken by a worker, run to its end; the poll by its own schedule."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "0.txt").write_text(story(0))
    room.site.on("/a.xml", Reply(rss([entry(n) for n in range(3)])))
    room.subscribe("/a.xml")
    env = server | {"WIREHOUSE_DATA": str(room.data), "WIREHOUSE_ALLOW_HOSTS": "127.0.0.1"}
    for arguments in (("work-pool", "create", "--type", "process", "wirehouse"), ("--no-prompt", "deploy", "--all")):
        done = subprocess.run([BIN / "prefect", *arguments], env=env, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    deployed = {d["name"]: d for d in get(server, "/deployments/filter", {})}
    assert {name: d["schedules"][0]["schedule"]["cron"] for name, d in deployed.items()} == {d.name: d.cron for d in DEPLOYMENTS}
    assert {d["concurrency_options"]["collision_strategy"] for d in deployed.values()} == {"CANCEL_NEW"}
    ingest = deployed["all-sources"]["id"]
    get(server, f"/deployments/{ingest}/create_flow_run", {"parameters": {"what": [str(folder)]}})

    def completed(name: str, *, scheduled: bool) -> bool:
        wanted = {
            "deployments": {"id": {"any_": [deployed[name]["id"]]}},
            "flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}},
        }
        return any(run["auto_scheduled"] is scheduled for run in get(server, "/flow_runs/filter", wanted) or ())

    def planned() -> list[datetime]:
        wanted = {"deployments": {"id": {"any_": [deployed["due-feeds"]["id"]]}}}
        runs = [run for run in get(server, "/flow_runs/filter", wanted) or () if run["auto_scheduled"]]
        return [datetime.fromisoformat(run["expected_start_time"]) for run in runs]

    wait_for(planned, 60)
    assert all(at.second == at.microsecond == 0 for at in planned()), "each minute"
    # The same on a second schedule, whose first run is due at once and not when this minute is over.
    soon = {"interval": 3600, "anchor_date": (datetime.now(UTC) + timedelta(seconds=5)).isoformat()}
    get(server, f"/deployments/{deployed['due-feeds']['id']}/schedules", [{"active": True, "schedule": soon}])
    with (tmp_path / "worker.log").open("wb") as log:
        worker = subprocess.Popen(
            [BIN / "prefect", "worker", "start", "--pool", "wirehouse"],
            env=env, cwd=tmp_path, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        try:
            wait_for(lambda: completed("all-sources", scheduled=False), 120)
            wait_for(lambda: completed("due-feeds", scheduled=True), 120)
        finally:
            os.killpg(worker.pid, signal.SIGKILL)  # it would wait for the runs that it has begun
            worker.wait(10)
    assert room.sql("SELECT source, count(*) FROM mart.articles GROUP BY source ORDER BY source") == [("a", 3), ("inbox", 1)]


def test_prefect_yaml_says_what_wirehouse_up_registers() -> None:
    deployments = yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]
    assert [
        Deployment(
            d["name"],
            d["entrypoint"].replace("/", ".").replace(".py:", "."),
            next(ours.title for ours in DEPLOYMENTS if ours.name == d["name"]),
            d["schedules"][0]["slug"],
            d["schedules"][0]["cron"],
            d["description"],
        )
        for d in deployments
    ] == list(DEPLOYMENTS)
    for deployment, ours in zip(deployments, DEPLOYMENTS, strict=True):
        file, function = deployment["entrypoint"].split(":")
        assert f"def {function}(" in (ROOT / file).read_text()
        assert deployment["tags"] == tags(ours)
        assert deployment["work_pool"] == {"name": POOL}
        assert deployment["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}
