"""What people and scripts are told of feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.table import Table

from flows.probe import rows
from flows.report import as_object as tally_as_object
from flows.report import show
from flows.subscriptions import subscribed
from tasks.fetch.secrets import redacted
from warehouse.errors import NoWarehouse
from warehouse.query import look_up, reading

if TYPE_CHECKING:
    from datetime import datetime

    from rich.console import Console

    from flows.harvest import PollTally
    from flows.probe import Probe
    from warehouse.layout import Layout

SHOWN = 20
COLOURS = {"failing": "red", "gone": "red", "throttled": "yellow", "moved": "yellow", "quiet": "cyan", "paused": "dim"}
NEVER = "never asked"  # the status of a feed that is declared and was not polled yet


def poll_as_object(tally: PollTally) -> dict[str, object]:
    """A poll for `--json`: the books in items, and what came of the feeds."""
    return tally_as_object(tally) | {
        "feeds": tally.feeds,
        "outcomes": dict(sorted((+tally.outcomes).items())),
        "pages": dict(sorted((+tally.pages).items())),
        "troubles": [{"source": s.source, "status": s.status, "reason": s.reason, "next_at": s.next_at} for s in tally.troubles],
        "gaps": [{"source": g.source, "kind": g.kind, "since": g.silent_since, "reason": g.reason} for g in tally.gaps],
    }


def show_poll(tally: PollTally, console: Console) -> None:
    """A poll as people read it."""
    if not tally.feeds:
        console.print("No feed was due. wirehouse feeds shows when each is asked next; --all asks now.", highlight=False)
        return
    show(tally, console)
    console.print(f"{tally.feeds:,} feeds: {_counted(tally.outcomes)}.", highlight=False)
    if tally.pages:
        console.print(f"{tally.pages.total():,} pages: {_counted(tally.pages)}.", highlight=False)
    for state in tally.troubles[:SHOWN]:
        again = f", asked again {_time(state.next_at)}" if state.next_at else ", not asked again"
        colour = COLOURS.get(state.status, "default")
        console.print(f"  [{colour}]{state.status}[/] {escape(state.source)}: {escape(state.reason)}{again}", soft_wrap=True)
    if len(tally.troubles) > SHOWN:
        console.print(f"  … and {len(tally.troubles) - SHOWN:,} more: wirehouse feeds", highlight=False)
    for gap in tally.gaps[:SHOWN]:
        console.print(f"  [yellow]{gap.kind}[/] {escape(gap.source)} since {_time(gap.silent_since)}: {escape(gap.reason)}")


def health(layout: Layout) -> list[dict[str, Any]]:
    """Every feed that is declared or was polled, what needs attention first."""
    found: list[dict[str, Any]] = []
    try:
        with reading(layout) as con:
            found = look_up(con, "feed_health")
    except NoWarehouse:
        pass
    known = {row["source"] for row in found}
    fresh = [s for s in subscribed(layout.sources).values() if s.name not in known]
    blank = dict.fromkeys(found[0] if found else ("since", "last_ok_at", "last_new_at", "next_at", "expected_per_day"))
    blank |= {"silent_since": None, "failures": 0, "attention": 7}
    told = {"status": NEVER, "reason": "it is asked with the next wirehouse poll"}
    return found + [blank | {"feed": redacted(s.feed), "source": s.name} | told for s in fresh]


def show_health(found: list[dict[str, Any]], console: Console) -> None:
    """Feeds and their health."""
    if not found:
        console.print("There are no feeds yet. Add one: wirehouse feeds add URL", highlight=False)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("feed", "status", "since", "last new", "a day", "next", "why"):
        table.add_column(column, justify="right" if column == "a day" else "left", overflow="fold")
    for r in found:
        status = "silent" if r["silent_since"] and r["status"] not in ("failing", "paused") else r["status"]
        why = f"nothing new since {_time(r['silent_since'])}, unlike its past" if status == "silent" else r["reason"]
        colour = "yellow" if status == "silent" else COLOURS.get(status, "default")
        per_day = f"{r['expected_per_day']:,.1f}" if r["expected_per_day"] is not None else ""
        times = (_time(r["since"]), _time(r["last_new_at"]), per_day, _time(r["next_at"]))
        table.add_row(escape(r["source"]), f"[{colour}]{status}[/]", *times, escape(why))
    console.print(table)
    ill = sum(r["attention"] <= 5 for r in found)
    console.print(f"{len(found):,} feeds, {ill:,} of which need attention. Times are UTC.", style="dim")


def show_list(found: list[dict[str, Any]], console: Console) -> None:
    """Feeds as they are declared."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("name", "feed", "outlet", "full text", ""):
        table.add_column(column, overflow="fold")
    for r in found:
        state = "[dim]paused[/]" if r["paused"] else ""
        table.add_row(escape(r["name"]), escape(r["feed"]), escape(r["outlet"] or ""), r["full_text"], state)
    console.print(table)


def as_object(found: Probe) -> dict[str, object]:
    """A look at an address for `--json`."""
    answer, feed = found.answer, found.feed
    return {
        "url": redacted(found.url),
        "outcome": answer.outcome,
        "http_status": answer.status,
        "final_url": redacted(answer.url),
        "moved_to": redacted(answer.moved_to) if answer.moved_to else None,
        "trouble": found.trouble or None,
        "format": feed.format if feed else None,
        "title": feed.title if feed else None,
        "site": feed.site if feed else None,
        "listed": feed.listed if feed else 0,
        "repaired": feed.broken if feed else None,
        "seconds": round(answer.seconds, 3),
        "bytes": len(answer.body),
        "entries": list(rows(found)),
        "other_feeds": [{"url": redacted(f.url), "title": f.title} for f in found.others],
    }


def show_probe(found: Probe, console: Console) -> None:
    """A look at an address as people read it."""
    told = as_object(found)
    for name in ("url", "final_url", "moved_to", "trouble", "format", "title", "site", "listed", "repaired"):
        if told[name] is not None and not (name == "final_url" and told[name] == told["url"]):
            style = "red" if name in ("trouble", "repaired") else "bold"
            console.print(f"[{style}]{name.replace('_', ' '):>9}[/]  {escape(str(told[name]))}", soft_wrap=True)
    if found.trouble:
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("published", "words", "text", "title"):
        table.add_column(column, justify="right" if column == "words" else "left", overflow="fold")
    entries = list(rows(found))
    for row in entries[:SHOWN]:
        words = "" if row["words"] is None else f"{row['words']:,}"
        published: Any = row["published_at"]
        table.add_row(
            _time(published) if published else "unknown", words, str(row["text"]), escape(str(row["title"] or row["url"] or ""))
        )
    console.print(table)
    if len(entries) > SHOWN:
        console.print(f"… and {len(entries) - SHOWN:,} more", style="dim")
    for other in found.others:
        console.print(f"The site names another feed: {escape(redacted(other.url))} {escape(other.title or '')}", highlight=False)


def _counted(counts: Any) -> str:  # noqa: ANN401  a Counter of words
    ordered = sorted((+counts).items(), key=lambda c: (-c[1], c[0] != "ok", c[0]))
    return ", ".join(f"{n:,} {word.replace('_', ' ')}" for word, n in ordered)


def _time(value: datetime | None) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if value is not None else "never"
