"""The command that follows folders: what is dropped into them is read within seconds."""

from __future__ import annotations

import signal
from functools import partial
from threading import Event
from typing import Annotated

import typer

from flows.console import Data, Workers, err, settings_of


def follow(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE|PATH]...",
            help="Names of sources, sources' TOML files, or folders.  [default: the folders of all known sources]",
            show_default=False,
        ),
    ] = None,
    data: Data = None,
    workers: Workers = None,
) -> None:
    """Watch folders, and read what is dropped into them within seconds, until it is interrupted.

    A file is read when nobody has written to it for a moment (WIREHOUSE_REST, 0.7 s). Other runs may write at the same time.
    """
    from flows.follow import follow as run  # noqa: PLC0415
    from flows.settings import rest_s  # noqa: PLC0415

    ended = Event()

    def end(number: int, _frame: object) -> None:
        if ended.is_set():  # told twice: at once, then
            raise KeyboardInterrupt
        ended.set()
        if number == signal.SIGINT:
            err.print("Ending; what was read lands", markup=False)

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        say = partial(err.print, markup=False, soft_wrap=True)
        run(list(what or []), settings_of(data, workers, None, None), say, ended.is_set, rest_s=rest_s())
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
