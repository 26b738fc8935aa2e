"""What Prefect's UI shows of a run: its name with what came of it, and one report as Markdown."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from flows.deployments import NOTHING
from flows.harvest import PollTally
from flows.report import TERMS
from warehouse.errors import WirehouseError
from warehouse.query import look_up, reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from flows.journey import Tally
    from warehouse.audit import CheckResult
    from warehouse.layout import Layout

NAMED = 3  # sources that a run's name tells
SHOWN = 20  # rows of a table
WIDEST = 200  # characters of a cell
SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&-])")
STAGES = ("fetch", "refine", "judge", "land", "publish")

UNTOLD = frozenset({"dry_run", "published", "seconds"})  # of maintenance

Rows = list[dict[str, Any]]


def by_source(layout: Layout, run_id: str) -> Rows:
    """What a run brought from each source, as far as it is published."""
    try:
        with reading(layout) as con:
            return look_up(con, "run_sources", run_id=run_id)
    except WirehouseError:
        return []


def outcome(tally: Tally, sources: Rows) -> str:
    """What came of a run, in some words: "12 new, 1 revised (mna, nordpress)"."""
    if isinstance(tally, PollTally) and not tally.feeds:
        return f"{NOTHING} due"
    books = tally.books
    counts = ", ".join(f"{n:,} {term}" for term in TERMS[1:] if (n := getattr(books, term)))
    if not (books.new or books.revised or books.held or books.rejected > tally.unchanged.rejected):
        counts = f"{NOTHING} new"
    whence = _whence(tally, sources)
    said = f"{counts} ({whence})" if whence else counts
    if isinstance(tally, PollTally) and tally.troubles:  # that is not nothing
        return f"{said.replace(NOTHING, 'none', 1)}, {_number(len(tally.troubles), 'feed')} in trouble"
    return said


def _whence(tally: Tally, sources: Rows) -> str:
    names = [row["source"] for row in sources if row["new"] or row["revised"] or row["held"]]
    if names:
        return ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")
    if isinstance(tally, PollTally):
        return _number(tally.feeds, "feed")
    return f"{_number(tally.unchanged.files, 'file')} unchanged" if tally.unchanged.files else ""


def report(tally: Tally, sources: Rows, seconds: Mapping[str, float]) -> str:
    """The books, what came from which source, what was refused, what needs attention, and how fast each stage was."""
    books = tally.books
    row = {term: f"{getattr(books, term):,}" for term in TERMS} | {"of the new: copies": f"{books.copies:,}"}
    return "\n\n".join(
        part
        for part in (
            table([row]),
            "\n".join(_remarks(tally)),
            section("From which source", sources),
            section("Refused, by reason", [{"reason": r, "items": n} for r, n in _most(tally.reasons)]),
            _refused(tally),
            *(_attention(tally) if isinstance(tally, PollTally) else ()),
            _time_spent(seconds, books.fetched - tally.unchanged.seen - tally.unchanged.rejected),
        )
        if part
    )


def checked(results: Sequence[CheckResult]) -> tuple[str, str]:
    """Of checks: what came of them in some words, and the report."""
    bad = sorted((r for r in results if r.state != "passed"), key=lambda r: (r.state != "failed", r.name))
    counts = Counter(r.state for r in results)
    words = ", ".join(f"{counts[state]} {state}" for state in ("failed", "warned", "passed") if counts[state])
    rows = [
        {"check": r.name, "state": r.state, "subject": r.subject, "is": r.measured, "should be": r.expected, "what": r.detail}
        for r in bad
    ]
    passed = ", ".join(sorted({escaped(r.name) for r in results if r.state == "passed"}))
    parts = (section("What needs attention", rows, most=200), f"Passed: {passed}" if passed else "")
    return words or f"{NOTHING} to check", "\n\n".join(p for p in parts if p)


def maintained(done: Mapping[str, object]) -> tuple[str, str]:
    """Of maintenance: what was done in some words, and the report."""
    figures = {name.replace("_", " "): _count(what) for name, what in done.items() if name not in UNTOLD and _count(what)}
    if not figures:
        return "all in order", ""
    details = {f"{name}: {key}": n for name, what in done.items() if isinstance(what, dict) for key, n in what.items()}
    rows = [{"what": name, "how many": n} for name, n in (figures | details).items()]
    return ", ".join(f"{n:,} {name}" for name, n in figures.items()), section("What was done", rows, most=100)


def _count(what: object) -> int:
    if isinstance(what, dict):
        return sum(what.values())
    return len(what) if isinstance(what, list) else what if isinstance(what, int) else 0


def section(title: str, rows: Rows, most: int = SHOWN) -> str:
    """A heading and a table; nothing if there are no rows."""
    if not rows:
        return ""
    more = len(rows) - most
    return f"### {title}\n\n{table(rows[:most])}" + (f"\n\n… and {more:,} more" if more > 0 else "")


def table(rows: Rows) -> str:
    """Rows as a Markdown table; numbers stand to the right."""
    names = list(rows[0])
    lines = [names, [":--" if _is_text([row[n] for row in rows]) else "--:" for n in names]]
    lines += [[escaped(row[n]) for n in names] for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def escaped(value: object) -> str:
    """Text from outside as text, whatever Markdown or HTML it holds."""
    text = "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
    text = "".join(c if c.isprintable() else " " for c in text)
    return SPECIAL.sub(r"\\\1", text if len(text) <= WIDEST else text[: WIDEST - 1] + "…")


def _refused(tally: Tally) -> str:
    """The first of what was refused, as a list: tables do not break long lines."""
    lines = [f"- {escaped(r.path)}: {escaped(r.reason)}: {escaped(r.detail)}" for r in tally.rejects]
    more = sum(tally.reasons.values()) - len(lines)
    return "\n".join([*lines, f"- … and {more:,} more: `wirehouse rejects`"] if more > 0 else lines)


def _time_spent(seconds: Mapping[str, float], items: int) -> str:
    """Where the run's time went."""
    rows = [
        {"stage": stage, "seconds": f"{seconds[stage]:.2f}", "items a second": f"{items / seconds[stage]:,.0f}" if items else ""}
        for stage in STAGES
        if seconds.get(stage)
    ]
    told = "Refining is done by other processes meanwhile: its seconds are those in which the run waited for them."
    return "\n\n".join((section("Seconds in each stage", rows), told)) if rows else ""


def _attention(tally: PollTally) -> Iterable[str]:
    troubles = [{"feed": s.source, "status": s.status, "why": s.reason, "asked again": _time(s.next_at)} for s in tally.troubles]
    gaps = [{"feed": g.source, "gap": g.kind, "since": _time(g.silent_since), "why": g.reason} for g in tally.gaps]
    requests = [{"outcome": o, "feeds": n, "pages": tally.pages[o]} for o, n in _most(tally.outcomes)]
    yield section("Feeds that need attention", troubles)
    yield section("Where news may be missing", gaps)
    yield section("What came of the requests", requests)


def _remarks(tally: Tally) -> Iterable[str]:
    if tally.unchanged.files:
        yield f"{_number(tally.unchanged.files, 'file')} unchanged and not read again."
    published = "published" if tally.published else "not published yet: soon with the next ones"
    yield f"Run {tally.run_id} took {tally.seconds:.1f} s; what landed is {published}."


def _most(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(((k, n) for k, n in counts.items() if n), key=lambda pair: -pair[1])


def _number(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'s' * (n != 1)}"


def _time(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else "never"


def _is_text(values: Iterable[object]) -> bool:
    return not all(v is None or v == "" or re.fullmatch(r"[0-9.,]+", str(v)) for v in values)
