"""What people and scripts are told of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from flows.journey import Tally

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
        yield f"{books.copies:,} of the new are copies of what another outlet had before."
    if unchanged.files:
        again = f", {unchanged.rejected:,} of their items rejected then" if unchanged.rejected else ""
        yield f"{unchanged.files:,} files were unchanged and not read again{again}."
    yield f"Run {tally.run_id} took {tally.seconds:.1f} s."
