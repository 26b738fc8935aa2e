"""Settings: from the command line, else the environment (WIREHOUSE_…), else the defaults here."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

VERSION = version("wirehouse")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run may be told."""

    data: Path
    workers: int
    wait_s: float = 600.0  # how long a run waits for another that writes
    published: str | None = None  # the date of articles that state none, ISO 8601


def settings(
    data: Path | None = None, workers: int | None = None, wait_s: float | None = None, published: str | None = None
) -> Settings:
    """The settings of a run; what is None is looked up."""
    return Settings(
        data=(data or Path(os.environ.get("WIREHOUSE_DATA", "data"))).absolute(),
        workers=workers if workers is not None else int(os.environ.get("WIREHOUSE_WORKERS", os.cpu_count() or 1)),
        wait_s=wait_s if wait_s is not None else float(os.environ.get("WIREHOUSE_WAIT", "600")),
        published=published,
    )
