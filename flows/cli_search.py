"""The command that searches the texts of all articles."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Annotated

import typer

from flows.cli_new import day
from flows.console import Data, Json, err, layout_of, out, print_json
from warehouse.errors import UsageError


class Order(StrEnum):
    """What comes first."""

    relevance = "relevance"
    recent = "recent"
    date = "date"


def search(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS...", help='What to find: words, "a phrase", -without, this OR that, begin*, title:word, outlet:, by:.'
        ),
    ],
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Only articles published since then, such as 2026-06-14.", show_default=False),
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only those up to then, a day as a whole.", show_default=False)
    ] = None,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="Only those of one source.", show_default=False)] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Only those of one outlet.", show_default=False)] = None,
    language: Annotated[str | None, typer.Option(metavar="CODE", help="Only those in one language.", show_default=False)] = None,
    by: Annotated[
        Order, typer.Option(help="The best first, the best with those of late before, or the newest.")
    ] = Order.relevance,
    most: Annotated[int, typer.Option(min=1, max=10_000, help="How many to show.")] = 10,
    copies: Annotated[bool, typer.Option("--copies/--fold", help="Show all copies of a text, or one of them.")] = False,
    data: Data = None,
    json: Json = False,
) -> None:
    """Search the texts of all articles: the best matches first, with what was found in its place.

    All words must be there, in any form (ferry finds ferries) and without regard to case and accents; "in quotes" they
    stand exactly so. Exit code 1 if nothing is found.
    """
    from flows.search import Asked, search_for  # noqa: PLC0415
    from flows.search_report import as_object, show_hits, show_nothing  # noqa: PLC0415
    from warehouse.query import reading  # noqa: PLC0415

    if wrong := next((word for word in words if word.startswith("--")), None):
        raise UsageError(f"there is no option {wrong}: wirehouse search --help")
    last = day(until, "--until")
    if last is not None and until is not None and len(until) == len("2026-06-14"):
        last += timedelta(days=1)
    asked = Asked(" ".join(words), source, outlet, language, day(since), last, by.value, most, folded=not copies)
    layout = layout_of(data)
    with reading(layout) as con:
        found = search_for(con, layout, asked)
    if json:
        print_json(as_object(found))
    elif found.results:
        show_hits(found, out)
    else:
        show_nothing(found, err)
    if not found.results:
        raise typer.Exit(1)
