"""What an article says, as people are shown it: the text with its facts marked, then each kind in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from flows.diff import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rich.console import Console

    from flows.reprocess import Changes

Row = dict[str, Any]
STYLES = {
    "quotes": "italic",
    "dates": "yellow",
    "places": "green",
    "organisations": "magenta",
    "people": "bold cyan",
    "events": "underline",
}  # later ones are painted over earlier ones
QUESTIONS = ("who", "what", "when", "where", "why", "how")


class Section(NamedTuple):
    """A table below the text."""

    title: str
    kind: str
    columns: tuple[str, ...]
    cells: Callable[[Row], tuple[object, ...]]
    once: bool = False  # an entity in one row, however often it is named


SECTIONS = (
    Section(
        "People",
        "people",
        ("name", "role", "of", "printed"),
        lambda r: (r["name"], r["role"], _of(r), r["printed"]),
        once=True,
    ),
    Section(
        "Organisations",
        "organisations",
        ("name", "country", "printed"),
        lambda r: (r["name"], r["country"], r["printed"]),
        once=True,
    ),
    Section(
        "Places",
        "places",
        ("as printed", "place", "country", "usage", "latitude", "longitude", "sure"),
        lambda r: (r["text"], r["name"], r["country"], r["usage"], _degrees(r["lat"]), _degrees(r["lon"]), r["confidence"]),
    ),
    Section(
        "Dates",
        "dates",
        ("as printed", "value", "from", "to"),
        lambda r: (r["text"], _value(r), r["from_date"], r["to_date"]),
    ),
    Section(
        "Quotations",
        "quotes",
        ("speaker", "cue", "kind", "what was said"),
        lambda r: (r["speaker"], r["cue"], r["kind"], r["text"]),
    ),
    Section(
        "Events",
        "events",
        ("actor", "action", "target", "where", "when", "status", "code", "as printed"),
        lambda r: (r["actor"], r["action"], r["target"], r["place"], _period(r), r["status"], r["code"], r["text"]),
    ),
)


def show_facts(article: Row, facts: Row, console: Console) -> None:
    """An article with its facts."""
    console.print(f"[bold]{escape(article['title'] or article['article_id'])}[/]")
    console.print(
        f"  {escape(article['outlet'])}, article {article['article_id']}, version {article['version']}", highlight=False
    )
    read = facts["extraction"]
    if read is None or read["error"]:
        why = f"they could not be read: {read['error']}" if read else "its facts have not been read"
        console.print(f"\n{escape(why)}\nwirehouse reprocess --stage extract {article['article_id']} reads them", highlight=False)
        return
    legend = Text("  ")
    for kind, style in STYLES.items():
        legend.append(kind, style).append("  ")
    console.print(legend)
    console.print()
    console.print(marked(article["text"], facts), soft_wrap=not console.is_terminal)
    for section in SECTIONS:
        if rows := facts[section.kind]:
            console.print(f"\n[bold]{section.title}[/]")
            console.print(_table(section.columns, map(section.cells, _entities(rows) if section.once else rows)))
    if facts["keywords"]:
        console.print("\n[bold]Keywords[/]")
        console.print(", ".join(_plain(r["term"]) for r in facts["keywords"]), markup=False, highlight=False)
    if answers := facts["five_w"]:
        console.print("\n[bold]In short[/]")
        console.print(_table(("question", "answer"), ((q, answers[q]) for q in QUESTIONS if answers[q])))


def marked(text: str, facts: Row) -> Text:
    """A text with its facts in their styles."""
    shown = Text(HIDDEN.sub("\ufffd", text))  # as many characters as before
    for kind, style in STYLES.items():
        for row in facts[kind] or ():
            if row.get("part", "text") == "text":
                shown.stylize(style, row["start_char"], row["end_char"])
    return shown


def show_changes(changes: Changes, console: Console) -> None:
    """What reading anew changed."""
    if not changes.versions:
        console.print("No article is to be read anew.")
        return
    failed = f"; {changes.failed:,} could not be read: wirehouse explain ID says why" if changes.failed else ""
    console.print(f"Versions of articles read anew: {changes.versions:,}{failed}.")
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("facts")
    for column in ("before", "now", "the same", "gone", "new"):
        table.add_column(column, justify="right")
    for name in changes.before:
        before, now, same = changes.before[name], changes.after[name], changes.same[name]
        table.add_row(name.replace("_", " "), *(f"{n:,}" for n in (before, now, same, before - same, now - same)))
    console.print(table)


def _table(columns: Iterable[str], rows: Iterable[tuple[object, ...]]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(escape(_plain(str(cell))) if cell is not None else "" for cell in row))
    return table


def _entities(rows: list[Row]) -> list[Row]:
    """One row an entity, with all forms in which it is printed."""
    found: dict[str, Row] = {}
    forms: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["entity_id"], row)
        forms.setdefault(row["entity_id"], []).append(row["text"])
    return [row | {"printed": _forms(forms[key])} for key, row in found.items()]


def _forms(printed: list[str]) -> str:
    counts = {form: printed.count(form) for form in dict.fromkeys(printed)}
    return ", ".join(f"{form} x{n}" if n > 1 else form for form, n in counts.items())


def _of(row: Row) -> str:
    return ", ".join(filter(None, (row["organisation"], row["country"])))


def _degrees(value: float | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def _value(row: Row) -> str | None:
    return " ".join(filter(None, (row["value"], row["mod"]))) or None


def _period(row: Row) -> str | None:
    first, last = row["happened_from"], row["happened_to"]
    return None if first is None else f"{first}" if first == last or last is None else f"{first} to {last}"


def _plain(text: str) -> str:
    return HIDDEN.sub("\ufffd", " ".join(text.split()))
