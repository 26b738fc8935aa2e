"""`wirehouse check`: whether the warehouse is sound, and whether its sources are as they always were."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.markup import escape
from rich.table import Table

from flows.console import Data, Json, Wait, err, out, print_json, settings_of

if TYPE_CHECKING:
    from rich.console import Console

    from warehouse.audit import CheckResult

COLOURS = {"failed": "red", "warned": "yellow", "passed": "green"}
ORDER = ("failed", "warned", "passed")


def check(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME]...", help="Checks to run; --list tells which there are.  [default: all]", show_default=False
        ),
    ] = None,
    deep: Annotated[
        bool, typer.Option("--deep", help="Read the whole archive as well, and compare each payload's SHA-256.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit code 1 for warnings, too.")] = False,
    list_: Annotated[bool, typer.Option("--list", help="List the checks, and run none.")] = False,
    data: Data = None,
    wait: Wait = None,
    json: Json = False,
) -> None:
    """Check that the warehouse is sound, and that its sources bring what they always brought.

    The published copy is read, so that others can write meanwhile; what is found is kept in mart.checks. Exit code 1 if an
    error was found; warnings are about the news, and do not count.
    """
    from flows.checks import chosen, run_checks  # noqa: PLC0415
    from flows.plain import bar  # noqa: PLC0415

    wanted = chosen(names or (), deep=deep or list_)
    if list_:
        rows = [{"name": c.name, "severity": c.severity, "deep": c.deep, "title": c.title, "advice": c.advice} for c in wanted]
        print_json(rows) if json else _show_list(rows, out)
        return
    results = run_checks(
        settings_of(data, None, wait, None),
        names or (),
        deep=deep,
        say=partial(err.print, markup=False, soft_wrap=True),
        progress=partial(bar, console=err, noun="payloads") if err.is_terminal else None,
    )
    if json:
        print_json([r._asdict() | {"advice": _advice(r) if r.state != "passed" else None} for r in results])
    else:
        _show(results, out)
    states = {r.state for r in results}
    if "failed" in states or (strict and "warned" in states):
        raise typer.Exit(1)


def _show(results: list[CheckResult], console: Console) -> None:
    """What did not pass, what to do about it, and a line for the rest."""
    found = sorted((r for r in results if r.state != "passed"), key=lambda r: ORDER.index(r.state))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("", "check", "subject"):
        table.add_column(column, overflow="fold")
    for column in ("measured", "expected"):
        table.add_column(column, justify="right")
    for column in ("what", "examples"):
        table.add_column(column, overflow="fold")
    for r in found:
        state = f"[{COLOURS[r.state]}]{r.state}[/]"
        cells = (
            r.name,
            r.subject or "",
            _number(r.measured),
            _number(r.expected),
            r.detail,
            " ".join(map(_short, r.examples[:3])),
        )
        table.add_row(state, *map(escape, cells))
    if found:
        console.print(table)
    for name, advice in {r.name: _advice(r) for r in found}.items():
        console.print(f"{name}: {advice}", markup=False)
    if found:
        console.print()
    counts = {state: len({r.name for r in results if r.state == state}) for state in ORDER}
    console.print(", ".join(f"{n} {state}" for state, n in counts.items() if n) + ".", markup=False)


def _show_list(rows: list[dict[str, object]], console: Console) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("check", "finds", "what it makes sure of"):
        table.add_column(column, overflow="fold")
    for row in rows:
        deep = "; only with --deep, or by name" if row["deep"] else ""
        table.add_row(str(row["name"]), f"{row['severity']}s", escape(f"{row['title']}{deep}"))
    console.print(table)


def _advice(result: CheckResult) -> str:
    from warehouse.audit import checks  # noqa: PLC0415

    return checks()[result.name].advice


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def _short(example: str) -> str:
    return example if len(example) <= 40 else f"{example[:39]}…"
