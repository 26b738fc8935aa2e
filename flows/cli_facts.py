"""The commands about what articles say: explain one, and read the facts of stored articles anew."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import Annotated

import typer

from flows.cli_new import Item, article_of, day
from flows.console import Data, Json, Wait, Workers, err, layout_of, out, print_json, settings_of
from warehouse.errors import UsageError

ONE = ("five_w", "extraction")  # of an article there is one of each


class Stage(StrEnum):
    """From where stored articles are processed again."""

    extract = "extract"


def explain(item: Item, data: Data = None, json: Json = False) -> None:
    """Show what an article says, marked in its text: people, organisations, places, dates, quotations and events."""
    from flows.explain import show_facts  # noqa: PLC0415
    from warehouse.query import look_up, reading  # noqa: PLC0415

    with reading(layout_of(data)) as con:
        article = article_of(con, item)
        [facts] = look_up(con, "explain", article_id=article["article_id"])
    facts = {kind: rows if rows is not None or kind in ONE else [] for kind, rows in facts.items()}
    if json:
        print_json({"article": article, **facts})
    else:
        show_facts(article, facts, out)


def reprocess(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID|URL|PATH]...", help="Articles, by article_id, address or file.  [default: all]", show_default=False
        ),
    ] = None,
    stage: Annotated[Stage, typer.Option(help="The stage to begin with: extract reads the facts from the stored texts.")] = ...,  # type: ignore[assignment]  # typer's mark of what must be given
    source: Annotated[str | None, typer.Option(metavar="NAME", help="Only articles of one source.", show_default=False)] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Only articles published since then, such as 2026-06-14.", show_default=False),
    ] = None,
    stale: Annotated[
        bool, typer.Option("--stale/--all", help="Only what was never read, or by another extractor or engine, or in vain.")
    ] = False,
    data: Data = None,
    workers: Workers = None,
    wait: Wait = None,
    json: Json = False,
) -> None:
    """Read the facts of stored articles anew: after an update, or with another engine (WIREHOUSE_ENTITIES_ENGINE).

    The old facts are replaced batch by batch, each in one transaction; interrupted, it can be run again with --stale.
    """
    from flows.explain import show_changes  # noqa: PLC0415
    from flows.plain import bar  # noqa: PLC0415
    from flows.reprocess import Which  # noqa: PLC0415
    from flows.reprocess import reprocess as run  # noqa: PLC0415
    from warehouse.query import reading  # noqa: PLC0415

    del stage
    settings = settings_of(data, workers, wait, None)
    if settings.engine is None:
        raise UsageError("WIREHOUSE_ENTITIES_ENGINE=none reads no facts; unset it, or name an engine")
    with reading(layout_of(data)) as con:
        ids = [article_of(con, item)["article_id"] for item in what or ()]
    changes = run(
        Which(ids, source, day(since), stale),
        settings,
        settings.engine,
        progress=partial(bar, console=err, noun="batches") if err.is_terminal else None,
        say=partial(err.print, markup=False, soft_wrap=True),
    )
    print_json(changes.as_object()) if json else show_changes(changes, out)
    if changes.versions and changes.versions == changes.failed:
        raise typer.Exit(1)
