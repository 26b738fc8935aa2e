"""What reading versions anew would change, or changed: counts by field, and examples, the biggest changes of text first."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from flows.diff import HIDDEN, plain, shown
from flows.output import dumped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rich.console import Console

    from flows.renewal import Compared, Read

WORDS = {"title", "head", "text", "tail", "summary", "note"}  # fields that are shown word by word
MOST_LOST = 20  # versions that cannot be read, of those that are named
WIDEST = 70  # characters of a value


@dataclass(slots=True)
class Report:
    """What reading anew came to."""

    run_id: str
    replaced: bool = False
    most: int = 10  # examples
    versions: int = 0
    same: int = 0
    changed: int = 0
    lost: int = 0
    fields: Counter[str] = field(default_factory=Counter)  # label → versions in which it changed
    facts: Counter[tuple[str, str]] = field(default_factory=Counter)  # (table, before | after | same) → rows
    reasons: Counter[str] = field(default_factory=Counter)  # why versions cannot be read
    lost_ones: list[dict[str, object]] = field(default_factory=list)  # the first of them
    readable: int = 0  # items that were refused and can be read now
    measured: int = 0  # versions whose copies were measured anew
    published: bool = False
    _worst: list[tuple[float, int, Read]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    def add(self, done: Compared) -> None:
        """Count a batch."""
        self.versions += len(done.reads) + len(done.lost)
        self.lost += len(done.lost)
        self.facts.update(done.facts)
        for stored, why in done.lost:
            self.reasons[why.partition(":")[0]] += 1
            if len(self.lost_ones) < MOST_LOST:
                o = stored.origin
                place = {"source": o.source, "path": o.path, "record": o.record}
                self.lost_ones.append({"article_id": o.article_id, "version": o.version, **place, "why": why})
        for read in done.reads:
            self.same += not read.changed
            self.changed += bool(read.changed)
            self.fields.update(read.changed.keys())
            if read.changed and self.most:
                rank = read.share + len(read.changed) * 1e-9
                heapq.heappush(self._worst, (rank, -next(self._numbers), read))
                if len(self._worst) > self.most:
                    heapq.heappop(self._worst)

    @property
    def examples(self) -> list[Read]:
        """Versions that changed, the biggest changes of text first."""
        return [read for _, _, read in sorted(self._worst, key=lambda entry: entry[:2], reverse=True)]

    def as_object(self) -> dict[str, object]:
        """For scripts, and as it is kept in the data folder."""
        tables = sorted({table for table, _ in self.facts})
        return {
            "run_id": self.run_id, "replaced": self.replaced, "published": self.published, "versions": self.versions,
            "same": self.same, "changed": self.changed, "lost": self.lost,
            "readable_rejects": self.readable, "copies_measured": self.measured,
            "fields": dict(self.fields.most_common()),
            "facts": {t: {what: self.facts[t, what] for what in ("before", "after", "same")} for t in tables},
            "reasons": dict(self.reasons.most_common()), "lost_versions": self.lost_ones,
            "examples": [_example(read) for read in self.examples],
        }  # fmt: skip

    def write(self, folder: Path) -> Path:
        """Keep it as JSON in a folder; returns the file's path."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"reprocess-{self.run_id}.json"
        path.write_text(dumped(self.as_object()) + "\n", encoding="utf-8")
        return path


def show(report: Report, path: Path | None, console: Console) -> None:
    """The report as people read it."""
    if not report.versions:
        console.print("No version of an article is to be read anew.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("versions", "the same", "changed", "cannot be read"):
        table.add_column(column, justify="right")
    table.add_row(*(f"{n:,}" for n in (report.versions, report.same, report.changed, report.lost)))
    console.print(table)
    for lines in (_fields(report), _facts(report)):
        if lines.row_count:
            console.print()
            console.print(lines)
    for read in report.examples:
        console.print()
        _show_example(read, console)
    _show_lost(report, console)
    console.print()
    if report.readable:
        console.print(f"{report.readable:,} refused items can be read now: wirehouse retry lands them.")
    if report.replaced:
        console.print(f"Run {report.run_id}: what changed has taken the place of what stood.")
    elif report.changed:
        console.print("Nothing was written. The same command with --replace puts what changed in its place.")
    if path is not None:
        console.print(f"The report is kept in {path}", markup=False, highlight=False, soft_wrap=True)


def _show_lost(report: Report, console: Console) -> None:
    if report.lost:
        console.print("\nCannot be read, and stay as they are:")
    for lost in report.lost_ones:
        place = f"{lost['source']}: {lost['path']}, record {lost['record']}"
        console.print(f"  {lost['article_id']} version {lost['version']} ({place}): {lost['why']}", markup=False, highlight=False)
    if report.lost > len(report.lost_ones):
        console.print(f"  … and {report.lost - len(report.lost_ones):,} more")


def _fields(report: Report) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("changed field")
    table.add_column("in versions", justify="right")
    for label, n in report.fields.most_common():
        table.add_row(label, f"{n:,}")
    return table


def _facts(report: Report) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("facts")
    for column in ("before", "now", "the same", "gone", "new"):
        table.add_column(column, justify="right")
    for name in sorted({table for table, _ in report.facts}):
        before, now, same = (report.facts[name, what] for what in ("before", "after", "same"))
        table.add_row(name.replace("_", " "), *(f"{n:,}" for n in (before, now, same, before - same, now - same)))
    return table


def _show_example(read: Read, console: Console) -> None:
    row = read.stored.row
    share = f", {read.share:.0%} of the text" if "text" in read.changed else ""
    title = escape(_value(row.title or row.text))
    console.print(f"[bold]{title}[/]  {row.article_id}, version {row.version}{share}", highlight=False)
    for label, (before, after) in read.changed.items():
        if label in WORDS:
            texts = str(before or ""), str(after or "")
            told = shown(*texts) if console.is_terminal else Text(plain(*texts))
            console.print(Text.assemble((f"  {label}: ", "bold"), told), soft_wrap=not console.is_terminal)
        elif label == "facts" and isinstance(after, list):
            console.print(f"  [bold]{label}:[/] {escape('; '.join(after))}", highlight=False)
        elif label != "fingerprint":
            console.print(f"  [bold]{label}:[/] {escape(_value(before))} → {escape(_value(after))}", highlight=False)


def _value(value: object) -> str:
    if value is None:
        return "none"
    text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    text = HIDDEN.sub("\ufffd", " ".join(text.split()))
    return (text if len(text) <= WIDEST else text[: WIDEST - 1] + "…") or "none"


def _example(read: Read) -> dict[str, object]:
    row = read.stored.row
    told: dict[str, object] = {}
    for label, (before, after) in read.changed.items():
        if label in WORDS:
            told[label] = {"diff": plain(str(before or ""), str(after or ""))}
        elif label == "facts":
            told[label] = after
        else:
            told[label] = {"before": before, "after": after}
    place = {"article_id": row.article_id, "version": row.version, "url": row.url, "title": row.title}
    return {**place, "changed_share": round(read.share, 4), "fields": told}
