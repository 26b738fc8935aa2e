"""What people and scripts are told of a retry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.markup import escape

from flows import report

if TYPE_CHECKING:
    from rich.console import Console

    from flows.retry import RetryTally


def as_object(tally: RetryTally) -> dict[str, object]:
    """The tally for `--json`, with what became of the items that were refused."""
    resolutions = {word: tally.resolutions[word] for word in ("landed", "refused", "outdated")}
    return report.as_object(tally) | {
        "retried": len(tally.fates),
        **{f"rejects_{k}": n for k, n in resolutions.items()},
        "without_bytes": dict(tally.without),
    }


def show(tally: RetryTally, console: Console) -> None:
    """The tally as people read it."""
    if not (tally.fates or tally.without or tally.books.fetched):
        console.print("Nothing is refused that could be read again.")
        return
    report.show(tally, console)
    if tally.fates:
        landed, refused, outdated = (tally.resolutions[word] for word in ("landed", "refused", "outdated"))
        gone = f", {outdated:,} no longer stand in their files" if outdated else ""
        console.print(f"Of {len(tally.fates):,} refused items {landed:,} landed, {refused:,} were refused again{gone}.")
    for why, n in tally.without.most_common():
        console.print(f"{n:,} could not be read again: {escape(why)}.", highlight=False)
