"""The command line. Each command imports what it needs when it runs, so that help and errors come at once."""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from flows.cli_anew import reprocess, retry
from flows.cli_care import backup, forget, maintain, restore
from flows.cli_checks import check
from flows.cli_export import export
from flows.cli_facts import explain
from flows.cli_feeds import feeds
from flows.cli_follow import follow
from flows.cli_new import copies, history, stories
from flows.cli_search import search
from flows.cli_up import down, up
from flows.cli_watches import watches
from flows.console import (
    INTERRUPTED,
    Data,
    Format,
    Json,
    Prefect,
    Wait,
    Workers,
    err,
    layout_of,
    out,
    print_json,
    settings_of,
)
from warehouse.errors import UsageError, WirehouseError

if TYPE_CHECKING:
    from collections.abc import Callable


app = typer.Typer(
    name="wirehouse",
    help="News from folders and feeds, cleaned, de-duplicated and traceable, in one DuckDB warehouse that you query with SQL.",
    epilog="Start with: wirehouse ingest FOLDER, or wirehouse feeds add URL and wirehouse poll; then wirehouse sql "
    '"SELECT title, outlet FROM mart.articles"',
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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
    workers: Workers = None,
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The date of articles that state none, such as 2026-06-14.", show_default=False),
    ] = None,
    prefect: Prefect = None,
    wait: Wait = None,
    json: Json = False,
) -> None:
    """Read files, folders and sources into the warehouse; what it has already is not read again.

    Bad files are named and kept, the others land. Interrupted or killed, it goes on where it was when run again.
    """
    settings = settings_of(data, workers, wait, published)
    arguments = list(what or [])
    if prefect if prefect is not None else bool(os.environ.get("PREFECT_API_URL")):
        from flows.ingest import run  # noqa: PLC0415

        tally = run(arguments, settings)
    else:
        from flows.plain import bar  # noqa: PLC0415
        from flows.plain import ingest as plain  # noqa: PLC0415

        progress = partial(bar, console=err) if err.is_terminal else None
        tally = plain(arguments, settings, progress=progress, say=partial(err.print, markup=False, soft_wrap=True))
    from flows.report import as_object, show  # noqa: PLC0415

    if json:
        print_json(as_object(tally))
    else:
        show(tally, out)
    if tally.books.fetched and tally.books.fetched == tally.books.rejected:
        raise typer.Exit(1)


@app.command(epilog="Examples: wirehouse poll · wirehouse poll --all · wirehouse poll my-feed other-feed --json")
def poll(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME]...",
            help="Feeds to ask now, by name, address or TOML file, also paused ones and those that ended.  [default: those due]",
            show_default=False,
        ),
    ] = None,
    everything: Annotated[
        bool,
        typer.Option("--all/--due", help="Ask all feeds that are not paused, gone or waiting as told, or those that are due."),
    ] = False,
    data: Data = None,
    workers: Workers = None,
    prefect: Prefect = None,
    wait: Wait = None,
    json: Json = False,
) -> None:
    """Ask feeds for news, fetch the pages of teasers, and land what is new.

    Run it as often as you like: each feed is asked when it is due by its own rhythm. Exit code 1 if no feed asked answered.
    """
    settings = settings_of(data, workers, wait, None)
    names = list(what or [])
    if names and everything:
        raise UsageError("name feeds, or give --all, not both")
    if prefect if prefect is not None else bool(os.environ.get("PREFECT_API_URL")):
        from flows.poll import run  # noqa: PLC0415

        tally = run(names, settings, everything=everything)
    else:
        from flows.plain import bar  # noqa: PLC0415
        from flows.plain import poll as plain  # noqa: PLC0415
        from flows.settings import terms  # noqa: PLC0415

        progress = partial(bar, console=err, noun="feeds") if err.is_terminal else None
        say = partial(err.print, markup=False, soft_wrap=True)
        tally = plain(names, settings, terms(), everything=everything, progress=progress, say=say)
    from flows.feed_report import poll_as_object, show_poll  # noqa: PLC0415

    if json:
        print_json(poll_as_object(tally))
    else:
        show_poll(tally, out)
    if tally.feeds and not tally.answered and tally.outcomes.total() > tally.outcomes["deferred"]:
        raise typer.Exit(1)


app.command(
    epilog="Examples: wirehouse follow inbox/ · wirehouse follow · wirehouse follow mna other-source · "
    "WIREHOUSE_REST=5 wirehouse follow slow/"
)(follow)
app.add_typer(feeds, name="feeds")
app.command(epilog="Examples: wirehouse copies mlywyqiswaftpzvd · wirehouse copies https://example.org/story --diffs 10")(copies)
app.command(epilog="Examples: wirehouse history https://example.org/story · wirehouse history inbox/story.txt --json")(history)
app.command(
    epilog="Examples: wirehouse stories --since 2026-06-14 --by size · wirehouse stories smlywyqiswaftpzvd (its timeline)"
)(stories)


app.command(epilog="Examples: wirehouse up · wirehouse up --detach · wirehouse up --status · wirehouse down")(up)
app.command()(down)
app.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},  # -without is no option
    epilog="Examples: wirehouse search trawler skipper --since 2026-06-14 · wirehouse search '\"red sea\" -cable' --by date · "
    "wirehouse search 'title:ferry OR capsiz*' --outlet 'Karoo Lantern' --json",
)(search)
app.command(epilog="Examples: wirehouse explain mlywyqiswaftpzvd · wirehouse explain inbox/story.txt --json")(explain)
app.command(
    epilog="Examples: wirehouse reprocess --source mna (what would change) · wirehouse reprocess --source mna --replace · "
    "wirehouse reprocess --stale --replace (after an update) · wirehouse reprocess --stage extract --stale · "
    "WIREHOUSE_ENTITIES_ENGINE=spacy:en_core_web_sm wirehouse reprocess --stage extract"
)(reprocess)
app.command(epilog="Examples: wirehouse retry · wirehouse retry --reason timeout --source mna · wirehouse retry --json")(retry)
app.command(
    epilog='Examples: wirehouse forget mlywyqiswaftpzvd --reason "court order" · wirehouse forget https://example.org/story '
    "--dry-run · wirehouse forget --undo 20260614T081500-1a2b3c"
)(forget)
app.command(epilog="Examples: wirehouse maintain · wirehouse maintain --dry-run --json")(maintain)
app.command(epilog="Examples: wirehouse backup /mnt/backups/news · wirehouse backup /mnt/backups/news --keep 7")(backup)
app.command(
    epilog="Examples: wirehouse restore /mnt/backups/news --data /srv/news · wirehouse restore /mnt/backups/news --list · "
    "wirehouse restore /mnt/backups/news --at 20260614T081500Z --force"
)(restore)
app.command(epilog="Examples: wirehouse check · wirehouse check --deep · wirehouse check books orphans --json")(check)
app.add_typer(watches, name="watches")
app.command(
    epilog="Examples: wirehouse export lake/ · wirehouse export lake/ articles people --since 2026-06-14 · "
    "wirehouse export sheets/ --format csv --source mna · wirehouse export slim.duckdb --format duckdb"
)(export)


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
    from flows.output import as_csv, as_json, as_jsonl, as_table, piped  # noqa: PLC0415
    from warehouse.interrupts import stopping  # noqa: PLC0415
    from warehouse.query import ask, reading  # noqa: PLC0415

    if query is None and sys.stdin.isatty():
        from flows.prompt import prompt  # noqa: PLC0415

        prompt(layout_of(data), out)
        return
    with reading(layout_of(data)) as con, stopping(con):
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
                case Format.jsonl:
                    as_jsonl(answer.columns, answer.rows, sys.stdout)


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

    with reading(layout_of(data)) as con:
        found = find(con, item)
    if json:
        print_json(found)
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
    from flows.watches import states  # noqa: PLC0415
    from warehouse.lock import holder  # noqa: PLC0415
    from warehouse.query import look_up, reading  # noqa: PLC0415

    layout = layout_of(data)
    with reading(layout) as con:
        [counts] = look_up(con, "status")
        since = datetime.now(UTC).replace(tzinfo=None) - timedelta(days=1)
        [latency] = look_up(con, "latency", since=since)
        runs = look_up(con, "recent_runs", most=5)
    archive = sum(p.stat().st_size for p in layout.archive.glob("*.warc.gz"))
    now = {
        "data": str(layout.data),
        "database_bytes": layout.current.stat().st_size,
        "archive_bytes": archive,
        **counts,
        "latency": latency,  # of the last 24 hours, from fetched to queryable
        "writer": holder(layout.live),
        "watches": [{"name": w["name"], "waiting": w["waiting"], "error": w["error"]} for w in states(layout)],
    }
    if json:
        print_json({**now, "runs": runs})
    else:
        show_status(now, runs, out)


@app.command(epilog="Example: wirehouse rejects --reason malformed --most 100")
def rejects(
    run: Annotated[str | None, typer.Option(metavar="RUN_ID", help="Only those of one run.", show_default=False)] = None,
    reason: Annotated[str | None, typer.Option(metavar="WORD", help="Only those for one reason.", show_default=False)] = None,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="Only those of one source.", show_default=False)] = None,
    most: Annotated[int, typer.Option(min=1, help="How many to show, the newest first.")] = 20,
    everything: Annotated[
        bool, typer.Option("--all/--open", help="Also what has been resolved since, or only what is still refused.")
    ] = False,
    data: Data = None,
    json: Json = False,
) -> None:
    """List what is refused and why. The bytes of all of it are in the archive; wirehouse retry reads them again."""
    from flows.report import show_rejects  # noqa: PLC0415
    from warehouse.errors import REASONS  # noqa: PLC0415
    from warehouse.query import look_up, reading  # noqa: PLC0415

    if reason is not None and reason not in REASONS:
        raise UsageError(f"{reason!r} is no reason; they are: {', '.join(REASONS)}")
    with reading(layout_of(data)) as con:
        rows = look_up(con, "list_rejects", run=run, reason=reason, source=source, most=most, everything=everything)
    print_json(rows) if json else show_rejects(rows, out)


@app.command()
def sources(data: Data = None, json: Json = False) -> None:
    """List the sources that were read, with what came of each."""
    from flows.report import show_sources  # noqa: PLC0415
    from warehouse.query import look_up, reading  # noqa: PLC0415

    with reading(layout_of(data)) as con:
        rows = look_up(con, "list_sources")
    print_json(rows) if json else show_sources(rows, out)


@app.command()
def formats(json: Json = False) -> None:
    """List the file formats that are read, and what is read from each."""
    from flows.report import show_formats  # noqa: PLC0415
    from tasks.parse.sniff import by_name  # noqa: PLC0415

    rows = [{"format": name, "suffixes": list(f.SUFFIXES), "reads": f.READS} for name, f in sorted(by_name().items())]
    print_json(rows) if json else show_formats(rows, out)


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


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run a command. Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted."""
    signal.signal(signal.SIGTERM, _interrupt)
    sys.exit(_exit_code(lambda: app(arguments, standalone_mode=True), sys.argv[1:] if arguments is None else arguments))


def _exit_code(run: Callable[[], Any], words: list[str]) -> int:
    try:
        run()
    except UsageError as error:
        err.print(f"wirehouse: {error}", style="red", markup=False, soft_wrap=True)
        _tell(words, error)
        return 2
    except WirehouseError as error:
        err.print(f"wirehouse: {error}", style="red", markup=False, soft_wrap=True)
        _tell(words, error)
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
        _tell(words, error)
        from warehouse.disk import explained  # noqa: PLC0415

        if known := explained(error, Path("data")):
            err.print(f"wirehouse: {known}", style="red", markup=False, soft_wrap=True)
            return 1
        what = f"{type(error).__name__}: {error}"
        err.print(
            f"wirehouse: {what}\nThis is a bug; please report it with what WIREHOUSE_TRACE=1 shows", style="red", markup=False
        )
        return 1
    return 0


def _tell(words: list[str], error: BaseException) -> None:
    """Tell whom WIREHOUSE_ON_FAILURE names of a failure that nobody sees here, as under cron."""
    if os.environ.get("WIREHOUSE_ON_FAILURE") and not err.is_terminal:
        from flows.failures import tell_of_command  # noqa: PLC0415

        tell_of_command(words, error)


def _interrupted() -> int:
    err.print("wirehouse: interrupted. What had landed stands; run it again to go on", markup=False)
    return INTERRUPTED


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
