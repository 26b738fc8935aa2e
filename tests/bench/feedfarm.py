"""A thousand feeds on two hundred hosts, from one process that costs little: what polling is measured against.

    python -m tests.bench.feedfarm [--feeds N] [--hosts M] [--port PORT]

Feed K stands on host 127.0.1.(1 + K mod M): /unchanged/K.xml never changes; /fresh/K.xml has 20 new entries in each round, on top
of the 20 of the round before. Both know ETags. /__round/R begins a round, /__served tells what was served since it was last asked.
Prints {"port": PORT} when it is ready and ends with its standard input. Linux only: elsewhere the loopback is one address.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import subprocess
import sys
import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from http.client import HTTPConnection
from time import process_time
from typing import TYPE_CHECKING, Literal, cast

from tests.bench.stories import story
from tests.conftest import ROOT, environment

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["unchanged", "fresh"]

MOST_HOSTS = 254
ENTRIES = 20  # of a feed in a round
MOST_ROUNDS = 50
WORDS = 150
EPOCH = datetime(2026, 3, 2, 6, tzinfo=UTC)
REQUEST = re.compile(rb"GET (/[^ ]*) HTTP/1\.[01]\r\n")
FEED = re.compile(r"/(unchanged|fresh)/(\d+)\.xml")
KNOWN = re.compile(rb"\r\nif-none-match: *([^\r]*)", re.IGNORECASE)
CLOSE = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)
END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Served:
    """What the farm did since it was last asked."""

    whole: int  # 200
    unchanged: int  # 304
    others: int  # robots.txt and whatever else there is not
    cpu_s: float


@dataclass(frozen=True, slots=True)
class Farm:
    """A farm in a process of its own."""

    feeds: int
    hosts: int
    port: int

    def url(self, kind: Kind, feed: int) -> str:
        return f"http://127.0.1.{1 + feed % self.hosts}:{self.port}/{kind}/{feed}.xml"

    def round(self, number: int) -> None:
        """Begin a round: after that, every fresh feed has changed."""
        self._ask(f"/__round/{number}")

    def served(self) -> Served:
        return Served(**json.loads(self._ask("/__served")))

    def _ask(self, path: str) -> bytes:
        line = HTTPConnection("127.0.1.1", self.port, timeout=300)
        try:
            line.request("GET", path)
            answer = line.getresponse()
            assert answer.status == 200, path
            return answer.read()
        finally:
            line.close()


@contextmanager
def farm(feeds: int, hosts: int) -> Iterator[Farm]:
    """Start a farm in round 1, and end it after the block."""
    command = [sys.executable, "-m", "tests.bench.feedfarm", "--feeds", str(feeds), "--hosts", str(hosts)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=environment()) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            ready = process.stdout.readline()
            assert ready, "the feed farm did not start"
            yield Farm(feeds, hosts, json.loads(ready)["port"])
        finally:
            process.stdin.close()


def etag(kind: Kind, feed: int, number: int = 0) -> str:
    """The validator of a feed in a round; that of an unchanged one has round 0."""
    return f'"{kind}-{feed}-{number}"'


def guids(feed: int, number: int) -> list[str]:
    """Of the entries that a feed has new in a round."""
    return [f"tag:paper-{feed}.example,2026:{n}" for n in _stories(feed, number)]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.feedfarm", description=__doc__)
    parser.add_argument("--feeds", type=int, default=1_000)
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--port", type=int, default=0, help="any that is free unless given")
    asked = parser.parse_args()
    if not 1 <= asked.hosts <= MOST_HOSTS:
        parser.error(f"between 1 and {MOST_HOSTS} hosts")
    asyncio.run(_serve(_Press(asked.feeds), asked.port))


@dataclass(slots=True)
class _Press:
    """All answers, made before they are asked for."""

    feeds: int
    round: int = 1
    answers: dict[str, tuple[bytes, bytes, bytes]] = field(default_factory=dict)  # by path: ETag, 200, 304
    blocks: dict[int, list[bytes]] = field(default_factory=dict)  # by round: each feed's entries of that round
    served: Counter[str] = field(default_factory=Counter)
    counted_s: float = 0.0

    def __post_init__(self) -> None:
        for feed, block in enumerate(self._block(0)):
            self._print("unchanged", feed, 0, [block])
        self.begin(1)

    def begin(self, number: int) -> None:
        """Print the fresh feeds of a round."""
        blocks = [self._block(number), *([self._block(number - 1)] if number > 1 else [])]
        for feed, parts in enumerate(zip(*blocks, strict=True)):
            self._print("fresh", feed, number, list(parts))
        self.blocks = {number: blocks[0]}  # the next round needs no other
        self.round = number
        self.counted_s = process_time()

    def answer(self, request: bytes) -> bytes:
        """The whole answer to a request."""
        found = REQUEST.match(request)
        path = found[1].decode("latin-1") if found else ""
        if stored := self.answers.get(path):
            tag, whole, unchanged = stored
            known = KNOWN.search(request)
            self.served["unchanged" if known and known[1] == tag else "whole"] += 1
            return unchanged if known and known[1] == tag else whole
        if path == "/__served":
            return _ok(json.dumps(self._told()).encode(), b"application/json")
        if path.startswith("/__round/"):
            self.begin(int(path.rsplit("/", 1)[1]))
            return _ok(b"{}", b"application/json")
        self.served["others"] += 1
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"

    def _told(self) -> dict[str, float]:
        now = process_time()
        told = {name: self.served[name] for name in ("whole", "unchanged", "others")} | {"cpu_s": now - self.counted_s}
        self.served.clear()
        self.counted_s = now
        return told

    def _block(self, number: int) -> list[bytes]:
        return self.blocks.get(number) or [_entries(feed, number) for feed in range(self.feeds)]

    def _print(self, kind: Kind, feed: int, number: int, blocks: list[bytes]) -> None:
        start = (
            '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Paper {feed}</title><link>https://paper-{feed}.example/</link>'
            "<description>News that never happened</description><language>en</language>\n"
        ).encode()
        tag = etag(kind, feed, number).encode()
        validator = b"ETag: " + tag + b"\r\n"
        whole = _ok(b"".join([start, *blocks, b"</channel></rss>\n"]), b"application/rss+xml; charset=utf-8", validator)
        self.answers[f"/{kind}/{feed}.xml"] = (tag, whole, b"HTTP/1.1 304 Not Modified\r\n" + validator + b"\r\n")


class _Line(asyncio.Protocol):
    """A connection."""

    def __init__(self, press: _Press) -> None:
        self.press = press
        self.came = b""
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        if not transport.get_extra_info("peername")[0].startswith("127."):
            self.transport.abort()  # the socket listens on all addresses, since 200 would need as many sockets

    def data_received(self, data: bytes) -> None:
        self.came += data
        while (end := self.came.find(END)) >= 0 and self.transport is not None:
            request, self.came = self.came[:end], self.came[end + len(END) :]
            self.transport.write(self.press.answer(request))
            if CLOSE.search(request):
                self.transport.close()


async def _serve(press: _Press, port: int) -> None:
    """Until standard input ends."""
    loop, ended = asyncio.get_running_loop(), asyncio.Event()

    def watch() -> None:
        sys.stdin.read()
        loop.call_soon_threadsafe(ended.set)

    server = await loop.create_server(lambda: _Line(press), "0.0.0.0", port, backlog=1_024)  # see _Line.connection_made
    threading.Thread(target=watch, daemon=True).start()
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    await ended.wait()
    server.close()


def _ok(body: bytes, media_type: bytes, headers: bytes = b"") -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: %b\r\n%bContent-Length: %d\r\n\r\n%b" % (media_type, headers, len(body), body)


def _stories(feed: int, number: int) -> range:
    """Numbers of the stories that a feed has new in a round, no two alike."""
    first = (feed * MOST_ROUNDS + number) * ENTRIES
    return range(first + ENTRIES - 1, first - 1, -1)  # newest first, as feeds are


def _entries(feed: int, number: int) -> bytes:
    """The XML of what a feed has new in a round."""
    items: list[str] = []
    for n, guid in zip(_stories(feed, number), guids(feed, number), strict=True):
        told = story(n, WORDS)
        published = format_datetime(EPOCH + timedelta(hours=number, minutes=n % ENTRIES))
        paragraphs = "".join(f"<p>{escape(p, quote=False)}</p>" for p in told.paragraphs)
        items.append(
            f"<item><title>{escape(told.headline, quote=False)}</title><link>https://paper-{feed}.example/news/{n}.html</link>"
            f'<guid isPermaLink="false">{guid}</guid><pubDate>{published}</pubDate><dc:creator>{told.author}</dc:creator>'
            f"<description>{escape(told.paragraphs[0][:160], quote=False)}…</description>"
            f"<content:encoded><![CDATA[{paragraphs}]]></content:encoded></item>\n"
        )
    return "".join(items).encode()


if __name__ == "__main__":
    main()
