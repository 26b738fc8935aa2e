"""What came of an export, for people and for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table

if TYPE_CHECKING:
    from rich.console import Console

    from warehouse.export import Change, Export

KB = 1_000


def as_object(done: Export) -> dict[str, Any]:
    """An export's outcome as JSON has it."""
    return {
        "to": str(done.folder), "format": done.form, "source": done.source,
        "views": {
            view: {"written": c.written, "unchanged": c.unchanged, "removed": c.removed, "rows": c.rows, "bytes": c.size}
            for view, c in done.views.items()
        },
    }  # fmt: skip


def show_export(done: Export, console: Console) -> None:
    """What was written, a line a view."""
    slim = done.form == "duckdb"
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("view")
    for name in ("rows",) if slim else ("files written", "unchanged", "removed", "rows written", "size"):
        table.add_column(name, justify="right")
    for view, change in done.views.items():
        table.add_row(view, *_cells(change, slim=slim))
    console.print(table)
    changed = any(c.written or c.removed for c in done.views.values())
    what = "Wrote" if slim else "Exported to" if changed else "Nothing has changed since in"
    console.print(
        f"{what} {done.folder}" + (f" (source {done.source} alone)" if done.source else ""), markup=False, soft_wrap=True
    )


def _cells(change: Change, *, slim: bool) -> list[str]:
    if slim:
        return [f"{change.rows:,}"]
    return [*(f"{n:,}" for n in (change.written, change.unchanged, change.removed, change.rows)), f"{change.size / KB:,.0f} kB"]
