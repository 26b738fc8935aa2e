"""`wirehouse watches`: saved queries that tell a web address or a command when they have new rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from flows.console import Data, Json, layout_of, out, print_json
from warehouse.errors import NoWarehouse

if TYPE_CHECKING:
    from datetime import datetime

    from rich.console import Console

    from flows.watches import Outcome
    from warehouse.layout import Layout

watches = typer.Typer(
    help="Saved queries that tell a web address or a command when they have new rows.",
    no_args_is_help=False,
    rich_markup_mode="rich",
)
Names = Annotated[list[str], typer.Argument(metavar="NAME...", help="Names of watches.")]


@watches.callback(
    invoke_without_command=True,
    epilog="Examples: wirehouse watches · wirehouse watches add retractions "
    "\"SELECT article_id, outlet, title FROM mart.articles WHERE state = 'retracted'\" --tell https://hooks.example.org/desk "
    "--key article_id · wirehouse watches run retractions --dry-run",
)
def list_(context: typer.Context, data: Data = None, json: Json = False) -> None:
    """List the watches: when each was last looked at, what it told, and what went wrong.

    Each run that publishes looks at those that are due. A row is told once, when its target has taken it.
    """
    if context.invoked_subcommand is not None:
        return
    from flows.watches import states  # noqa: PLC0415

    rows = states(layout_of(data))
    print_json(rows) if json else _show(rows, out)


@watches.command(
    epilog="Examples: wirehouse watches add quakes \"SELECT article_id, title FROM mart.articles WHERE title ILIKE '%quake%'\" "
    "--tell https://hooks.example.org/desk · wirehouse watches add gaps 'FROM mart.gaps' --tell 'mail -s gaps desk@example.org' "
    "--key source,opened_at"
)
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What to call it: small letters, digits, - and _.")],
    query: Annotated[str, typer.Argument(metavar="SQL", help="One statement, as for wirehouse sql.")],
    tell: Annotated[
        str,
        typer.Option(
            metavar="URL|COMMAND",
            help="Gets one JSON object {watch, description, columns, rows, more}: as a POST, or on its standard input. "
            "${NAME} is filled from the environment.",
            show_default=False,
        ),
    ],
    key: Annotated[
        str | None,
        typer.Option(metavar="COLUMN,…", help="A row is new if these columns are.  [default: all columns]", show_default=False),
    ] = None,
    every: Annotated[
        str | None,
        typer.Option(
            metavar="TIME", help="Look not more often, such as 15m, 6h or 1d.  [default: each time]", show_default=False
        ),
    ] = None,
    most: Annotated[int, typer.Option(min=1, max=1000, help="How many rows to tell at once.")] = 20,
    description: Annotated[str | None, typer.Option(help="Told with each event.", show_default=False)] = None,
    from_start: Annotated[bool, typer.Option("--from-start", help="Tell the rows that it has now, too.")] = False,
    data: Data = None,
    json: Json = False,
) -> None:
    """Add a watch: write its TOML into the data folder's watches/, and remember the rows that it has now, untold."""
    from flows.watch_files import check_name, watch, write  # noqa: PLC0415
    from flows.watches import try_out  # noqa: PLC0415

    layout = layout_of(data)
    check_name(layout.watches, name)
    given = {"query": query, "tell": tell, "most": most, "description": description, "from_start": from_start}
    given |= {"key": tuple(c.strip() for c in key.split(",") if c.strip())} if key is not None else {}
    given |= {"every": every} if every is not None else {}
    added = watch(given)
    try:
        rows: int | None = try_out(layout, added)
    except NoWarehouse:
        rows = None
    path = write(layout.watches, name, added)
    if rows is not None and not from_start:
        _look(layout, [name])
    if json:
        print_json({"name": name, "file": str(path), "rows": rows})
        return
    out.print(f"Added {name}.", markup=False)
    out.print(f"  {path}", markup=False, style="dim", soft_wrap=True)
    if rows is None:
        out.print("Nothing has been published yet: it begins with the first run that publishes.", markup=False)
    elif from_start:
        out.print(
            f"The {rows:,} rows that it has now are told by the next run that publishes, or by: wirehouse watches run {name}"
        )
    else:
        out.print(f"What it has now ({_rows(rows)}) is known; rows that come from now on are told.", markup=False)


@watches.command(epilog="Example: wirehouse watches remove quakes")
def remove(names: Names, data: Data = None) -> None:
    """Remove watches, and what they remember."""
    from flows.watch_files import named  # noqa: PLC0415
    from flows.watch_state import Memory, alone  # noqa: PLC0415

    folder = layout_of(data).watches
    paths = named(folder, names)
    with alone(folder, wait=True), Memory(folder) as memory:
        for path in paths:
            path.unlink(missing_ok=True)
            memory.forget(path.stem)
            out.print(f"Removed {path.stem}.", markup=False)


@watches.command(epilog="Examples: wirehouse watches run · wirehouse watches run quakes --dry-run")
def run(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME]...", help="Watches, also paused ones.  [default: all that are not paused]", show_default=False
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be told; tell and remember nothing.")] = False,
    data: Data = None,
    json: Json = False,
) -> None:
    """Look at watches now, whether they are due or not, and tell what is new. Exit code 1 if one of them could not."""
    layout = layout_of(data)
    outcomes = _look(layout, names or [], dry=dry_run)
    if json:
        told = ("name", "columns", "rows", "new", "told", "first", "error")
        print_json([{field: getattr(o, field) for field in told} for o in outcomes])
    else:
        for outcome in outcomes:
            _show_outcome(outcome, out, dry=dry_run)
        if not outcomes:
            out.print("There are no watches that are not paused: wirehouse watches add", markup=False)
    if any(o.error for o in outcomes):
        raise typer.Exit(1)


def _look(layout: Layout, names: list[str], *, dry: bool = False) -> list[Outcome]:
    """Look at watches once no other process does."""
    from flows.watch_state import alone  # noqa: PLC0415
    from flows.watches import look  # noqa: PLC0415

    with alone(layout.watches, wait=True):
        return look(layout, names, dry=dry)


def _show(rows: list[dict[str, Any]], console: Console) -> None:
    """The watches as people read them."""
    if not rows:
        console.print("There are no watches: wirehouse watches add NAME SQL --tell URL|COMMAND", markup=False)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("watch", "tells"):
        table.add_column(column, overflow="fold")
    for column in ("every", "looked at", "last told"):
        table.add_column(column)
    for column in ("told", "waiting"):
        table.add_column(column, justify="right")
    for r in rows:
        every = "paused" if r["paused"] else r["every"] if r["every"] != "0s" else ""
        counts = (f"{r['told']:,}", f"{r['waiting']:,}")
        table.add_row(escape(r["name"]), escape(r["tell"] or ""), every, _time(r["looked_at"]), _time(r["told_at"]), *counts)
    console.print(table)
    for r in (r for r in rows if r["error"]):
        again = f"; tried again after {_time(r['next_at'])}" if r["next_at"] else ""
        console.print(f"[red]{escape(r['name'])}[/]: {escape(r['error'])}{again}", highlight=False, soft_wrap=True)


def _show_outcome(outcome: Outcome, console: Console, *, dry: bool) -> None:
    """What a look at a watch came to; with `dry`, the rows."""
    from flows.output import as_table  # noqa: PLC0415

    name = f"[bold]{escape(outcome.name)}[/]"
    if outcome.error:
        console.print(f"{name}: [red]{escape(outcome.error)}[/]", highlight=False, soft_wrap=True)
    elif outcome.first:
        since = "would be known" if dry else "is known"
        console.print(f"{name}: what it has now ({_rows(outcome.new)}) {since}, and not told")
    elif dry:
        console.print(f"{name}: {_rows(outcome.new, 'new ')} would be told")
    else:
        left = outcome.new - outcome.told
        follow = f", {left:,} to follow" if left else ""
        console.print(f"{name}: {_rows(outcome.told, 'new ')} told{follow}")
    if dry and outcome.rows:
        as_table(outcome.columns, (tuple(row.values()) for row in outcome.rows), console)


def _time(value: datetime | None) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if value is not None else "never"


def _rows(n: int, kind: str = "") -> str:
    return f"{n:,} {kind}row{'s' * (n != 1)}"
