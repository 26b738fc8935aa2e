"""The commands that look after a warehouse: forget, maintain, back up, restore."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.console import Data, Json, Wait, err, out, print_json, settings_of
from warehouse.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.console import Console

    from flows.forget import Forgotten
    from warehouse.removal import Receipt

say = partial(err.print, markup=False, soft_wrap=True)


def forget(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID|URL|PATH|SOURCE]...",
            help="Articles, by article_id, address or file; or all of a source.",
            show_default=False,
        ),
    ] = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why; the receipt says it.", show_default=False)] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would go.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")] = False,
    undo: Annotated[
        str | None,
        typer.Option(metavar="RECEIPT", help="Let what a receipt names in again. Nothing is brought back.", show_default=False),
    ] = None,
    data: Data = None,
    wait: Wait = None,
    json: Json = False,
) -> None:
    """Take an article, or all of a source, out of the warehouse for good: tables, archive, index and published copies.

    It stays out when its source brings it again. A receipt says what was removed, without a word of it; the last words are gone
    when the command ends. Killed on the way, run it again: it goes on.
    """
    from flows import forget as run  # noqa: PLC0415
    from warehouse.removal import as_object  # noqa: PLC0415

    settings = settings_of(data, None, wait, None)
    if undo is not None:
        if what:
            raise UsageError("give --undo RECEIPT alone: it names one receipt, and no article")
        receipt = run.undo(undo, settings, say=say)
        if receipt is None:
            err.print(f'There is no receipt {undo}: wirehouse sql "FROM mart.removals" lists them', markup=False, soft_wrap=True)
            raise typer.Exit(1)
        print_json(as_object(receipt)) if json else out.print(f"What {undo} names is let in again when its source brings it.")
        return
    if not what:
        raise UsageError("name what is to be forgotten: an article_id, an address, a file or a source")
    if not dry_run and not yes:
        if not sys.stdin.isatty():
            raise UsageError("this removes for good: say --yes, or --dry-run to see what would go")
        _show(run.forget(what, settings, trial=True, say=say), out)
        if not typer.confirm("Remove it for good?"):
            raise typer.Exit(1)
    found = run.forget(what, settings, reason=reason, trial=dry_run, say=say)
    if json:
        print_json({"dry_run": dry_run, "receipts": [as_object(r) for r in found.receipts], "unknown": found.unknown})
    else:
        _show(found, out)
    for item in found.unknown:
        err.print(
            f"Nothing is known by {item}. Paths are looked up in the sources' folders: wirehouse sources",
            markup=False,
            soft_wrap=True,
        )
    if found.unknown:
        raise typer.Exit(1)


def maintain(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be done.")] = False,
    data: Data = None,
    wait: Wait = None,
    json: Json = False,
) -> None:
    """Look after the warehouse: what is older than retention.toml lets it be goes, files are packed, litter is cleared.

    Without retention.toml in the data folder nothing goes by age. Run it daily; it can be killed at any time.
    """
    from flows.care import maintain as run  # noqa: PLC0415

    done = run(settings_of(data, None, wait, None), say, trial=dry_run)
    if json:
        print_json(done)
        return
    rows, archives = done["rows"], done["archives"]
    assert isinstance(rows, dict)
    assert isinstance(archives, list)
    what = [
        (done["articles"], "articles that were too old"), (sum(rows.values()), "rows in all"),
        (done["payloads"], "payloads' bytes that were too old"), (len(archives), "archive files written anew"),
        (done["archive_bytes"], "bytes of the archive won"), (done["database_bytes"], "bytes of the database won"),
        (done["litter"], "files of dead runs cleared"),
    ]  # fmt: skip
    told = [f"{n:,} {noun}" for n, noun in what if isinstance(n, int) and n]
    prefix = "Would be done: " if dry_run else ""
    out.print(
        prefix + ("; ".join(told) or "nothing to do: nothing is too old, and no file is wasteful") + ".",
        markup=False,
        soft_wrap=True,
    )


def backup(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Where the backups lie, best on another disk.", show_default=False)
    ],
    full: Annotated[
        bool, typer.Option("--full/--incremental", help="Copy the whole archive again, or only what the folder lacks.")
    ] = False,
    keep: Annotated[int, typer.Option(min=1, help="How many backups stay in the folder, the newest.")] = 3,
    data: Data = None,
    wait: Wait = None,
    json: Json = False,
) -> None:
    """Back the warehouse up into a folder, while others go on: database, archive, sources, watches, retention.toml, receipts.

    The next backup copies only what is new. Interrupted, it leaves the last good one.
    """
    from flows.backups import back_up  # noqa: PLC0415

    settings = settings_of(data, None, wait, None)
    made = back_up(folder, settings, full=full, keep=keep, progress=_bytes_bar if err.is_terminal else None, say=say)
    told = {
        "stamp": made.backup.stamp, "articles": made.backup.articles, "files": len(made.backup.parts),
        "bytes": made.backup.n_bytes, "copied_bytes": made.copied, "removed": made.removed,
    }  # fmt: skip
    if json:
        print_json(told)
        return
    out.print(
        f"Backup {made.backup.stamp}: {made.backup.articles:,} articles, {len(made.backup.parts):,} files, "
        f"{made.backup.n_bytes:,} bytes, of which {made.copied:,} were new.\n"
        f"To put it back: wirehouse restore {folder} --data DIR",
        markup=False,
        soft_wrap=True,
    )


def restore(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where `wirehouse backup` wrote.", show_default=False)],
    at: Annotated[
        str | None,
        typer.Option(metavar="STAMP", help="Which backup, as --list shows.  [default: the newest]", show_default=False),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace what is in the data folder; it is moved aside.")] = False,
    list_: Annotated[bool, typer.Option("--list", help="List the backups, and restore none.")] = False,
    data: Data = None,
    wait: Wait = None,
    json: Json = False,
) -> None:
    """Put a backup into a data folder, and publish it. Every file is compared with its SHA-256 before anything is changed.

    What was forgotten in that data folder since the backup was made is taken out again.
    """
    from flows.backups import put_back  # noqa: PLC0415
    from warehouse.backup import backups  # noqa: PLC0415

    if list_:
        rows = [{"stamp": b.stamp, "articles": b.articles, "bytes": b.n_bytes} for b in backups(folder)]
        if json:
            print_json(rows)
        for row in rows if not json else ():
            out.print(f"{row['stamp']}  {row['articles']:,} articles, {row['bytes']:,} bytes", markup=False)
        return
    settings = settings_of(data, None, wait, None)
    done = put_back(folder, settings, stamp=at, force=force, progress=_bytes_bar if err.is_terminal else None, say=say)
    if json:
        print_json({
            "stamp": done.backup.stamp, "articles": done.backup.articles, "replaced": done.replaced and str(done.replaced),
            "removed_again": [r.receipt_id for r in done.removed_again],
        })  # fmt: skip
        return
    out.print(
        f"Restored {done.backup.articles:,} articles as of {done.backup.stamp} to {settings.data}.", markup=False, soft_wrap=True
    )
    if done.replaced:
        out.print(f"What was there is in {done.replaced}; remove it when you are sure.", markup=False, soft_wrap=True)
    if done.removed_again:
        out.print(f"What was forgotten since is out again: {len(done.removed_again)} receipts.", markup=False, soft_wrap=True)


@contextmanager
def _bytes_bar(total: int) -> Iterator[Callable[[int], None]]:
    """A progress bar over so many bytes."""
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn  # noqa: PLC0415

    with Progress(BarColumn(), DownloadColumn(), TimeRemainingColumn(), console=err) as shown:
        task = shown.add_task("", total=total)
        yield lambda n: shown.update(task, advance=n)


def _show(found: Forgotten, console: Console) -> None:
    for receipt in found.receipts:
        console.print("\n".join(_lines(receipt, trial=found.trial)), markup=False, soft_wrap=True)


def _lines(receipt: Receipt, *, trial: bool) -> Iterable[str]:
    rows = sum(receipt.n_rows.values())
    n = len(receipt.article_ids)
    verb, tables = "Would remove" if trial else "Removed", len(receipt.n_rows)
    yield f"{verb} {n:,} article{'s' * (n != 1)}: {rows:,} rows of {tables} tables,"
    yield (
        f"  {receipt.payloads:,} payload{'s' * (receipt.payloads != 1)} of the archive ({receipt.n_bytes:,} bytes"
        f"{f', {receipt.cut_payloads} kept without it' if receipt.cut_payloads else ''}), {len(receipt.published)} published "
        f"cop{'y' if len(receipt.published) == 1 else 'ies'}."
    )
    if receipt.still_stand:
        some = ", ".join(receipt.still_stand[:10]) + (", …" if len(receipt.still_stand) > 10 else "")
        yield f"Half of its text or more still stands in {len(receipt.still_stand):,} other articles: {some}"
    if not trial:
        yield f"Receipt {receipt.receipt_id}: receipts/{receipt.receipt_id}.json"
        where = f": {', '.join(receipt.backups)}" if receipt.backups else ""
        yield f"Backups and exports that were made before still hold it{where}"
        if receipt.keys and receipt.lifted_at is None:
            yield f"It stays out. To let it in again: wirehouse forget --undo {receipt.receipt_id}"
