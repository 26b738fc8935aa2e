"""What people and scripts are told of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from rich.console import Console

    from flows.journey import Tally
    from flows.where import FOUND

TERMS = ("fetched", "new", "revised", "seen", "held", "rejected")


def as_object(tally: Tally) -> dict[str, object]:
    """The tally for `--json`: fetched = new + revised + seen + held + rejected, in items; copies are among the new."""
    books = {term: getattr(tally.books, term) for term in (*TERMS, "copies")}
    return {
        "run_id": tally.run_id,
        **books,
        "seconds": tally.seconds,
        "unchanged_files": tally.unchanged.files,
        "reasons": dict(sorted(tally.reasons.items())),
        "published": tally.published,
    }


def show(tally: Tally, console: Console) -> None:
    """The tally as people read it."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for term in TERMS:
        table.add_column(term, justify="right")
    table.add_row(*(f"{getattr(tally.books, term):,}" for term in TERMS))
    console.print(table)
    for line in _remarks(tally):
        console.print(line, highlight=False)
    for reject in tally.rejects:
        console.print(f"  [red]{escape(reject.reason)}[/] {escape(reject.path)}: {escape(reject.detail)}", highlight=False)
    more = sum(tally.reasons.values()) - len(tally.rejects)
    if more > 0:
        console.print(f"  … and {more:,} more: wirehouse rejects", highlight=False)


def _remarks(tally: Tally) -> Iterator[str]:
    books, unchanged = tally.books, tally.unchanged
    if books.copies:
        yield f"{books.copies:,} of the new {'is a copy' if books.copies == 1 else 'are copies'} of what was there before."
    if unchanged.files:
        again = f", {unchanged.rejected:,} of their items rejected then" if unchanged.rejected else ""
        files = "1 file was" if unchanged.files == 1 else f"{unchanged.files:,} files were"
        yield f"{files} unchanged and not read again{again}."
    if tally.stale:
        yield f"{tally.stale:,} refused by another version of Wirehouse: wirehouse retry reads them again."
    if tally.stuck:
        more = f", and {len(tally.stuck) - 1:,} more" if len(tally.stuck) > 1 else ""
        yield f"{escape(tally.stuck[0])}{more}."
    yield f"Run {tally.run_id} took {tally.seconds:.1f} s."


def in_one_line(tally: Tally) -> str:
    """A run in one line: its books without what did not change, and the first of what was refused."""
    counts = {term: getattr(tally.books, term) for term in TERMS}
    for term, unchanged in (
        ("fetched", tally.unchanged.seen + tally.unchanged.rejected), ("seen", tally.unchanged.seen),
        ("rejected", tally.unchanged.rejected),
    ):  # fmt: skip
        counts[term] -= unchanged
    told = ", ".join(f"{n:,} {term}" for term, n in counts.items() if n or term == "fetched")
    refused = f". {tally.rejects[0].path}: {tally.rejects[0].reason}: {tally.rejects[0].detail}" if tally.rejects else ""
    more = f" (and {more:,} more: wirehouse rejects)" if (more := sum(tally.reasons.values()) - 1) > 0 else ""
    return f"{told}; run {tally.run_id}, {tally.seconds:.1f} s{refused}{more}"


def show_found(found: FOUND, console: Console) -> None:
    """Where an item went."""
    for article in found["articles"]:
        console.print(f"[bold]article {article['article_id']}[/]  {escape(article['title'] or article['begins'] + '…')}")
        console.print(
            f"  {escape(article['outlet'])}, version {article['version']}, first seen {_time(article['first_seen_at'])}"
        )
        if article["url"]:
            console.print(f"  {escape(article['url'])}")
        for s in (s for s in found["sightings"] if s["article_id"] == article["article_id"]):
            by = f" by its {s['matched_by']}" if s["matched_by"] else ""
            console.print(f"  {_time(s['seen_at'])}  {s['verdict']}{by}, version {s['version']}: {_place(s)}")
    for r in found["rejects"]:
        since = f" ({r['resolution']} {_time(r['resolved_at'])})" if r["resolved_at"] else ""
        console.print(f"[bold red]rejected[/] as {r['reason']}{since}: {escape(r['detail'])}")
        console.print(f"  {_time(r['seen_at'])}  {_place(r)}")


def show_status(now: dict[str, Any], runs: list[dict[str, Any]], console: Console) -> None:
    """What the warehouse holds, and its last runs."""
    writer = now["writer"]
    grid = Table.grid(padding=(0, 2))
    for name, text in (
        ("data", now["data"]),
        ("articles", f"{now['articles']:,} in {now['versions']:,} versions; {now['copies']:,} are copies of others"),
        ("from", f"{now['sources']:,} sources, {now['outlets']:,} outlets; {_time(now['oldest'])} to {_time(now['newest'])}"),
        ("rejected", f"{now['rejects']:,} items"),
        ("published", f"version {now['published']}, {_time(now['published_at'])}, {now['database_bytes'] / 1e6:,.1f} MB"),
        ("archive", f"{now['payloads']:,} payloads, {now['archive_bytes'] / 1e6:,.1f} MB"),
        ("to readers", _latency(now["latency"])),
        ("writer", f"{writer['who']} (process {writer['pid']}, since {writer['since']})" if writer else "nobody is writing"),
        *_watches(now["watches"]),
    ):
        grid.add_row(f"[bold]{name}[/]", escape(text))
    console.print(grid)
    console.print()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("run", "state", "started", "seconds", *TERMS):
        table.add_column(column, justify="left" if column in ("run", "state", "started") else "right")
    for run in runs:
        seconds = f"{run['seconds']:.1f}" if run["seconds"] is not None else ""
        table.add_row(run["run_id"], run["state"], _time(run["started_at"]), seconds, *(_number(run[term]) for term in TERMS))
    console.print(table)


def _watches(watches: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    if watches:
        bad = [w["name"] for w in watches if w["error"]]
        yield "watches", f"{len(watches):,}" + (f"; in trouble: {', '.join(bad)} (wirehouse watches says why)" if bad else "")


def _latency(found: dict[str, Any]) -> str:
    """How long the last day's articles took from their file or feed to readers."""
    if not found["articles"]:
        return "nothing was read in the last 24 hours"
    took = ", ".join(
        f"{share} within {found[key]:,.1f} s" for share, key in (("half", "p50_s"), ("95 %", "p95_s"), ("99 %", "p99_s"))
    )
    return f"{found['articles']:,} articles in the last 24 hours: {took}"


def show_rejects(rows: list[dict[str, Any]], console: Console) -> None:
    """What was refused, one after the other."""
    for r in rows:
        console.print(
            f"[red]{r['reason']}[/]  {escape(r['source'])}: {escape(r['path'])}"
            + (f", record {r['record']}" if r["record"] else "")
            + (f"  [green]({r['resolution']} {_time(r['resolved_at'])})[/]" if r["resolved_at"] else "")
        )
        console.print(f"  {escape(r['detail'])}")
        console.print(
            f"  {_time(r['seen_at'])}, run {r['run_id']}" + (f", bytes {r['raw_id'][:16]}…" if r["raw_id"] else ""), style="dim"
        )
    if not rows:
        console.print("Nothing is refused.")


def show_sources(rows: list[dict[str, Any]], console: Console) -> None:
    """The sources and what came of them."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("source", "outlet", "country"):
        table.add_column(column)
    for column in ("articles", "files", "rejected"):
        table.add_column(column, justify="right")
    for column in ("last read", "folder or feed"):
        table.add_column(column, overflow="fold")
    for r in rows:
        counts = (_number(r[c]) for c in ("articles", "files", "rejected"))
        table.add_row(
            escape(r["source"]),
            escape(r["outlet"] or ""),
            r["country"] or "",
            *counts,
            _time(r["last_read_at"]),
            escape(r["folder"]),
        )
    console.print(table)


def show_formats(rows: list[dict[str, Any]], console: Console) -> None:
    """The formats that are read."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("format", "suffixes", "reads"):
        table.add_column(column)
    for r in rows:
        table.add_row(r["format"], " ".join(r["suffixes"]), escape(r["reads"]))
    console.print(table)
    console.print("Any of them may be packed as .gz, .bz2, .xz, .zst or .zip. The content decides, then the name.", style="dim")


def _place(row: dict[str, Any]) -> str:
    archive = f", in {row['archive']} at {row['archive_offset']}" if row["archive"] else ""
    record = f", record {row['record']}" if row["record"] else ""
    return escape(f"{row['source']}: {row['path']}{record}{archive}")


def _time(value: datetime | None) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if value is not None else "never"


def _number(value: int | None) -> str:
    return f"{value:,}" if value is not None else ""
