"""What landing costs: reading the past, judging, making rows, committing them; and beside it the naive way into DuckDB."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING

import numpy as np

from flows.refine import Refined, Work, refine
from flows.relate import Judged, Relations
from flows.settings import settings
from tasks.fingerprint import CONFIG
from tasks.judge import judge, keys
from tasks.land import land
from tasks.overlap import threshold
from tasks.types import FolderSource, Payload, Reject
from tests.bench.clock import uncollected
from tests.bench.stories import write_lines
from tests.bench.table import Table
from warehouse.layout import Layout
from warehouse.lock import WriterLock
from warehouse.models import FileRow, Landing, VersionRow, hash64
from warehouse.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tasks.types import Article, Print
    from warehouse.archive import Kept

    Pair = tuple[Article, Print]

BATCH = 500  # articles, as the journey has it
STEPS = ("past", "judge", "relate and rows", "store.land")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many articles: those refined for real, those the large warehouse holds before, and the naive peer's sample."""

    real: int
    held: int
    naive: int


FULL = Sizes(5_000, 100_000, 300)
QUICK = Sizes(60, 600, 20)


def table(sizes: Sizes) -> Table:
    """Articles landed per CPU second into an empty, a growing and a full warehouse."""
    shown = Table(
        "landing",
        "what does an article cost from the past to the commit? (CPU ms each; 500 words, 4 keys, batches of 500)",
        ("into a warehouse of", *STEPS, "together", "articles per CPU s"),
    )
    with TemporaryDirectory() as scratch:
        pairs = refined_lines(Path(scratch) / "lines.jsonl", sizes.real)
        with opened(Path(scratch) / "data") as store:
            _measured(shown, "nothing", store, pairs)
            held = sizes.real + sizes.held
            _measured(shown, f"{sizes.real:,} growing to {held:,}, checkpoints included", store, alike(pairs, sizes.held))
            _checkpoint(store)  # so that none falls into the next rows
            rate = _measured(shown, f"{held:,}", store, alike(pairs, sizes.real, first=sizes.held))
            held += sizes.real
            again = ((replace(article, path="again.jsonl"), prints) for article, prints in pairs)
            _measured(shown, f"{held:,}, all of them met again", store, again)
            naive, arrow = _naively(store, pairs[: sizes.naive])
            shown.add("beside it: DuckDB executemany, the version rows alone", None, None, None, naive, naive, 1_000 / naive)
            shown.add("beside it: DuckDB from Arrow, the version rows alone", None, None, None, arrow, arrow, 1_000 / arrow)
            shown.notes.append(f"checkpoint and publication of {held:,} articles: {_published(store):.2f} CPU s")
    shown.target("articles per CPU s, landing between two checkpoints into the larger warehouse", rate, least=8_000)
    return shown


def landed(relations: Relations, pairs: Sequence[Pair], kept: Sequence[Kept] = ()) -> dict[str, float]:
    """CPU seconds of each step of landing a batch, done as the journey does it."""
    store = relations.store
    clock = [process_time()]
    past = store.past(key for article, prints in pairs for key in keys(article, prints))
    clock.append(process_time())
    judged = [Judged(article, prints, judge(article, prints, past)) for article, prints in pairs]
    clock.append(process_time())
    landing = Landing(payloads=len(pairs), items=len(pairs))
    relations.land(judged, past, landing)
    files = {article.path: article for article, _ in pairs}.values()
    landing.file.extend(FileRow(f.source, f.path, hash64(f.path), 1, 1, f.raw_id, 0, True, 1, 1, 0) for f in files)
    clock.append(process_time())
    store.land(landing, kept)
    clock.append(process_time())
    return dict(zip(STEPS, np.diff(clock).tolist(), strict=True))


def opened(data: Path) -> Store:
    """A store of its own; a context manager."""
    layout = Layout(data)
    return Store(layout, WriterLock(layout.live, "bench"))


def refined_lines(path: Path, count: int) -> list[Pair]:
    """Stories as they come out of refining a JSONL file, each with a GUID, an address and a date."""
    write_lines(path, range(count))
    data = path.read_bytes()
    now = datetime.now(UTC).replace(tzinfo=None)
    payload = Payload("bench", path.name, path.as_uri(), data, sha256(data).hexdigest(), now, format="jsonl", file=path.name)
    return articles(refine(Work({"bench": FolderSource(name="bench", folder=path.parent)}, (payload,))))


def articles(results: Iterable[Refined]) -> list[Pair]:
    """What was not refused. Nothing should be."""
    outcomes = [outcome for result in results for outcome in result.outcomes]
    refused = [o for o in outcomes if isinstance(o, Reject)]
    assert not refused, refused[:3]
    return [o for o in outcomes if not isinstance(o, Reject)]


def alike(pairs: Sequence[Pair], count: int, first: int = 0) -> Iterator[Pair]:
    """As many articles again, as large and as various as those given, and as different from one another."""
    chance = np.random.default_rng(first)
    below = int(threshold(CONFIG.every))
    for number in range(first, first + count):
        article, prints = pairs[number % len(pairs)]
        turn = number * 37 % max(1, len(article.text))
        text = article.text[turn:] + article.text[:turn]
        sample = np.unique(chance.integers(0, below, len(prints.sample), np.uint64))
        content, version = (sha256(f"{kind} {number}".encode()).hexdigest() for kind in ("content", "version"))
        alike_article = replace(
            article,
            path="alike.jsonl",
            text=text,
            guid=f"alike-{number}",
            url=f"https://alike.example/{number}",
            title=f"{number} {article.title}",
        )
        yield alike_article, replace(prints, content=content, version=version, sample=sample)


def _batches(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    batch: list[Pair] = []
    for pair in pairs:
        batch.append(pair)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _measured(shown: Table, into: str, store: Store, pairs: Iterable[Pair]) -> float:
    total, count = dict.fromkeys(STEPS, 0.0), 0
    relations = Relations(store, settings())
    with uncollected():
        for batch in _batches(pairs):
            for step, seconds in landed(relations, batch).items():
                total[step] += seconds * 1_000
            count += len(batch)
    steps = [spent / count for spent in total.values()]
    shown.add(into, *steps, sum(steps), 1_000 / sum(steps))
    return 1_000 / sum(steps)


def _checkpoint(store: Store) -> None:
    store.con.execute("CHECKPOINT")
    store._unsaved = 0


def _published(store: Store) -> float:
    started = process_time()
    store.publish()
    return process_time() - started


def _naively(store: Store, pairs: Sequence[Pair]) -> tuple[float, float]:
    """CPU ms a row for the rows of news.version: by executemany, and from one Arrow table; each in one transaction."""
    landing = Landing()
    past = store.past(())
    for article, prints in pairs:
        land(article, prints, judge(article, prints, past), landing)
    store.con.execute("CREATE TEMP TABLE naive AS FROM news.version LIMIT 0")
    names, marks = ", ".join(VersionRow._fields), ", ".join("?" * len(VersionRow._fields))
    started = process_time()
    store.con.execute("BEGIN")
    store.con.executemany(f"INSERT INTO naive ({names}) VALUES ({marks})", landing.version)
    store.con.execute("COMMIT")
    between = process_time()
    store.con.register("arrived", store._arrow("version", landing.version))
    store.con.execute(f"INSERT INTO naive ({names}) SELECT {names} FROM arrived")
    store.con.unregister("arrived")
    ended = process_time()
    return (between - started) * 1_000 / len(pairs), (ended - between) * 1_000 / len(pairs)
