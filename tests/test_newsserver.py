"""The server that tests of fetching ask: it must fail just as it is told."""

from __future__ import annotations

import http.client
import socket
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from time import monotonic
from typing import TYPE_CHECKING

import feedparser
import pytest
import trafilatura

from tests.conftest import story
from tests.newspaper import atom, entry, page, rss
from tests.newsserver import Behaviour, Coding, NewsServer, Reply, bomb, conditional, encoded, redirect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FEED = rss([entry(1), entry(2, full=False), entry(3, guid="", published="")], ttl=30)


@pytest.fixture
def site() -> Iterator[NewsServer]:
    with NewsServer() as server:
        yield server


def get(site: NewsServer, path: str, *, host: int = 1, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    line = http.client.HTTPConnection(f"127.0.0.{host}", site.port, timeout=3)
    try:
        line.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = line.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        line.close()


def test_one_connection_serves_many_requests_which_are_noted(site: NewsServer) -> None:
    site.on("/feed.xml", [Reply(status=503), lambda asked: Reply(asked.query.encode()), Reply(FEED, behaviour="chunked")])
    line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=3)
    answers = []
    for n in range(4):
        line.request("GET", f"/feed.xml?n={n}", headers={"X-Try": str(n)})
        answers.append((answer := line.getresponse()).status)
        assert answer.read() == (b"", b"n=1", FEED, FEED)[n]
    line.close()
    assert answers == [503, 200, 200, 200]
    assert [asked.headers["x-try"] for asked in site.log("/feed.xml")] == ["0", "1", "2", "3"]
    assert len(site.gaps("/feed.xml")) == 3
    assert min(site.gaps(1)) > 0
    assert get(site, "/robots.txt")[0] == 404
    assert get(site, "/feed.xml", method="HEAD")[2] == b""
    site.clear()
    assert (site.log(), site.peak()) == ([], 0)


@pytest.mark.parametrize("weak", [False, True])
def test_who_has_the_body_is_told_so(site: NewsServer, *, weak: bool) -> None:
    site.on("/feed.xml", conditional(FEED, weak=weak))
    _, told, _ = get(site, "/feed.xml")
    assert told["ETag"].startswith("W/") == weak
    assert get(site, "/feed.xml", If_None_Match=told["ETag"])[0::2] == (304, b"")
    assert get(site, "/feed.xml", If_Modified_Since=told["Last-Modified"])[0] == 304
    assert get(site, "/feed.xml", If_None_Match='"other"', If_Modified_Since=told["Last-Modified"])[0] == 200


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw-deflate", "br", "zstd"])
def test_bodies_are_packed_for_who_accepts_it(site: NewsServer, coding: Coding) -> None:
    unpack: dict[Coding, Callable[[bytes], bytes]] = {
        "gzip": lambda body: zlib.decompress(body, 31),
        "deflate": zlib.decompress,
        "raw-deflate": lambda body: zlib.decompress(body, -15),
        "br": lambda body: import_module("brotli").decompress(body),
        "zstd": lambda body: import_module("zstandard").decompress(body),
    }
    site.on("/feed.xml", encoded(FEED, coding))
    site.on("/always.xml", encoded(FEED, coding, asked_only=False))
    token = coding.removeprefix("raw-")
    _, told, body = get(site, "/feed.xml", Accept_Encoding=f"identity, {token};q=0.5")
    assert (told["Content-Encoding"], unpack[coding](body)) == (token, FEED)
    assert get(site, "/feed.xml", Accept_Encoding=f"{token};q=0")[2] == FEED
    assert get(site, "/always.xml")[2] == body


def test_a_bomb_grows_and_a_redirect_leads_on(site: NewsServer) -> None:
    site.on("/bomb.xml", bomb(3))
    site.on("/old.xml", redirect("/new.xml", 308))
    body = get(site, "/bomb.xml")[2]
    assert len(body) < 10_000
    assert len(zlib.decompress(body, 31)) > 3_000_000
    status, told, _ = get(site, "/old.xml")
    assert (status, told["Location"]) == (308, "/new.xml")


@pytest.mark.parametrize(
    ("behaviour", "trouble"),
    [
        ("hang", TimeoutError), ("stall", TimeoutError), ("reset", ConnectionResetError), ("short", http.client.IncompleteRead),
        ("cut-chunked", http.client.IncompleteRead), ("close-early", http.client.RemoteDisconnected), ("garbage", http.client.BadStatusLine),
    ],
)  # fmt: skip
def test_it_fails_as_it_is_told(site: NewsServer, behaviour: Behaviour, trouble: type[Exception]) -> None:
    site.on("/feed.xml", Reply(FEED, behaviour=behaviour))
    line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=0.2)
    with pytest.raises(trouble):
        _read(line)
    line.close()


def _read(line: http.client.HTTPConnection) -> bytes:
    line.request("GET", "/feed.xml")
    return line.getresponse().read()


def test_slow_and_endless_bodies_come_bit_by_bit(site: NewsServer) -> None:
    site.on("/slow.xml", Reply(FEED[:500], behaviour="slow"))
    site.on("/endless.xml", Reply(FEED, behaviour="endless"))
    assert get(site, "/slow.xml")[2] == FEED[:500]
    with socket.create_connection(("127.0.0.1", site.port), timeout=3) as line, line.makefile("rb") as body:
        line.sendall(b"GET /endless.xml HTTP/1.0\r\n\r\n")
        assert len(body.read(20 * len(FEED))) == 20 * len(FEED)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has all of 127.0.0.0/8 on its loopback")
def test_hosts_are_counted_apart() -> None:
    with NewsServer(hosts=3) as site, ThreadPoolExecutor(8) as pool:
        site.on("/feed.xml", Reply(FEED, delay_s=0.2))
        site.on("/feed.xml", Reply(status=410), host=3)
        told = pool.map(lambda host: get(site, "/feed.xml", host=host)[0], [1, 1, 1, 2, 2, 3])
        assert sorted(told) == [200] * 5 + [410]
        assert (site.peak(1), site.peak(2), site.peak(3)) == (3, 2, 1)
        assert get(site, "/feed.xml", host=3)[0] == 410
        assert site.peak(3) == 1
        assert len(site.gaps(2)) == 1


def test_it_stops_at_once_and_comes_back_on_its_port() -> None:
    site = NewsServer()
    site.start()
    port = site.port
    site.on("/feed.xml", [Reply(behaviour="hang"), Reply(FEED)])
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(get, site, "/feed.xml")
        while not site.log():
            pass
        started = monotonic()
        site.stop()
        assert monotonic() - started < 1
        with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
            waiting.result()
    with pytest.raises(ConnectionRefusedError):
        get(site, "/feed.xml")
    site.start()
    assert site.port == port
    assert get(site, "/feed.xml")[2] == FEED
    site.stop()


def test_an_answer_may_stop_it(site: NewsServer) -> None:
    def last(_: object) -> Reply:
        site.stop()
        return Reply(FEED)

    site.on("/feed.xml", last)
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        get(site, "/feed.xml")


def test_feeds_and_pages_are_what_readers_expect() -> None:
    for feed in (
        feedparser.parse(FEED),
        feedparser.parse(atom([entry(1), entry(2, full=False), entry(3, guid="", published="")])),
    ):
        assert not feed.bozo
        first, teaser, bare = feed.entries
        assert first.title == entry(1).title
        assert first.published_parsed[:5] == (2026, 3, 2, 6, 7)
        assert "crews" in first.content[0].value
        assert "content" not in teaser
        assert "id" not in bare
        assert "published" not in bare
    text = trafilatura.extract(page(entry(1)).body.decode())
    assert text is not None
    assert [line for line in story(1, 250).split("\n\n") if line not in text] == []
    assert "Most read" not in text
    assert len(trafilatura.extract(page(entry(1), paywall=True).body.decode()) or "") < len(text) / 2
