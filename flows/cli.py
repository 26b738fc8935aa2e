"""The command line. Each command imports what it needs when it runs, so that help and errors come at once."""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.console import Console

from warehouse.errors import UsageError, WirehouseError

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.settings import Settings
    from warehouse.layout import Layout

INTERRUPTED = 130  # 128 + SIGINT, as shells have it

app = typer.Typer(
    name="wirehouse",
    help="News from folders, cleaned, de-duplicated and traceable, in one DuckDB warehouse that you query with SQL.",
    epilog='Start with: wirehouse ingest FOLDER, then wirehouse sql "SELECT title, outlet FROM mart.articles"',
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
out = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
err = Console(stderr=True, highlight=False)


class Format(StrEnum):
    """How rows are printed."""

    table = "table"
    csv = "csv"
    json = "json"


Data = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="The data folder.  [default: ./data, or WIREHOUSE_DATA]", show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]


@app.command(
    epilog="Examples: wirehouse ingest inbox/ · wirehouse ingest story.txt --published 2026-06-14 · "
    "wirehouse ingest seeds/sources/*/*.toml"
)
def ingest(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH|SOURCE]...",
            help="Files, folders, sources' TOML files, or names of sources.  [default: all known sources]",
            show_default=False,
        ),
    ] = None,
    data: Data = None,
    workers: Annotated[
        int | None,
        typer.Option(
            min=0, help="Processes to read with; 0 for none beside this one.  [default: one a core]", show_default=False
        ),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The date of articles that state none, such as 2026-06-14.", show_default=False),
    ] = None,
    prefect: Annotated[
        bool | None,
        typer.Option(
            "--prefect/--plain",
            help="Run as a Prefect flow, or without.  [default: as a flow if PREFECT_API_URL is set]",
            show_default=False,
        ),
    ] = None,
    wait: Annotated[
        float | None,
        typer.Option(
            metavar="SECONDS", min=0, help="How long to wait while another run writes.  [default: 600]", show_default=False
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Read files, folders and sources into the warehouse; what it has already is not read again.

    Bad files are named and kept, the others land. Interrupted or killed, it goes on where it was when run again.
    """
    settings = _settings(data, workers, wait, published)
    arguments = list(what or [])
    if prefect if prefect is not None else bool(os.environ.get("PREFECT_API_URL")):
        from flows.ingest import run  # noqa: PLC0415

        tally = run(arguments, settings)
    else:
        from flows.plain import bar  # noqa: PLC0415
        from flows.plain import ingest as plain  # noqa: PLC0415

        progress = partial(bar, console=err) if err.is_terminal else None
        tally = plain(arguments, settings, progress=progress, say=partial(err.print, markup=False))
    from flows.report import as_object, show  # noqa: PLC0415

    if json:
        _print_json(as_object(tally))
    else:
        show(tally, out)
    if tally.books.fetched and tally.books.fetched == tally.books.rejected:
        raise typer.Exit(1)


@app.command(
    epilog='Examples: wirehouse sql "SELECT outlet, count(*) AS articles FROM mart.articles GROUP BY outlet" · '
    'wirehouse sql --format csv "FROM mart.articles" > articles.csv · wirehouse sql (a prompt)'
)
def sql(
    query: Annotated[
        str | None,
        typer.Argument(
            metavar="[QUERY]",
            help="One SQL statement; without it, a prompt, or the statement on standard input.",
            show_default=False,
        ),
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How to print the rows.")] = Format.table,
    data: Data = None,
) -> None:
    """Query the published warehouse. Read-only; SQL reaches no files and no network. It works while a run writes."""
    from flows.output import as_csv, as_json, as_table, piped  # noqa: PLC0415
    from flows.prompt import prompt  # noqa: PLC0415
    from warehouse.query import ask, reading  # noqa: PLC0415

    with reading(_layout(data)) as con:
        if query is None and sys.stdin.isatty():
            prompt(con, out)
            return
        statement = query if query is not None else sys.stdin.read()
        if not statement.strip(" \n\t;"):
            raise UsageError("there is no query: give one SQL statement, or none at all for a prompt")
        answer = ask(con, statement)
        with piped():
            match form:
                case Format.table:
                    as_table(answer.columns, answer.rows, out)
                case Format.csv:
                    as_csv(answer.columns, answer.rows, sys.stdout)
                case Format.json:
                    as_json(answer.columns, answer.rows, sys.stdout)


@app.command(
    epilog="Examples: wirehouse where https://example.org/story · wirehouse where inbox/story.txt · "
    "wirehouse where mlywyqiswaftpzvd"
)
def where(
    item: Annotated[
        str, typer.Argument(metavar="URL|PATH|ID", help="An address, a file, an article_id or the SHA-256 of some bytes.")
    ],
    data: Data = None,
    json: Json = False,
) -> None:
    """Tell where an item went: which article it is, each time it was met, or why it was refused. Exit code 1 if nowhere."""
    from flows.report import show_found  # noqa: PLC0415
    from flows.where import where as find  # noqa: PLC0415
    from warehouse.query import reading  # noqa: PLC0415

    with reading(_layout(data)) as con:
        found = find(con, item)
    if json:
        _print_json(found)
    elif not any(found.values()):
        err.print(f"Nothing is known of {item}. Paths are looked up in the sources' folders: wirehouse sources", markup=False)
    else:
        show_found(found, out)
    if not any(found.values()):
        raise typer.Exit(1)


@app.command()
def status(data: Data = None, json: Json = False) -> None:
    """Show what the warehouse holds, its last runs, and who is writing."""
    from flows.report import show_status  # noqa: PLC0415
    from warehouse.lock import holder  # noqa: PLC0415
    from warehouse.query import look_up, reading  # noqa: PLC0415

    layout = _layout(data)
    with reading(layout) as con:
        [counts] = look_up(con, "status")
        runs = look_up(con, "recent_runs", most=5)
    archive = sum(p.stat().st_size for p in layout.archive.glob("*.warc.gz"))
    now = {
        "data": str(layout.data),
        "database_bytes": layout.current.stat().st_size,
        "archive_bytes": archive,
        **counts,
        "writer": holder(layout.live),
    }
    if json:
        _print_json({**now, "runs": runs})
    else:
        show_status(now, runs, out)


@app.command(epilog="Example: wirehouse rejects --reason malformed --most 100")
def rejects(
    run: Annotated[str | None, typer.Option(metavar="RUN_ID", help="Only those of one run.", show_default=False)] = None,
    reason: Annotated[str | None, typer.Option(metavar="WORD", help="Only those for one reason.", show_default=False)] = None,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="Only those of one source.", show_default=False)] = None,
    most: Annotated[int, typer.Option(min=1, help="How many to show, the newest first.")] = 20,
    data: Data = None,
    json: Json = False,
) -> None:
    """List what was refused and why. The bytes of all of it are in the archive."""
    from flows.report import show_rejects  # noqa: PLC0415
    from warehouse.errors import REASONS  # noqa: PLC0415
    from warehouse.query import look_up, reading  # noqa: PLC0415

    if reason is not None and reason not in REASONS:
        raise UsageError(f"{reason!r} is no reason; they are: {', '.join(REASONS)}")
    with reading(_layout(data)) as con:
        rows = look_up(con, "list_rejects", run=run, reason=reason, source=source, most=most)
    _print_json(rows) if json else show_rejects(rows, out)


@app.command()
def sources(data: Data = None, json: Json = False) -> None:
    """List the sources that were read, with what came of each."""
    from flows.report import show_sources  # noqa: PLC0415
    from warehouse.query import look_up, reading  # noqa: PLC0415

    with reading(_layout(data)) as con:
        rows = look_up(con, "list_sources")
    _print_json(rows) if json else show_sources(rows, out)


@app.command()
def formats(json: Json = False) -> None:
    """List the file formats that are read, and what is read from each."""
    from flows.report import show_formats  # noqa: PLC0415
    from tasks.parse.sniff import by_name  # noqa: PLC0415

    rows = [{"format": name, "suffixes": list(f.SUFFIXES), "reads": f.READS} for name, f in sorted(by_name().items())]
    _print_json(rows) if json else show_formats(rows, out)


def _version(wanted: bool) -> None:
    if wanted:
        from flows.settings import VERSION  # noqa: PLC0415

        out.print(f"wirehouse {VERSION}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    del version


def _settings(data: Path | None, workers: int | None, wait: float | None, published: str | None) -> Settings:
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


def _layout(data: Path | None) -> Layout:
    from warehouse.layout import Layout  # noqa: PLC0415

    return Layout(_settings(data, None, None, None).data)


def _print_json(value: object) -> None:
    from flows.output import dumped  # noqa: PLC0415

    sys.stdout.write(dumped(value) + "\n")


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run a command. Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted."""
    signal.signal(signal.SIGTERM, _interrupt)
    sys.exit(_exit_code(lambda: app(arguments, standalone_mode=True)))


def _exit_code(run: Callable[[], Any]) -> int:
    try:
        run()
    except UsageError as error:
        err.print(f"wirehouse: {error}", style="red", markup=False, soft_wrap=True)
        return 2
    except WirehouseError as error:
        err.print(f"wirehouse: {error}", style="red", markup=False, soft_wrap=True)
        return 1
    except KeyboardInterrupt:
        return _interrupted()
    except SystemExit as end:
        if end.code == INTERRUPTED:
            return _interrupted()
        return end.code if isinstance(end.code, int) else 1 if end.code else 0
    except Exception as error:
        if os.environ.get("WIREHOUSE_TRACE"):
            raise
        what = f"{type(error).__name__}: {error}"
        err.print(
            f"wirehouse: {what}\nThis is a bug; please report it with what WIREHOUSE_TRACE=1 shows", style="red", markup=False
        )
        return 1
    return 0


def _interrupted() -> int:
    err.print("wirehouse: interrupted. What had landed stands; run it again to go on", markup=False)
    return INTERRUPTED


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
