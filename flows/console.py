"""What all commands share: where they print, and the options that each of them has."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from warehouse.errors import UsageError

if TYPE_CHECKING:
    from flows.settings import Settings
    from warehouse.layout import Layout

INTERRUPTED = 130  # 128 + SIGINT, as shells have it

out = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
err = Console(stderr=True, highlight=False)


class Format(StrEnum):
    """How rows are printed."""

    table = "table"
    csv = "csv"
    json = "json"
    jsonl = "jsonl"


Data = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="The data folder.  [default: ./data, or WIREHOUSE_DATA]", show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
Workers = Annotated[
    int | None,
    typer.Option(min=0, help="Processes to read with; 0 for none beside this one.  [default: one a core]", show_default=False),
]
Wait = Annotated[
    float | None,
    typer.Option(metavar="SECONDS", min=0, help="How long to wait while another run writes.  [default: 600]", show_default=False),
]
Prefect = Annotated[
    bool | None,
    typer.Option(
        "--prefect/--plain",
        help="Run as a Prefect flow, or without.  [default: as a flow if PREFECT_API_URL is set]",
        show_default=False,
    ),
]


def settings_of(data: Path | None, workers: int | None, wait: float | None, published: str | None) -> Settings:
    """The settings of a run. Raises UsageError for a date that is none."""
    from flows.settings import settings  # noqa: PLC0415

    if published is not None:
        from tasks.clean.dates import stamp  # noqa: PLC0415
        from tasks.types import DateClaim  # noqa: PLC0415

        now = datetime.now(UTC).replace(tzinfo=None)
        if stamp(DateClaim("published", published, "given"), seen_at=now) is None:
            raise UsageError(
                f"--published {published!r} is no date of the past; write it as 2026-06-14 or 2026-06-14T08:30+03:00"
            )
    return settings(data, workers, wait, published)


def layout_of(data: Path | None) -> Layout:
    """The data folder."""
    from warehouse.layout import Layout  # noqa: PLC0415

    return Layout(settings_of(data, None, None, None).data)


def print_json(value: object) -> None:
    """A value as JSON on standard output."""
    from flows.output import dumped  # noqa: PLC0415

    sys.stdout.write(dumped(value) + "\n")
