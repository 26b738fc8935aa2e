"""The command that writes the warehouse to files for other programs."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from flows.cli_new import day
from flows.console import Data, Json, err, layout_of, out, print_json
from warehouse.errors import UsageError


class Files(StrEnum):
    """What is written."""

    parquet = "parquet"
    csv = "csv"
    jsonl = "jsonl"
    duckdb = "duckdb"


def export(
    to: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to: a folder; with --format duckdb a file.")],
    views: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[VIEW]...",
            help="Views of mart, such as articles.  [default: those that the folder has, else articles, their facts and stories]",
            show_default=False,
        ),
    ] = None,
    form: Annotated[
        Files | None,
        typer.Option(
            "--format",
            help="Files by day, or one slim DuckDB file without the bodies.  [default: what the folder has, else parquet]",
            show_default=False,
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The first day, such as 2026-06-14; earlier ones stay as they are", show_default=False),
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="The last day; later ones stay as they are.", show_default=False)
    ] = None,
    source: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only what is of the articles of one source.", show_default=False)
    ] = None,
    anew: Annotated[bool, typer.Option("--anew", help="Remove what was exported to the folder before, and begin again.")] = False,
    data: Data = None,
    json: Json = False,
) -> None:
    """Write views of the published warehouse to files: Parquet, CSV or JSON Lines by day, or one slim DuckDB file.

    Run it again to bring the files up to date: only days that have changed since are written, each file is swapped whole.
    It works while a run writes, and goes on where it was after an interrupt.
    """
    from flows.export import as_object, show_export  # noqa: PLC0415
    from flows.plain import bar  # noqa: PLC0415
    from warehouse.export import Wanted, silent  # noqa: PLC0415
    from warehouse.export import export as files  # noqa: PLC0415
    from warehouse.slim import slim  # noqa: PLC0415

    first, last = (at and at.date() for at in (day(since), day(until, "--until")))
    if first and last and first > last:
        raise UsageError(f"--since {since} is after --until {until}")
    single = form is Files.duckdb or (form is None and to.suffix == ".duckdb" and not to.is_dir())
    if single and anew:
        raise UsageError("a slim DuckDB file is always written anew: leave --anew out")
    wanted = Wanted(views or (), None if single or form is None else form.value, source, first, last)
    progress = partial(bar, console=err, noun="views" if single else "days") if err.is_terminal else silent
    if single:
        done = slim(layout_of(data), to, wanted, progress=progress)
    else:
        done = files(layout_of(data), to, wanted, anew=anew, progress=progress)
    print_json(as_object(done)) if json else show_export(done, out)
