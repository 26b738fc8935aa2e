"""The commands that run everything by itself on one machine, and end it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.console import Data, Json, err, layout_of, out, print_json
from warehouse.errors import UsageError, WirehouseError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

READY_S = 240.0  # a first start makes Prefect's database


def up(
    data: Data = None,
    port: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=65_535,
            help="Where Prefect's server and its UI listen on 127.0.0.1.  [default: 4200, or the next free one]",
            show_default=False,
        ),
    ] = None,
    detach: Annotated[bool, typer.Option("--detach/--foreground", help="Go to the background once it is up.")] = False,
    status: Annotated[bool, typer.Option("--status", help="Only tell what is up. Exit code 1 if nothing is.")] = False,
    json: Json = False,
) -> None:
    """Run everything by itself: feeds are polled when due, folders are followed and read, upkeep is done.

    Starts Prefect's server, its worker, the schedules and the follower of folders, keeps them running, and ends them when it
    ends. Killed, it can simply be run again.
    """  # fmt: skip
    from flows.up import report  # noqa: PLC0415
    from flows.up import up as run  # noqa: PLC0415

    folder = layout_of(data).data
    if json and not status:
        raise UsageError("--json goes with --status")
    if status:
        now = report(folder)
        print_json(now) if json else _show(now)
        if now is None:
            raise typer.Exit(1)
    elif detach:
        _detached(folder, port)
    else:
        run(folder, port, _say)


def down(data: Data = None) -> None:
    """End what `wirehouse up` runs, and wait until it has ended. What landed stands."""
    from flows.up import down as end  # noqa: PLC0415

    out.print("Wirehouse is down." if end(layout_of(data).data, _say) else "Nothing was up.")


def _detached(folder: Path, port: int | None) -> None:
    """Start it in a session of its own, and wait until it is up or has failed."""
    from flows.prefect_home import Home  # noqa: PLC0415
    from flows.up import AlreadyUp, report, who  # noqa: PLC0415

    home = Home(folder)
    arguments = ["--data", str(folder), *(("--port", str(port)) if port else ())]
    if report(home.data) is not None:
        raise AlreadyUp(who(home))
    home.logs.mkdir(parents=True, exist_ok=True)
    log = home.logs / "up.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "flows.cli", "up", *arguments], stdin=subprocess.DEVNULL, stdout=file, stderr=file,
            start_new_session=True, env=os.environ | {"PYTHONSAFEPATH": "1"},
        )  # fmt: skip
    deadline = time.monotonic() + READY_S
    while time.monotonic() < deadline:
        now = report(home.data)
        if now is not None and now.get("ready"):
            _show(now)
            return
        if process.poll() is not None:
            raise WirehouseError(log.read_text(errors="replace").strip().removeprefix("wirehouse: ") or "it ended at once")
        time.sleep(0.2)
    raise WirehouseError(f"it is not up after {READY_S:.0f} s; {log} has what it says. wirehouse down ends it")


def _say(text: str) -> None:
    err.print(text, markup=False, soft_wrap=True)


def _show(now: Mapping[str, Any] | None) -> None:
    if now is None:
        out.print("Nothing is up: wirehouse up starts it.")
        return
    state = "is up" if now.get("ready") else "is starting"
    runs = now["runs"]
    going = f"; {len(runs)} run{'s' * (len(runs) != 1)} at work" if runs else ""
    site = f" Its runs: {now['ui']}" if "ui" in now else ""
    out.print(f"Wirehouse {state} (process {now.get('pid')}, since {now.get('since')}){going}.{site}", soft_wrap=True)
    parts = ", ".join(f"{name} (process {pid})" for name, pid in now["processes"].items())
    out.print(f"It runs {parts or 'nothing yet'}. wirehouse down ends it.", soft_wrap=True)
