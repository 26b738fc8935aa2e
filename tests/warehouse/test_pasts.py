"""Sources against their own pasts: simulated ones are left in peace, and a real break in each of them is found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from flows.checks import run_checks, silent
from flows.settings import Settings
from tests.conftest import query
from warehouse.audit import CONFIG, checks, look, prepare
from warehouse.layout import Layout
from warehouse.lock import WriterLock
from warehouse.migrate import migrate
from warehouse.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from warehouse.audit import CheckResult

MONDAY = datetime(2026, 3, 2)  # noqa: DTZ001  naive UTC
DAYS = 100
END = MONDAY + timedelta(days=DAYS)  # a Wednesday
OF_PASTS = ("volumes", "missing_fields", "date_habits", "languages", "rejects", "silent_folders")
Past = Any  # an array of arrivals, in hours since MONDAY


@dataclass(frozen=True)
class Source:
    """A simulated source: when its articles arrive, and how often they lack something."""

    name: str
    hours: Past
    no_byline: float = 0.1
    language: tuple[str, ...] = ("en",)
    rejects: float = 0.05
    lag_h: float = 1.0
    midnight: float = 0.0
    kind: str = "folder"


def spread(counts: Past, rng: np.random.Generator, first: int = 0, last: int = 24) -> Past:
    """So many arrivals on each day, at any time between two hours of it."""
    days = np.repeat(np.arange(len(counts)), counts)
    return np.sort(days * 24 + rng.uniform(first, last, len(days)))


def steady(rng: np.random.Generator, a_day: float = 24) -> Past:
    return spread(rng.poisson(a_day, DAYS), rng)


def office(rng: np.random.Generator) -> Past:
    return spread(rng.poisson(np.where(np.arange(DAYS) % 7 < 5, 40, 1)), rng, 8, 18)


def weekly(rng: np.random.Generator) -> Past:
    return spread(rng.poisson(np.where(np.arange(DAYS) % 7 == 3, 60, 0)), rng, 6, 8)


def bursty(rng: np.random.Generator) -> Past:
    """Half of the days have nothing much, some have ten times the mean, and what comes comes together."""
    counts = rng.poisson(rng.lognormal(2.5, 1.0, DAYS))
    days = np.repeat(np.arange(DAYS), counts)
    centre = np.repeat(rng.uniform(0, 22, DAYS), counts)
    return np.sort(days * 24 + centre + rng.uniform(0, 2, len(days)))


def nightly(rng: np.random.Generator) -> Past:
    """A folder that is read once a night."""
    return np.sort(np.repeat(np.arange(DAYS) * 24 + 2.1, rng.poisson(50, DAYS)).astype(float))


def growing(rng: np.random.Generator) -> Past:
    return spread(rng.poisson(10 * 1.02 ** np.arange(DAYS)), rng)


def seldom(rng: np.random.Generator) -> Past:
    return spread(rng.poisson(0.4, DAYS), rng)


PATTERNS: tuple[Callable[[np.random.Generator], Past], ...] = (steady, office, weekly, bursty, nightly, growing, seldom)


def simulated(seed: int, each: int) -> list[Source]:
    """So many sources of each pattern; how many bylines they lack differs from burst to burst."""
    rng = np.random.default_rng(seed)
    return [
        Source(f"{pattern.__name__}-{n}", pattern(rng), no_byline=float(rng.uniform(0, 0.5)), rejects=float(rng.uniform(0, 0.3)),
               language=("en", "en", "en", "sw") if n % 2 else ("en",), midnight=0.1 * (n % 3))
        for pattern in PATTERNS for n in range(each)
    ]  # fmt: skip


def warehouse(
    sources: list[Source], seed: int = 1, looks: Past | None = None, path: Path | str = ":memory:"
) -> duckdb.DuckDBPyConnection:
    """A database with these sources' articles and refused items, looked at every half hour if `looks` does not say when."""
    rng, con = np.random.default_rng(seed), duckdb.connect(str(path), config={"threads": 2})
    migrate(con)
    for number, source in enumerate(sources):
        hours, n = source.hours, len(source.hours)
        at = np.datetime64(MONDAY, "us") + (hours * 3.6e9).astype("timedelta64[us]")
        day = (hours // 24).astype(int)
        mood = np.clip(source.no_byline + rng.normal(0, 0.1, DAYS + 1), 0, 1)[day]  # a day's articles are alike
        published = at - (rng.gamma(2, source.lag_h / 2, n) * 3.6e9).astype("timedelta64[us]")
        published = np.where(
            rng.random(n) < source.midnight, published.astype("datetime64[D]").astype("datetime64[us]"), published
        )
        table = pa.table({
            "article_id": [f"{number}-{i}" for i in range(n)], "came_at": pa.array(at), "published_at": pa.array(published),
            "byline": pa.array(rng.random(n) >= mood), "language": pa.array(rng.choice(source.language, n) if n else [], pa.string()),
        })  # fmt: skip
        con.register("came", table)
        con.execute(
            "INSERT INTO ops.source (source, kind, root, archive, first_used_at) VALUES (?, ?, '/in/' || ?, 'keep', ?)",
            [source.name, source.kind, source.name, MONDAY],
        )
        con.execute("INSERT INTO news.article SELECT article_id, ?, 'o', came_at, 'r', 1 FROM came", [source.name])
        con.execute(
            """INSERT INTO news.version BY NAME SELECT article_id, 1 AS version, came_at AS valid_from, 'first' AS change_kind, 't' AS title, 'x' AS text,
                 CASE WHEN byline THEN ['A'] ELSE [] END AS authors, published_at, 'minute' AS published_precision, language, [] AS keywords, 'u' AS url,
                 100 AS words, false AS truncated, article_id AS content_hash, article_id AS version_hash, 'text' AS format, 'x' AS extractor, 'raw' AS raw_id,
                 0 AS record, 'r' AS run_id, 1 AS batch_id FROM came"""
        )
        con.execute(
            """INSERT INTO news.sighting BY NAME SELECT article_id, 1 AS version, 'new' AS verdict, ? AS source, article_id AS path, 0 AS record, 'raw' AS raw_id,
                 came_at AS seen_at, 'r' AS run_id, 1 AS batch_id FROM came""",
            [source.name],
        )
        con.register("refused", table.filter(pa.array(rng.random(n) < source.rejects)))
        con.execute(
            """INSERT INTO ops.reject BY NAME SELECT 'parse' AS stage, 'empty' AS reason, '' AS detail, ? AS source, article_id AS path, 0 AS record,
                 came_at AS seen_at, 'r' AS run_id, 1 AS batch_id FROM refused""",
            [source.name],
        )
    looked = np.arange(0, DAYS * 24, 0.5) if looks is None else looks
    con.register(
        "looks", pa.table({"came_at": pa.array(np.datetime64(MONDAY, "us") + (looked * 3.6e9).astype("timedelta64[us]"))})
    )
    con.execute(
        """INSERT INTO ops.run BY NAME SELECT 'run-' || row_number() OVER () AS run_id, 'ingest' AS flow, '{"what": []}' AS arguments, '0' AS code_version,
             came_at AS started_at, came_at AS ended_at, 'completed' AS state FROM looks"""
    )
    return con


def found(con: duckdb.DuckDBPyConnection, now: datetime, names: tuple[str, ...] = OF_PASTS) -> list[tuple[str, str]]:
    """The checks that judge by the past, and what each of them names at a time."""
    told = {"now": now, **{f: getattr(CONFIG, f) for f in CONFIG.__slots__}}
    for table in ("source_begun", "arrival", "habit", "drift", "looked"):
        con.execute(f"DROP TABLE IF EXISTS {table}")
    prepare(con, told)
    named: list[tuple[str, str]] = []
    for name in names:
        rows = look(con, checks()[name], told)
        subjects = [gap.source for gap in silent(rows, now)[1]] if name == "silent_folders" else [row["subject"] for row in rows]
        named += [(name, subject) for subject in subjects]
    return named


# ── no false alarms ──


def alarms(seed: int, each: int, nights: int) -> tuple[Counter[str], int]:
    """False alarms of simulated sources over so many nights' checks, and how often a source was judged by a check."""
    con, raised = warehouse(simulated(seed, each), seed), Counter[str]()
    for back in range(nights):
        raised.update(name for name, _ in found(con, END - timedelta(days=back) + timedelta(hours=3)))
    return raised, nights * each * len(PATTERNS) * len(OF_PASTS)


def test_sources_that_are_as_always_are_left_in_peace() -> None:
    raised, judged = alarms(seed=7, each=3, nights=4)
    assert raised.total() <= judged * 0.002, raised


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(3))
def test_many_sources_over_weeks_are_left_in_peace(seed: int) -> None:
    raised, judged = alarms(seed, each=12, nights=40)
    print(seed, dict(raised), judged)
    assert raised.total() <= judged * 0.002, raised


def test_a_young_warehouse_says_nothing() -> None:
    con = warehouse(simulated(3, 2))
    assert [found(con, MONDAY + timedelta(days=d)) for d in (1, 7, 14)] == [[]] * 3


def by_hand(rng: np.random.Generator) -> tuple[Past, Past]:
    """When a user thinks of reading a folder, three times a week but not in a holiday of three weeks, and what lies there then."""
    days = np.flatnonzero((rng.random(DAYS) < 3 / 7) & ~((np.arange(DAYS) >= 60) & (np.arange(DAYS) < 81)))
    looks = days * 24 + rng.uniform(7, 23, len(days))
    since = np.diff(looks, prepend=0)
    return np.sort(np.repeat(looks, rng.poisson(since * 0.5))), looks


def test_a_folder_that_is_read_now_and_then_by_hand_is_left_in_peace() -> None:
    for seed in range(1, 3):
        hours, looks = by_hand(np.random.default_rng(seed))
        con = warehouse([Source("desk", hours)], looks=looks)
        assert [found(con, MONDAY + timedelta(days=d)) for d in (59, 75, 81, 83, DAYS)] == [[]] * 5, seed


def test_what_nobody_looked_at_is_not_silent() -> None:
    hours = steady(np.random.default_rng(2))
    con = warehouse([Source("wire", hours[hours < 80 * 24])], looks=np.arange(0, 80 * 24, 0.5))
    assert found(con, END) == []


# ── real breaks ──


def broken(share: float, last: int, rng: np.random.Generator, hours: Past) -> Past:
    """Of what came in the last days only a share, or so many times as much."""
    before, after = hours[hours < (DAYS - last) * 24], hours[hours >= (DAYS - last) * 24]
    kept = after[rng.random(len(after)) < share] if share < 1 else np.sort(np.repeat(after, int(share)))
    return np.concatenate([before, kept])


BREAKS: dict[str, tuple[Callable[[np.random.Generator], Past], float, int]] = {
    "wire: day": (steady, 0.05, 1), "flood: day": (steady, 5, 1), "desk: day": (office, 0.05, 1), "night: day": (nightly, 4, 1),
    "lull: week": (bursty, 0.02, 8), "storm: day": (bursty, 20, 8), "weekly: week": (weekly, 0.1, 8), "grown: week": (growing, 0.1, 8),
}  # fmt: skip


def test_sources_that_bring_far_less_or_more_are_found() -> None:
    rng = np.random.default_rng(5)
    sources = []
    for subject, (pattern, share, last) in BREAKS.items():
        name, hours = subject.partition(":")[0], pattern(rng)
        sources += [Source(name, broken(share, last, rng, hours)), Source(f"other-{name}", pattern(rng))]
    con = warehouse(sources)
    assert found(con, END - timedelta(days=8) + timedelta(hours=3)) == []
    assert set(found(con, END + timedelta(hours=3), ("volumes",))) == {("volumes", subject) for subject in BREAKS}


def test_a_feed_is_looked_at_when_it_answers() -> None:
    rng = np.random.default_rng(5)
    con = warehouse([Source("wire", broken(0.05, 1, rng, steady(rng)), kind="feed")])
    assert found(con, END + timedelta(hours=3)) == [], "it was not asked, for all we know"
    con.execute(
        """INSERT INTO ops.fetch BY NAME SELECT 'wire' AS source, 'feed' AS kind, 'u' AS url, started_at AS fetched_at, 0 AS seconds, 'unchanged' AS outcome,
             0 AS n_bytes, 0 AS n_items, 0 AS n_known, 0 AS n_refused, 0 AS n_new, 0 AS n_revised, 0 AS n_seen, 0 AS n_rejected, 0 AS n_vanished, 'r' AS run_id,
             1 AS batch_id FROM ops.run"""
    )
    assert found(con, END + timedelta(hours=3)) == [("volumes", "wire: day")]


HABITS: dict[str, tuple[dict[str, Any], str, str]] = {
    "plain": ({"no_byline": 0.7}, "missing_fields", "plain: byline"),
    "foreign": ({"language": ("fr",)}, "languages", "foreign: fr"),
    "empty": ({"rejects": 0.6}, "rejects", "empty"),
    "daily": ({"midnight": 0.9}, "date_habits", "daily: published at midnight sharp"),
    "old": ({"lag_h": 2000.0}, "date_habits", "old: dated long before they came"),
    "late": ({"lag_h": 40.0}, "date_habits", "late: lag"),
}


def test_sources_that_change_their_habits_are_found() -> None:
    hours = steady(np.random.default_rng(6))
    before, after = hours[hours < (DAYS - 6) * 24], hours[hours >= (DAYS - 6) * 24]
    sources = [Source("other", hours)]
    for name, (change, *_) in HABITS.items():
        sources += [Source(name, before), replace(Source(name, after), **change)]
    con = warehouse(sources)
    con.execute("DELETE FROM ops.source AS s WHERE rowid > (SELECT min(rowid) FROM ops.source AS t WHERE t.source = s.source)")
    assert found(con, END - timedelta(days=7)) == []
    assert {(name, subject) for _, name, subject in HABITS.values()} <= set(found(con, END))
    assert not [subject for _, subject in found(con, END) if subject.startswith("other")]


@pytest.mark.parametrize(
    ("pattern", "stops", "days"), [(steady, 90, 1), (office, 92, 1), (office, 95, 4), (nightly, 90, 4), (weekly, 81, 14)]
)
def test_a_folder_that_goes_silent_is_found(pattern: Callable[[np.random.Generator], Past], stops: int, days: int) -> None:
    """Offices stop on a Tuesday or on a Friday: then Saturday and Sunday explain it, and Monday does not."""
    hours = pattern(np.random.default_rng(8))
    con = warehouse([Source("wire", hours[hours < stops * 24])])
    told = [bool(found(con, MONDAY + timedelta(days=stops + d), ("silent_folders",))) for d in (0.3, days, days + 1)]
    assert told == [False, True, True], "and as long as it lasts"


def test_a_silence_opens_a_gap_that_closes_when_news_comes(data: Path) -> None:
    layout = Layout(data)
    layout.make()
    hours = steady(np.random.default_rng(9))
    warehouse([Source("wire", hours[hours < 90 * 24]), Source("other", hours)], path=layout.database).close()
    published(layout)
    now = MONDAY + timedelta(days=92)
    [result] = check(data, now)
    assert (result.name, result.state, result.subject, result.measured) == ("silent_folders", "warned", "wire", 0)
    last = MONDAY + timedelta(hours=float(hours[hours < 90 * 24].max()))
    [[silent_since, opened_at, closed_at, expected]] = gaps(data)
    assert abs(silent_since - last) < timedelta(seconds=1)
    assert (opened_at, closed_at) == (now, None)
    assert 20 < expected < 80
    check(data, now + timedelta(days=1))
    assert gaps(data) == [(silent_since, opened_at, None, expected)], "it is one gap, however often it is looked at"
    back = now + timedelta(days=2, hours=1)
    with duckdb.connect(str(layout.database)) as con:
        con.execute("INSERT INTO news.article VALUES ('late', 'wire', 'o', ?, 'r', 1)", [back])
    published(layout)
    assert [r.state for r in check(data, now + timedelta(days=2, hours=2))] == ["passed"]
    assert gaps(data) == [(silent_since, opened_at, back, expected)]


def test_runs_that_found_nothing_and_were_not_published_count_as_looks(data: Path) -> None:
    layout = Layout(data)
    layout.make()
    hours = steady(np.random.default_rng(9))[: 24 * 80]
    con = warehouse([Source("wire", hours)], looks=np.arange(0, 24 * 95, 0.5), path=layout.database)
    con.execute("CREATE TABLE later AS FROM ops.run WHERE started_at > (SELECT max(first_seen_at) FROM news.article)")
    con.execute("DELETE FROM ops.run WHERE run_id IN (SELECT run_id FROM later)")
    con.close()
    published(layout)
    with duckdb.connect(str(layout.database)) as live:
        live.execute("INSERT INTO ops.run FROM later")
    assert [(r.state, r.subject) for r in check(data, END)] == [("warned", "wire")]


def check(data: Path, now: datetime) -> list[CheckResult]:
    return run_checks(Settings(data, workers=0), ["silent_folders"], now=now)


def gaps(data: Path) -> list[tuple[Any, ...]]:
    return query(data, "SELECT silent_since, opened_at, closed_at, expected FROM mart.gaps WHERE kind = 'idle'")


def published(layout: Layout) -> None:
    with Store(layout, WriterLock(layout.live, "a test")) as store:
        store.end()
        store.publish()
