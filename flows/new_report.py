"""What people are told of copies, versions and stories."""

from __future__ import annotations

from textwrap import indent
from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from flows.diff import plain, shown

if TYPE_CHECKING:
    from datetime import datetime

    from rich.console import Console

Row = dict[str, Any]


def show_copies(article: Row, rows: list[Row], console: Console, *, diffs: int) -> None:
    """An article, whose copy it is, and its copies."""
    _heading(article, console)
    for is_copy, title in ((False, "It is a copy of"), (True, "Its copies")):
        found = [r for r in rows if r["is_copy"] == is_copy]
        if not found:
            continue
        console.print(f"\n[bold]{title}[/]")
        table = Table(box=None, pad_edge=False, header_style="bold")
        for column in ("when", "outlet", "relation", "article"):
            table.add_column(column)
        for column in ("of the copy", "of the origin", "delay"):
            table.add_column(column, justify="right")
        table.add_column("credit", overflow="fold")
        for r in found:
            table.add_row(
                _time(r["sort_at"]), escape(r["outlet"]), r["relation"], r["article_id"], f"{r['containment']:.0%}",
                f"{r['of_containment']:.0%}", _delay(r["delay_s"]), escape(r["credit"] or ("" if r["credited"] else "none")),
            )  # fmt: skip
        console.print(table)
    if not rows:
        console.print("No other article shares its text.")
    changed = [r for r in rows if r["relation"] != "exact" or r["title"] != article["title"]]
    for r in changed[:diffs]:
        origin, copy = (article, r) if r["is_copy"] else (r, article)
        console.print(f"\n[bold]{escape(origin['outlet'])} → {escape(copy['outlet'])}[/]")
        _difference(origin, copy, console)
    if len(changed) > diffs > 0:
        console.print(f"\n… and {len(changed) - diffs:,} more: --diffs {len(changed)}", style="dim")


def show_history(article: Row, rows: list[Row], console: Console) -> None:
    """An article's versions, each with what was changed."""
    _heading(article, console)
    before: Row | None = None
    for r in rows:
        share = f", {_share(r['changed_share'])} changed" if r["changed_share"] is not None else ""
        console.print(f"\n[bold]version {r['version']}[/]  {_time(r['valid_from'])}  {r['change_kind']}{share}")
        if r["note"]:
            console.print(indent(r["note"], "  "), style="yellow", markup=False, highlight=False, soft_wrap=True)
        if before is not None:
            _difference(before, r, console)
        elif r["title"]:
            console.print(f"  {escape(r['title'])} ({r['words']:,} words)", highlight=False)
        before = r


def show_stories(rows: list[Row], console: Console) -> None:
    """Stories, one a line."""
    if not rows:
        console.print("There are no stories of so many articles: --fewest 1 lists all.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("story", no_wrap=True)
    for column in ("outlets", "articles", "originals", "per hour"):
        table.add_column(column, justify="right")
    for column in ("first", "last"):
        table.add_column(column, no_wrap=True)
    table.add_column("title", overflow="fold")
    for r in rows:
        table.add_row(
            r["story_id"], f"{r['sources']:,}", f"{r['articles']:,}", f"{r['originals']:,}", f"{r['per_hour']:,.1f}",
            _time(r["first_at"]), _time(r["last_at"]), escape(r["title"] or ""),
        )  # fmt: skip
    console.print(table)


def show_story(story: Row, timeline: list[Row], console: Console) -> None:
    """A story and what happened in it."""
    console.print(f"[bold]{escape(story['title'] or story['story_id'])}[/]")
    console.print(
        f"  {story['story_id']}: {story['articles']:,} articles of {story['sources']:,} outlets, "
        f"{story['originals']:,} original; {_time(story['first_at'])} to {_time(story['last_at'])}, "
        f"{story['per_hour']:,.1f} an hour",
        highlight=False,
    )
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("when", "outlet", "what"):
        table.add_column(column, no_wrap=column == "when")
    table.add_column("title", overflow="fold")
    table.add_column("why it is here", overflow="fold")
    for r in timeline:
        why = f"{escape(r['reason'])} ({r['score']:.2f})" if r["version"] == 1 else escape(r["note"] or "")
        table.add_row(_time(r["sort_at"]), escape(r["outlet"]), r["what"], escape(r["title"] or ""), why)
    console.print(table)


def _heading(article: Row, console: Console) -> None:
    console.print(f"[bold]{escape(article['title'] or article['article_id'])}[/]")
    state = "" if article["state"] == "live" else f", {article['state']}"
    original = "original" if article["is_original"] else "no original"
    console.print(
        f"  {escape(article['outlet'])}, {_time(article['published_at'] or article['first_seen_at'])}, "
        f"{article['words']:,} words, version {article['version']}, "
        f"{original}{state}; article {article['article_id']}",
        highlight=False,
    )
    if article["url"]:
        console.print(f"  {escape(article['url'])}", highlight=False)


def _difference(before: Row, after: Row, console: Console) -> None:
    """What was changed in headline and text."""
    for field in ("title", "text"):
        one, other = before[field] or "", after[field] or ""
        if one != other and console.is_terminal:
            console.print(Padding(shown(one, other), (0, 2)))
        elif one != other:
            console.print(indent(plain(one, other), "  "), markup=False, highlight=False, soft_wrap=True)


def _time(value: datetime | None) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if value is not None else ""


def _delay(seconds: int | None) -> str:
    if seconds is None:
        return ""
    minutes = round(abs(seconds) / 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    text = f"{days} d {hours} h" if days else f"{hours} h {minutes:02} min" if hours else f"{minutes} min"
    return f"-{text}" if seconds < 0 else text


def _share(share: float) -> str:
    return f"{share:.0%}" if share >= 0.01 else f"{share:.1%}" if share >= 0.001 else "less than 0.1%"
