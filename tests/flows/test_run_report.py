"""What a run is called in the end, and its report."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from flows.harvest import PollTally
from flows.journey import Tally
from flows.run_report import checked, escaped, maintained, outcome, report
from tasks.types import Reject
from warehouse.audit import CheckResult
from warehouse.models import Books, FeedRow, GapRow, Unchanged

AT = datetime(2026, 6, 14, 8, 30, tzinfo=UTC).replace(tzinfo=None)
MNA = {"source": "mna", "new": 40, "revised": 1, "held": 0, "rejected": 0}
BAD = {"source": "bad", "new": 0, "revised": 0, "held": 0, "rejected": 3}


def books(**terms: int) -> Books:
    return Books(**{"fetched": sum(terms.values()), **terms})


@pytest.mark.parametrize(("tally", "sources", "said"), [
    (Tally(books=books(new=70, revised=2, seen=1)), [], "70 new, 2 revised, 1 seen"),
    (Tally(books=books(new=1_040, rejected=3)), [MNA, BAD], "1,040 new, 3 rejected (mna)"),
    (Tally(books=books(new=5)), [MNA | {"source": s} for s in "abcde"], "5 new (a, b, c and 2 more)"),
    (Tally(books=books(seen=9), unchanged=Unchanged(9, 9, 0)), [], "nothing new (9 files unchanged)"),
    (Tally(books=books(seen=8, rejected=1), unchanged=Unchanged(9, 8, 1)), [], "nothing new (9 files unchanged)"),
    (Tally(books=books(rejected=2)), [BAD], "2 rejected"),
    (Tally(), [], "nothing new"),
    (PollTally(), [], "nothing due"),
    (PollTally(feeds=3), [], "nothing new (3 feeds)"),
    (PollTally(feeds=3, troubles=[FeedRow("b", "", "", "failing", AT, "", None)]), [], "none new (3 feeds), 1 feed in trouble"),
    (PollTally(feeds=1, books=books(new=12, seen=2)), [MNA], "12 new, 2 seen (mna)"),
])  # fmt: skip
def test_what_came_of_a_run(tally: Tally, sources: list[dict[str, Any]], said: str) -> None:
    assert outcome(tally, sources) == said


def test_the_report_of_an_ingest() -> None:
    hostile = "<img src=x onerror=alert(1)> | [x](javascript:y)\n# z"
    tally = Tally(
        "run-1", books(new=40, rejected=3), {"malformed": 1, "corrupt": 2}, [Reject("parse", "malformed", hostile, "s", "a_b|c.json", "", AT)],
        published=True, seconds=4.25,
    )  # fmt: skip
    told = report(tally, [MNA, BAD], Counter({"fetch": 0.5, "land": 2.0}))
    lines = told.splitlines()
    assert lines[0] == "| fetched | new | revised | seen | held | rejected | of the new: copies |"
    assert lines[2] == "| 43 | 40 | 0 | 0 | 0 | 3 | 0 |"
    assert "Run run-1 took 4.2 s; what landed is published." in lines
    assert "| mna | 40 | 1 | 0 | 0 |" in lines
    assert lines.index("| corrupt | 2 |") < lines.index("| malformed | 1 |")
    assert "| fetch | 0.50 | 86 |" in lines
    assert "| land | 2.00 | 22 |" in lines
    assert lines[lines.index("| malformed | 1 |") + 2].startswith("- a\\_b\\|c.json: malformed: \\<img src")
    assert "- … and 2 more: `wirehouse rejects`" in lines
    assert "<img" not in told.replace("\\<", "")
    assert "](javascript" not in told.replace("\\]", "")


def test_the_report_of_a_poll_names_what_needs_attention() -> None:
    tally = PollTally("run-2", books(new=3), feeds=2, outcomes=Counter(ok=1, http_error=1), pages=Counter(ok=2))
    tally.troubles = [FeedRow("b", "", "", "failing", AT, "HTTP 500", AT), FeedRow("c", "", "", "gone", AT, "HTTP 410", None)]
    tally.gaps = [GapRow("d", "silent", AT, AT, None, 4.0, "4 were expected")]
    lines = report(tally, [], {}).splitlines()
    assert "| b | failing | HTTP 500 | 2026\\-06\\-14 08:30 |" in lines
    assert "| c | gone | HTTP 410 | never |" in lines
    assert "| d | silent | 2026\\-06\\-14 08:30 | 4 were expected |" in lines
    assert "| ok | 1 | 2 |" in lines
    assert "### Seconds in each stage" not in lines


def test_the_report_of_checks() -> None:
    results = [
        CheckResult("books", "passed", "error", None, None, None, ""),
        CheckResult("volumes", "warned", "warning", "mna", 3, 40, "few"),
        CheckResult("archive", "failed", "error", "a.warc", None, None, "a payload is missing"),
    ]  # fmt: skip
    said, told = checked(results)
    assert said == "1 failed, 1 warned, 1 passed"
    rows = [line for line in told.splitlines() if line.startswith("| ")]
    assert [row.split(" | ")[0] for row in rows[2:]] == ["| archive", "| volumes"]
    assert "Passed: books" in told
    assert checked([]) == ("nothing to check", "")


def test_the_report_of_maintenance() -> None:
    idle = {"dry_run": False, "articles": 0, "rows": {}, "archives": [], "published": True, "seconds": 1.5}
    assert maintained(idle) == ("all in order", "")
    said, told = maintained(
        idle | {"articles": 2, "rows": {"fetch": 1_000, "reject": 5}, "archives": ["a", "b", "c"], "archive_bytes": 70_000}
    )
    assert said == "2 articles, 1,005 rows, 3 archives, 70,000 archive bytes"
    assert "| rows: fetch | 1,000 |" in told.splitlines()
    assert "| archives | 3 |" in told.splitlines()


def test_cells() -> None:
    assert escaped(None) == ""
    assert escaped(12_345) == "12,345"
    assert escaped("a\nb\x1b[31m") == "a b \\[31m"
    assert len(escaped("x" * 1_000)) == 200
