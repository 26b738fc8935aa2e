"""The commands that read again what was read before: stored articles, and what was refused."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli_new import article_of, day
from flows.console import Data, Json, Wait, Workers, err, layout_of, out, print_json, settings_of
from warehouse.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from flows.settings import Settings
    from tasks.types import FeedSource, FolderSource

REPORTS = "reports"  # folder of the data folder that keeps the reports


class Stage(StrEnum):
    """From where stored articles are processed again."""

    parse = "parse"
    extract = "extract"


class RefusedAt(StrEnum):
    """A stage that may refuse an item."""

    fetch = "fetch"
    parse = "parse"
    clean = "clean"
    fingerprint = "fingerprint"


What = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[ID|URL|PATH]...", help="Articles, by article_id, address or file.  [default: all]", show_default=False
    ),
]


def reprocess(
    what: What = None,
    stage: Annotated[
        Stage,
        typer.Option(help="parse: everything is read anew from the archive. extract: only the facts, from the stored texts."),
    ] = Stage.parse,
    replace: Annotated[
        bool | None,
        typer.Option(
            "--replace/--shadow",
            help="Put what changed in the place of what stands, or only tell what would change.  "
            "[default: --shadow; facts of --stage extract are replaced]",
            show_default=False,
        ),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|TOML", help="Only articles of one source; its TOML file is used as it is now.", show_default=False
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Only articles published since then, such as 2026-06-14.", show_default=False),
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only articles published before that day.", show_default=False)
    ] = None,
    form: Annotated[
        str | None,
        typer.Option("--format", metavar="NAME", help="Only what was read from one format, such as html.", show_default=False),
    ] = None,
    extractor: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Only texts that one extractor took out, such as fragment.", show_default=False),
    ] = None,
    run: Annotated[str | None, typer.Option(metavar="RUN_ID", help="Only what one run found.", show_default=False)] = None,
    stale: Annotated[
        bool,
        typer.Option("--stale/--all", help="Only what another version of Wirehouse, or another engine, read last, or in vain."),
    ] = False,
    examples: Annotated[int, typer.Option(min=0, help="How many changed versions to show, the most changed first.")] = 5,
    data: Data = None,
    workers: Workers = None,
    wait: Wait = None,
    json: Json = False,
) -> None:
    """Read stored articles anew from their bytes in the archive: after an update, or when a source's TOML has changed.

    It shows what would change, and writes nothing until you say --replace. What is interrupted is run again.
    Identifiers, versions and their times, copies and stories stay.
    """
    settings = settings_of(data, workers, wait, None)
    ids = _ids(what, data)
    if stage is Stage.extract:
        if replace is False or any((until, form, extractor, run)):
            raise UsageError("--shadow, --until, --format, --extractor and --run are for --stage parse")
        _extract(ids, source, since, settings, stale=stale, json=json)
        return
    from flows.anew import Which  # noqa: PLC0415
    from flows.anew import reprocess as read_anew  # noqa: PLC0415
    from flows.anew_report import show  # noqa: PLC0415
    from flows.plain import bar  # noqa: PLC0415

    name, own = _source(source, settings)
    report = read_anew(
        Which(ids, name, day(since), day(until), _format(form), extractor, run, stale),
        settings,
        replacing=bool(replace),
        own=own,
        examples=examples,
        progress=partial(bar, console=err, noun="batches") if err.is_terminal else None,
        say=partial(err.print, markup=False, soft_wrap=True),
    )
    path = report.write(settings.data / REPORTS) if report.versions else None
    print_json(report.as_object()) if json else show(report, path, out)
    if report.versions and report.versions == report.lost:
        raise typer.Exit(1)


def retry(
    run: Annotated[str | None, typer.Option(metavar="RUN_ID", help="Only what one run refused.", show_default=False)] = None,
    reason: Annotated[
        str | None, typer.Option(metavar="WORD", help="Only what was refused for one reason.", show_default=False)
    ] = None,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="Only what one source brought.", show_default=False)] = None,
    stage: Annotated[RefusedAt | None, typer.Option(help="Only what was refused at one stage.", show_default=False)] = None,
    data: Data = None,
    workers: Workers = None,
    wait: Wait = None,
    json: Json = False,
) -> None:
    """Read again what was refused, from its bytes in the archive: after an update, or when you have mended its source's TOML.

    What can be read lands as any news does, as it was when it was fetched; the rest stays refused, with what is wrong now.
    """
    from flows.plain import bar  # noqa: PLC0415
    from flows.retry import Which  # noqa: PLC0415
    from flows.retry import retry as again  # noqa: PLC0415
    from flows.retry_report import as_object, show  # noqa: PLC0415
    from warehouse.errors import REASONS  # noqa: PLC0415

    if reason is not None and reason not in REASONS:
        raise UsageError(f"{reason!r} is no reason; they are: {', '.join(REASONS)}")
    settings = settings_of(data, workers, wait, None)
    name, _ = _source(source, settings)
    tally = again(
        Which(run, reason, name, stage),
        settings,
        progress=partial(bar, console=err, noun="rejects") if err.is_terminal else None,
        say=partial(err.print, markup=False, soft_wrap=True),
    )
    print_json(as_object(tally)) if json else show(tally, out)


def _extract(ids: list[str], source: str | None, since: str | None, settings: Settings, *, stale: bool, json: bool) -> None:
    """The facts alone, from the stored texts."""
    from flows.explain import show_changes  # noqa: PLC0415
    from flows.plain import bar  # noqa: PLC0415
    from flows.reprocess import Which  # noqa: PLC0415
    from flows.reprocess import reprocess as run  # noqa: PLC0415

    if settings.engine is None:
        raise UsageError("WIREHOUSE_ENTITIES_ENGINE=none reads no facts; unset it, or name an engine")
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


def _ids(what: list[str] | None, data: Path | None) -> list[str]:
    from warehouse.query import reading  # noqa: PLC0415

    with reading(layout_of(data)) as con:
        return [article_of(con, item)["article_id"] for item in what or ()]


def _source(told: str | None, settings: Settings) -> tuple[str | None, FolderSource | FeedSource | None]:
    """A source's name; with its TOML where that was given. Raises UsageError for one that nothing was read from."""
    if told is None:
        return None, None
    from pathlib import Path  # noqa: PLC0415

    from flows.sources import load  # noqa: PLC0415
    from warehouse.layout import Layout  # noqa: PLC0415
    from warehouse.query import look_up, reading  # noqa: PLC0415

    own = load(Path(told).absolute()) if told.endswith(".toml") else None
    name = own.name if own else told
    with reading(Layout(settings.data)) as con:
        known = [row["source"] for row in look_up(con, "list_sources")]
    if name not in known:
        raise UsageError(f"nothing was read from a source {name!r}. Known are: {', '.join(known[:20])}")
    return name, own


def _format(told: str | None) -> str | None:
    from tasks.parse.sniff import by_name  # noqa: PLC0415

    if told is not None and told not in by_name():
        raise UsageError(f"{told!r} is no format; they are: {', '.join(sorted(by_name()))}")
    return told
