"""A question's answer as plain aligned text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

NUMERIC = re.compile(r"-|[\d,.]+")


@dataclass(slots=True)
class Table:
    """Rows of cells under a question, and whether the figures are what they should be."""

    name: str
    question: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, *cells: str | float | None) -> None:
        """Add a row; numbers are shown with three digits, None as a dash."""
        assert len(cells) == len(self.columns), cells
        self.rows.append(tuple(cell if isinstance(cell, str) else number(cell) for cell in cells))

    def target(self, what: str, value: float, *, least: float | None = None, most: float | None = None) -> None:
        """State what a figure should be, and whether it is."""
        met = (least is None or value >= least) and (most is None or value <= most)
        wanted = f">= {number(least)}" if least is not None else f"<= {number(most)}"
        self.targets.append(f"target: {what} {wanted}: {'met' if met else 'MISSED'} ({number(value)})")

    def __str__(self) -> str:
        """Texts to the left, numbers to the right."""
        lines = [self.columns, *self.rows]
        widths = [max(len(line[n]) for line in lines) for n in range(len(self.columns))]
        texts = [n == 0 or not all(NUMERIC.fullmatch(row[n]) for row in self.rows) for n in range(len(self.columns))]

        def shown(line: tuple[str, ...]) -> str:
            cells = zip(line, widths, texts, strict=True)
            return "  ".join(c.ljust(w) if text else c.rjust(w) for c, w, text in cells).rstrip()

        rule = "  ".join("-" * w for w in widths)
        below = [*self.targets, *self.notes]
        return "\n".join([f"== {self.name}: {self.question}", "", shown(lines[0]), rule, *map(shown, self.rows), "", *below, ""])


def number(value: float | None) -> str:
    """At least three significant digits, without exponents: 1,234 · 12.3 · 0.0123; None as a dash."""
    if value is None:
        return "-"
    size = abs(value)
    if size >= 100 or isinstance(value, int):
        return f"{value:,.0f}"
    places = 1 if size >= 10 else 2 if size >= 1 else 3 if size >= 0.1 else 4 if size >= 0.001 else 6
    return f"{value:.{places}f}"
