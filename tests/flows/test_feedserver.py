"""The shared feed server as a second opinion: each of its behaviours, by its own log and in the warehouse."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.newsroom import Newsroom

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVER = Path(__file__).parents[3] / "shared" / "evals" / "feedserver" / "feedserver.py"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

pytestmark = pytest.mark.skipif(not SERVER.exists(), reason="../shared/evals/feedserver is not here")


class Site:
    """The server, as a Newsroom wants one."""

    def __init__(self, hosts: int = 1) -> None:
        spec = spec_from_file_location("feedserver", SERVER)
        assert spec is not None
        assert spec.loader is not None
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        self.port, self.world, self.servers = module.serve(hosts=hosts)

    def url(self, path: str, host: int = 1) -> str:
        return f"http://127.0.0.{host}:{self.port}{path}"

    def seen(self, path: str) -> dict[str, Any]:
        found: dict[str, Any] = self.world.log.report()["paths"].get(path, {"count": 0, "statuses": {}, "requests": []})
        return found

    def close(self) -> None:
        self.world.stop.set()
        for server in self.servers:
            server.shutdown()
            server.server_close()


@pytest.fixture
def site() -> Iterator[Site]:
    running = Site(hosts=3)
    yield running
    running.close()


@pytest.fixture
def room(data: Path, site: Site) -> Newsroom:
    made = Newsroom(data, site)  # type: ignore[arg-type]  # it has the url() that a newsroom needs
    made.terms = replace(made.terms, feed_bytes=1_000_000, read_s=0.6, whole_s=1.5)
    return made


def outcomes(room: Newsroom) -> dict[str, str]:
    """Of each feed's last request."""
    return dict(room.sql("SELECT source, arg_max(outcome, fetched_at) FROM mart.fetches WHERE kind = 'feed' GROUP BY source"))


def test_validators_are_sent_and_304_is_understood(room: Newsroom, site: Site) -> None:
    sent = {
        "/feed/0.xml": {"If-None-Match", "If-Modified-Since"},
        "/etag/1.xml": {"If-None-Match"},
        "/weak/2.xml": {"If-None-Match"},
        "/lastmod/3.xml": {"If-Modified-Since"},
        "/bare/4.xml": set(),
    }
    for path in sent:
        room.subscribe(path, full_text="feed")
    assert room.poll().books.new == 50
    assert room.poll(later=HOUR).books.fetched == 0
    for path, headers in sent.items():
        first, second = site.seen(path)["requests"]
        assert {"If-None-Match", "If-Modified-Since"} & set(second) == headers
        assert not {"If-None-Match", "If-Modified-Since"} & set(first)
        assert first["User-Agent"] == "Wirehouse/test"
        assert site.seen(path)["statuses"] == ({"200": 1, "304": 1} if headers else {"200": 2})
    assert set(outcomes(room).values()) == {"unchanged"}


def test_redirects(room: Newsroom, site: Site) -> None:
    for status in (301, 302, 303, 307, 308):
        room.subscribe(f"/redirect/{status}/{status - 300}.xml", full_text="feed")
    room.subscribe("/chain/3/9.xml", full_text="feed")
    room.subscribe("/loop/a.xml")
    tally = room.poll()
    assert tally.books.new == 60
    assert outcomes(room)["loop-a"] == "loop"
    assert site.seen("/loop/a.xml")["count"] + site.seen("/loop/b.xml")["count"] <= 9
    for _ in range(4):
        room.poll(later=DAY)
    counts = {status: site.seen(f"/redirect/{status}/{status - 300}.xml")["count"] for status in (301, 302, 303, 307, 308)}
    assert counts == {301: 3, 302: 5, 303: 5, 307: 5, 308: 3}, "a move for good is believed after three polls over two days"


def test_errors_and_waits(room: Newsroom, site: Site) -> None:
    for path in ("/gone.xml", "/missing.xml", "/broken.xml", "/busy/429.xml", "/busy/503.xml"):
        room.subscribe(path, full_text="feed")
    room.poll()
    assert outcomes(room) == {
        "gone": "gone",
        "missing": "not_found",
        "broken": "http_error",
        "busy-429": "throttled",
        "busy-503": "throttled",
    }
    room.poll(everything=False)
    assert site.seen("/busy/429.xml")["count"] == 1, "Retry-After is kept"
    for _ in range(3):
        room.poll(later=HOUR)
    assert site.seen("/gone.xml")["count"] == 1, "what ended is asked no more"
    assert site.seen("/missing.xml")["count"] > 1, "what is missing may come back"
    assert outcomes(room)["busy-429"] == outcomes(room)["busy-503"] == "unchanged", "it was ok the time before"
    assert room.one("SELECT count(*) FROM mart.sightings") == 20


def test_bodies_that_are_slow_cut_large_or_strange(room: Newsroom, site: Site) -> None:
    expected = {
        "/slow/0.xml": "ok", "/hang/1.xml": "timeout", "/stall/2.xml": "timeout", "/reset/3.xml": "cut", "/short/4.xml": "cut",
        "/type/html/5.xml": "ok", "/type/octet/6.xml": "ok", "/type/none/7.xml": "ok", "/enc/gzip/8.xml": "ok", "/enc/deflate/9.xml": "ok",
        "/enc/raw-deflate/10.xml": "ok", "/enc/br/11.xml": "ok", "/forced-gzip/12.xml": "ok", "/cut-gzip/13.xml": "cut",
        "/endless.xml": "too_large", "/bomb.xml": "too_large", "/notfeed.xml": "not_a_feed",
    }  # fmt: skip
    room.terms = replace(room.terms, whole_s=6.0)
    names = {
        room.subscribe(path, host=1 + n % 3, full_text="feed"): outcome for n, (path, outcome) in enumerate(expected.items())
    }
    room.poll()
    assert outcomes(room) == names
    whole = dict(room.sql("SELECT source, new FROM mart.fetches WHERE outcome = 'ok'"))
    assert set(whole.values()) == {10}
    cut = dict(room.sql("SELECT source, new FROM mart.fetches WHERE outcome IN ('cut', 'timeout')"))
    assert cut.pop("hang-1") == 0
    assert all(0 < n < 10 for n in cut.values()), cut
    assert max(site.world.log.report()["peak_concurrency"].values()) <= 2
    assert site.seen("/enc/br/11.xml")["requests"][0]["Accept-Encoding"].replace(" ", "").split(",") == [
        "gzip",
        "deflate",
        "br",
        "zstd",
    ]


def test_pages_complete_teasers_unless_robots_txt_forbids(room: Newsroom, site: Site) -> None:
    room.subscribe("/feed/0.xml")
    room.subscribe("/feed/private.xml")
    tally = room.poll()
    assert tally.pages == {"ok": 10, "robots": 5}
    assert room.sql("SELECT source, text_from, access, count(*) FROM mart.articles GROUP BY ALL ORDER BY ALL") == [
        ("feed-0", "page", None, 10), ("feed-private", "feed", "truncated", 5),
    ]  # fmt: skip
    paths = site.world.log.report()["paths"]
    assert not [path for path in paths if path.startswith("/private/")]
    assert paths["/robots.txt"]["count"] == 1
    starts = sorted(r["at"] for path, found in paths.items() if path.startswith("/article/") for r in found["requests"])
    assert min(b - a for a, b in itertools.pairwise(starts)) >= 0.9, "its Crawl-delay is a second"


def test_twenty_polls_of_feeds_that_grow_re_guid_and_fail(room: Newsroom, site: Site) -> None:
    for path in ("/grow.xml", "/newguid.xml", "/feed/1.xml", "/bare/2.xml"):
        room.subscribe(path, full_text="feed")
    for path in ("/reset/3.xml", "/hang/4.xml", "/stall/5.xml", "/short/6.xml"):
        room.subscribe(path, host=2, full_text="feed")
    tallies = [room.poll(later=timedelta(hours=20)) for _ in range(20)]
    assert sum(t.books.fetched for t in tallies) > 1_000
    articles = dict(room.sql("SELECT source, count(*) FROM mart.articles GROUP BY source"))
    assert {n: articles[n] for n in ("grow", "newguid", "feed-1", "bare-2")} == {
        "grow": 100,
        "newguid": 10,
        "feed-1": 10,
        "bare-2": 10,
    }
    assert room.one("SELECT count(*) FROM mart.articles") == room.one("SELECT count(DISTINCT url) FROM mart.articles")
    edits = room.sql("SELECT title, version FROM mart.articles WHERE source = 'grow' AND version > 1")
    assert len(edits) == 19, "each poll but the first edits one older entry"
    assert all(version == 2 for _, version in edits)
    assert all("(update " in title for title, _ in edits)
    assert room.one("SELECT max(version) FROM mart.articles WHERE source <> 'grow'") == 1
    assert room.one("SELECT count(*) FROM mart.sightings WHERE source = 'newguid'") == 10
    assert site.seen("/grow.xml")["count"] == 20
