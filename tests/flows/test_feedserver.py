"""The shared feed server as a second opinion: each of its behaviours, by its own log and in the warehouse."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace
from datetime import timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from tests.newsroom import HASTY, Newsroom

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
        stopping = [Thread(target=server.shutdown) for server in self.servers]  # each looks twice a second whether it is to stop
        for thread in stopping:
            thread.start()
        for thread, server in zip(stopping, self.servers, strict=True):
            thread.join()
            server.server_close()


@pytest.fixture
def site() -> Iterator[Site]:
    running = Site(hosts=3)
    yield running
    running.close()


@pytest.fixture
def room(begun: Path, site: Site) -> Newsroom:
    made = Newsroom(begun, site)  # type: ignore[arg-type]  # it has the url() that a newsroom needs
    made.terms = replace(made.terms, feed_bytes=1_000_000)
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
    room.terms = replace(room.terms, read_s=2.0)
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
    room.terms = HASTY
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


# ── what the log and the warehouse say in more detail ──


def settled(site: Site) -> None:
    """Count a request a moment after it came: the server counts the one before until its answer is out, and ours may be quicker."""
    enter = site.world.log.enter

    def late(*asked: Any) -> Any:  # noqa: ANN401  the server has no types
        time.sleep(0.02)
        return enter(*asked)

    site.world.log.enter = late


def linked(site: Site, numbers: range, host: int = 1) -> list[str]:
    return sorted(site.url(f"/article/{n}.html", host) for n in numbers)


def urls(room: Newsroom, source: str) -> list[str]:
    return sorted(url for (url,) in room.sql(f"SELECT url FROM mart.articles WHERE source = '{source}'"))


def test_pages_are_read_word_for_word_and_politely(room: Newsroom, site: Site) -> None:
    settled(site)
    room.terms = replace(room.terms, manners=replace(room.terms.manners, longest_gap_s=0.0))
    for number in range(3):
        room.subscribe(f"/feed/{number}.xml", host=1 + number % 2)
    assert room.poll().pages == {"ok": 30}
    for number in range(3):
        assert urls(room, f"feed-{number}") == linked(site, range(10 * number, 10 * number + 10), 1 + number % 2)
    for url, title, text in room.sql("SELECT url, title, text FROM mart.articles"):
        told = site.world.article(int(url.rpartition("/")[2].removesuffix(".html")))
        assert title == told["title"]
        assert text.split() == told["text"].split()
    report = site.world.log.report()
    assert all(1 <= peak <= 2 for peak in report["peak_concurrency"].values())
    assert {r["User-Agent"] for found in report["paths"].values() for r in found["requests"]} == {"Wirehouse/test"}
    assert all(found["count"] == 1 for path, found in report["paths"].items() if path.startswith("/article/"))


def test_retry_after_holds_in_seconds_and_as_a_date_even_for_all(room: Newsroom, site: Site) -> None:
    paths = ("/busy/429.xml", "/busy/503.xml")
    for path in paths:
        room.subscribe(path, full_text="feed")
    for asked in (1, 2):
        assert room.poll().outcomes["throttled"] == 2
        assert room.sql("SELECT DISTINCT status FROM mart.feed_health") == [("throttled",)]
        assert all(next_at > room.now() for (next_at,) in room.sql("SELECT next_at FROM mart.feed_health"))
        assert room.poll().feeds == 0, "--all does not ask before the time either"
        assert [site.seen(path)["count"] for path in paths] == [asked, asked]
        room.ahead += HOUR
    room.poll()
    assert outcomes(room) == {"busy-429": "ok", "busy-503": "ok"}
    assert [site.seen(path)["statuses"] for path in paths] == [{"429": 2, "200": 1}, {"503": 2, "200": 1}]
    assert room.one("SELECT count(*) FROM mart.articles") == 10, "both bring the same stories"


def test_health_tells_moves_ends_and_failures_apart(room: Newsroom, site: Site) -> None:
    statuses = {301: "moved", 302: "active", 303: "active", 307: "active", 308: "moved"}
    for status in statuses:
        room.subscribe(f"/redirect/{status}/{status - 300}.xml", name=str(status), full_text="feed")
    for path in ("/gone.xml", "/missing.xml", "/broken.xml", "/chain/12/9.xml", "/notfeed.xml"):
        room.subscribe(path, full_text="feed")
    room.poll()
    health = {
        name: (status, next_at) for name, status, next_at in room.sql("SELECT source, status, next_at FROM mart.feed_health")
    }
    assert {int(n): health.pop(n)[0] for n in map(str, statuses)} == statuses
    assert health.pop("gone") == ("gone", None)
    assert {status for status, _ in health.values()} == {"failing"}
    assert outcomes(room)["chain-12-9"] == "loop"
    finals = dict(room.sql("SELECT source, final_url FROM mart.fetches WHERE outcome = 'ok'"))
    assert finals == {str(status): site.url(f"/feed/{status - 300}.xml") for status in statuses}
    room.poll(later=DAY)
    later = dict(room.sql("SELECT source, next_at FROM mart.feed_health WHERE status = 'failing'"))
    assert all(later[name] > next_at for name, (_, next_at) in health.items()), "each failure puts the next try off"
    for number in (1, 2, 3, 7, 8):
        second = site.seen(f"/feed/{number}.xml")["requests"][1]
        assert {"If-None-Match", "If-Modified-Since"} <= set(second), "validators go along with redirects"


def test_of_bodies_beyond_the_limit_nothing_is_kept(room: Newsroom) -> None:
    room.terms = replace(room.terms, feed_bytes=200_000)
    for path in ("/endless.xml", "/bomb.xml"):
        room.subscribe(path)
    tally = room.poll()
    assert outcomes(room) == {"endless": "too_large", "bomb": "too_large"}
    assert tally.seconds < room.terms.whole_s, "the limit ended it, and not the time"
    assert tally.books.fetched == 0
    assert room.one("SELECT count(*) FROM ops.raw") == 0
    assert room.one("SELECT max(n_bytes) FROM mart.fetches") <= 200_000


def test_what_a_cut_feed_brought_is_not_doubled_by_the_whole_one(room: Newsroom, site: Site) -> None:
    room.terms = HASTY
    for path in ("/short/5.xml", "/reset/5.xml", "/stall/5.xml", "/cut-gzip/5.xml"):
        room.subscribe(path, full_text="feed")
    room.poll()
    cut = room.one("SELECT count(*) FROM mart.articles")
    assert 0 < cut < 10
    room.subscribe("/feed/5.xml", full_text="feed")
    tally = room.poll("feed-5")
    assert (tally.books.new, tally.books.seen, tally.books.revised) == (10 - cut, cut, 0)
    found = sorted(url for (url,) in room.sql("SELECT url FROM mart.articles"))
    assert found == linked(site, range(50, 60))


def test_each_poll_balances_and_its_stories_are_those_that_were_linked(room: Newsroom, site: Site) -> None:
    room.subscribe("/grow.xml", full_text="feed")
    room.subscribe("/newguid.xml", full_text="feed")
    for path in ("/reset/3.xml", "/short/6.xml", "/cut-gzip/7.xml"):
        room.subscribe(path, host=2, full_text="feed")
    for _ in range(8):
        books = room.poll(later=timedelta(hours=20)).books
        assert books.fetched == books.new + books.revised + books.seen + books.held + books.rejected
        assert books.rejected == 0
    assert urls(room, "grow") == linked(site, range(1_000, 1_040))
    assert urls(room, "newguid") == linked(site, range(2_000, 2_010))
    for source, first in (("reset-3", 30), ("short-6", 60), ("cut-gzip-7", 70)):
        found = urls(room, source)
        assert 0 < len(found) < 10
        assert set(found) < set(linked(site, range(first, first + 10), 2))
        assert len(found) == len(set(found)), source
    headlines = {
        int(url.rpartition("/")[2].removesuffix(".html")) - 1_000: title
        for url, title in room.sql("SELECT url, title FROM mart.articles WHERE source = 'grow'")
    }
    edited = {n for n, title in headlines.items() if title.endswith("(update 1)")}
    assert edited == set(range(1, 8)), "the edited entry of each poll but the first"
    kinds = room.sql(
        "SELECT change_kind, count(*) FROM mart.versions v JOIN mart.articles a USING (article_id) WHERE a.source = 'grow' GROUP BY 1"
    )
    assert dict(kinds) == {"first": 40, "headline": 7}
