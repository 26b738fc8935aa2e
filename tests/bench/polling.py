"""Polling a thousand feeds with `wirehouse poll`, beside what people write with feedparser.

    python -m tests.bench.polling FEEDS.json DATABASE

is that peer: FEEDS is a list of [address, ETag], read by 32 threads; entries with unknown ids go into one DuckDB table by
executemany. No copies, no versions, no dates read, no archive, no politeness, nothing remembered but the ids.
"""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bench.feedfarm import Farm, Kind
    from tests.bench.processes import Cost
    from tests.bench.table import Table

THREADS = 32
ENTRY = "CREATE TABLE entry (id TEXT, url TEXT, title TEXT, date TEXT, text TEXT, feed TEXT)"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many feeds, on how many hosts."""

    feeds: int
    hosts: int


FULL = Sizes(1_000, 200)
QUICK = Sizes(20, 5)


def table(sizes: Sizes) -> Table:
    """Feeds polled per second, from the request to the published warehouse."""
    from tests.bench.feedfarm import ENTRIES, WORDS, farm  # not above: the peer has no use for them
    from tests.bench.table import Table

    shown = Table(
        "polling",
        f"how many feeds a second, of {sizes.feeds:,} on {sizes.hosts} hosts? ({ENTRIES} new entries of {WORDS} words, if any)",
        ("poll", "CPU s", "wall s", "feeds per CPU s", "feeds per wall s", "entries per CPU s"),
    )
    with TemporaryDirectory() as scratch, farm(sizes.feeds, sizes.hosts) as served:
        for kind in ("unchanged", "fresh"):
            data, database = Path(scratch) / kind, Path(scratch) / f"{kind}.duckdb"
            _write_sources(data, served, kind)
            first, _ = _polled(served, data)
            _landed(data, sizes.feeds * ENTRIES)
            new = 0
            if kind == "fresh":
                served.round(2)
                new = sizes.feeds * ENTRIES
            else:
                _shown(shown, f"the first ever, {ENTRIES} entries each", sizes.feeds, first, sizes.feeds * ENTRIES)
            spent, farm_s = _polled(served, data, whole=bool(new))
            _landed(data, sizes.feeds * ENTRIES + new)
            peer = _peer(served, kind, database)
            assert int(peer.output) == new, peer.output
            what = f"{ENTRIES} new entries in each" if new else "nothing changed"
            _shown(shown, what, sizes.feeds, spent, new)
            _shown(shown, f"  beside it: feedparser in {THREADS} threads, DuckDB executemany", sizes.feeds, peer, new)
            shown.notes.append(
                f"{what}: {peer.cpu_s / spent.cpu_s:.1f} times the peer's feeds per CPU s, {peer.wall_s / spent.wall_s:.1f} times "
                f"per wall s; the server itself took {farm_s:.1f} CPU s"
            )
    shown.notes.append(f"Wirehouse keeps its distance from a host that has {sizes.feeds // sizes.hosts} feeds, the peer does not")
    return shown


def peer(feeds: Path, database: Path) -> None:
    """Poll the feeds as one would in an afternoon; prints how many entries were new."""
    import feedparser

    asked: list[tuple[str, str]] = json.loads(feeds.read_text())
    count = 0
    with duckdb.connect(str(database)) as con, ThreadPoolExecutor(THREADS) as pool:
        known = {guid for (guid,) in con.execute("SELECT id FROM entry").fetchall()}
        con.begin()
        for (url, _), found in zip(asked, pool.map(lambda feed: feedparser.parse(feed[0], etag=feed[1]), asked), strict=True):
            assert found.get("status") in {200, 304}, found
            rows = [(e.id, e.link, e.title, e.published, e.content[0].value, url) for e in found.entries if e.id not in known]
            if rows:
                con.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)", rows)
            count += len(rows)
        con.commit()
    print(count)


def _write_sources(data: Path, served: Farm, kind: Kind) -> None:
    """A TOML file a feed."""
    folder = data / "sources"
    folder.mkdir(parents=True)
    for n in range(served.feeds):
        (folder / f"f{n}.toml").write_text(
            f'name = "f{n}"\nfeed = "{served.url(kind, n)}"\nfull_text = "feed"\noutlet = "Paper {n}"\n', encoding="utf-8"
        )


def _polled(served: Farm, data: Path, *, whole: bool = True) -> tuple[Cost, float]:
    """What a poll costs, and what it cost the server. Each feed is had once: the `whole` of it, or a 304."""
    from tests.bench.processes import wirehouse

    served.served()
    spent = _cost(["env", "WIREHOUSE_ALLOW_HOSTS=127.0.0.0/8", *wirehouse("poll", "--all", "--json", "--data", data)])
    had = served.served()
    assert (had.whole, had.unchanged) == ((served.feeds, 0) if whole else (0, served.feeds)), f"{had}\n{spent.output}"
    return spent, had.cpu_s


def _landed(data: Path, count: int) -> None:
    with duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as con:
        [(articles,)] = con.execute("SELECT count(*) FROM mart.articles").fetchall()
    assert articles == count, f"{articles} articles are published, not {count}"


def _peer(served: Farm, kind: Kind, database: Path) -> Cost:
    """The peer's poll; it knows the entries of the round before, and their ETags, without having asked for them."""
    from tests.bench.feedfarm import etag, guids

    earlier = {"unchanged": 0, "fresh": 1}[kind]
    feeds = database.with_suffix(".json")
    feeds.write_text(json.dumps([(served.url(kind, n), etag(kind, n, earlier)) for n in range(served.feeds)]))
    with duckdb.connect(str(database)) as con:
        con.execute(ENTRY)
        known = [guid for n in range(served.feeds) for guid in guids(n, earlier)]
        con.execute("INSERT INTO entry (id) SELECT unnest(?)", [known])
    return _cost(["env", "no_proxy=*", sys.executable, "-m", "tests.bench.polling", feeds, database])


def _cost(command: Sequence[str | Path]) -> Cost:
    """What a command costs, counted by a process of its own, for `cost` waits until all children have ended, and one is the farm."""
    from tests.bench.processes import Cost, bench_environment, python
    from tests.conftest import ROOT

    counting = [*python("from tests.bench.polling import spend; spend()"), *command]
    run = subprocess.run(counting, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT, env=bench_environment())
    return Cost(**json.loads(run.stdout))


def spend() -> None:
    """Print what the command in the arguments costs, as JSON."""
    from tests.bench.processes import cost

    try:
        print(json.dumps(asdict(cost(sys.argv[1:]))))
    except subprocess.CalledProcessError as error:
        sys.exit(f"{error}\n{error.output}\n{error.stderr}")


def _shown(shown: Table, what: str, feeds: int, spent: Cost, entries: int) -> None:
    rate = entries / spent.cpu_s if entries else None
    shown.add(what, spent.cpu_s, spent.wall_s, feeds / spent.cpu_s, feeds / spent.wall_s, rate)


if __name__ == "__main__":
    peer(Path(sys.argv[1]), Path(sys.argv[2]))
