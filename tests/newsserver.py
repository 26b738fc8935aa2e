"""A site on the loopback that behaves as well or as badly as a test asks; what is in the news stands in newspaper.py.

    with NewsServer() as site:
        site.on("/feed.xml", conditional(rss([entry(1), entry(2, full=False)])))
        site.on("/busy.xml", [Reply(status=503, headers={"Retry-After": "1"}), Reply(rss([entry(3)]))])
        ...  # poll site.url("/feed.xml")
        assert [asked.headers["if-none-match"] for asked in site.log("/feed.xml")[1:]]

Every connection has a thread. What is not registered is answered with 404, robots.txt too.
"""

from __future__ import annotations

import gzip
import selectors
import socket
import struct
import threading
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from http.client import HTTPException, parse_headers
from importlib import import_module
from itertools import chain, pairwise
from itertools import repeat as for_ever
from time import monotonic
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from io import BufferedReader
    from typing import Self

Behaviour = Literal[
    "hang",  # no answer at all
    "stall",  # half the body, then silence
    "reset",  # half the body, then RST
    "short",  # half the body, then a proper end, though Content-Length promises all of it
    "slow",  # some bytes at a time
    "endless",  # the body again and again, without a length
    "chunked",  # the body in chunks
    "cut-chunked",  # half the chunks, then a proper end
    "close-early",  # the connection ends without an answer
    "garbage",  # bytes that are no HTTP
]
Coding = Literal["gzip", "deflate", "raw-deflate", "br", "zstd"]
Ending = Literal["keep", "close", "silence", "reset"]

LINE = 65_536  # bytes of a request line at most
PIECE = 200  # bytes of a slow body that come at once
PAUSE_S = 0.02  # between them, and before a reset, so that what was sent is read
LOOK_S = 0.02  # between two looks whether the client of a silent answer is still there
BODILESS = frozenset({204, 304})
LAST = datetime(2026, 3, 2, 6, tzinfo=UTC)  # no body is said to be newer


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked."""

    path: str
    query: str
    headers: Mapping[str, str]  # names in lower case
    host: int  # which of the server's hosts was asked, from 1
    at: float  # monotonic seconds
    method: str


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, and what goes wrong while it is given."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    media_type: str | None = "application/rss+xml; charset=utf-8"  # None: not stated
    behaviour: Behaviour | None = None
    delay_s: float = 0.0  # before the first byte


Answer = Reply | Callable[[Request], Reply]
NOWHERE = Reply(b"There is nothing here.", 404, media_type="text/plain")


@dataclass(slots=True)
class _Turns:
    """Answers that are given one after the other, the last one for ever."""

    answers: list[Answer]

    def next(self) -> Answer:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@dataclass(frozen=True, slots=True)
class _Plan:
    """The bytes of an answer as they go out."""

    pieces: Iterable[bytes]
    ending: Ending
    pause_s: float = 0.0


class NewsServer:
    """A server on 127.0.0.1 and, with `hosts`, on 127.0.0.2 and so on, all on one port (beyond the first: Linux only)."""

    def __init__(self, hosts: int = 1) -> None:
        self.hosts = hosts
        self.port = 0  # any that is free, then the same for ever
        self._lock = threading.Lock()
        self._answers: dict[tuple[str, int | None], _Turns] = {}
        self._requests: list[Request] = []
        self._peak: dict[int, int] = {}
        self._active: dict[int, set[socket.socket]] = defaultdict(set)
        self._open: dict[socket.socket, threading.Thread] = {}
        self._listeners: list[socket.socket] = []
        self._acceptor: threading.Thread | None = None
        self._stopped = threading.Event()
        self._waker: socket.socket | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def url(self, path: str, host: int = 1) -> str:
        return f"http://127.0.0.{host}:{self.port}{path}"

    def on(self, path: str, answer: Answer | Sequence[Answer], host: int | None = None) -> None:
        """Answer a path in this way, whatever its query; on all hosts, or only on one."""
        answers = list(answer) if isinstance(answer, Sequence) else [answer]
        with self._lock:
            self._answers[path, host] = _Turns(answers)

    def log(self, path: str | None = None) -> list[Request]:
        """The requests for a path, or all of them, in the order in which they came."""
        with self._lock:
            return [asked for asked in self._requests if path in {None, asked.path}]

    def peak(self, host: int = 1) -> int:
        """How many requests were under way at this host at once, at most."""
        with self._lock:
            return self._peak.get(host, 0)

    def gaps(self, where: str | int) -> list[float]:
        """Seconds between the starts of two requests for a path, or at a host."""
        times = sorted(asked.at for asked in self.log() if where in {asked.path, asked.host})
        return [later - earlier for earlier, later in pairwise(times)]

    def clear(self) -> None:
        """Forget the requests; the answers stay."""
        with self._lock:
            self._requests.clear()
            self._peak.clear()

    def start(self) -> None:
        """Listen, on the port as before. Raises OSError if somebody else has it."""
        self._stopped = threading.Event()
        self._listeners = self._listen()
        self._waker, woken = socket.socketpair()
        self._acceptor = threading.Thread(target=self._accept, args=(woken, self._stopped), name="newsserver", daemon=True)
        self._acceptor.start()

    def stop(self) -> None:
        """Refuse connections and cut those that are open; what hangs ends at once."""
        if self._acceptor is None or self._waker is None:
            return
        self._stopped.set()
        self._waker.close()
        self._acceptor.join()
        self._acceptor = self._waker = None
        with self._lock:
            lines = dict(self._open)
            for line in lines:
                with suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)
        for thread in lines.values():
            if thread is not threading.current_thread():  # an answer may stop the server
                thread.join(5)

    def _listen(self) -> list[socket.socket]:
        """A socket a host. A new port is tried again, since it may be taken on the other hosts."""
        for tries_left in range(9, -1, -1):
            sockets: list[socket.socket] = []
            port = self.port
            try:
                for host in range(1, self.hosts + 1):
                    sockets.append(_bound(f"127.0.0.{host}", port))
                    port = sockets[0].getsockname()[1]
            except OSError:
                for listener in sockets:
                    listener.close()
                if self.port or not tries_left:
                    raise
            else:
                self.port = port
                return sockets
        raise AssertionError

    def _accept(self, woken: socket.socket, stopped: threading.Event) -> None:
        with selectors.DefaultSelector() as selector, woken:
            selector.register(woken, selectors.EVENT_READ)
            for host, listener in enumerate(self._listeners, 1):
                selector.register(listener, selectors.EVENT_READ, (listener, host))
            while not stopped.is_set():
                for key, _ in selector.select():
                    if key.data is not None:
                        listener, host = key.data
                        self._welcome(listener, host, stopped)
        for listener in self._listeners:
            listener.close()

    def _welcome(self, listener: socket.socket, host: int, stopped: threading.Event) -> None:
        with suppress(OSError):  # who has gone already
            line, _ = listener.accept()
            line.setblocking(True)
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            thread = threading.Thread(target=self._serve, args=(line, host, stopped), name=f"newsserver-{host}", daemon=True)
            with self._lock:
                self._open[line] = thread
            thread.start()

    def _serve(self, line: socket.socket, host: int, stopped: threading.Event) -> None:
        """One connection, to its end."""
        try:
            with line, line.makefile("rb") as reader, suppress(OSError):  # clients go away, that is part of the game
                while not stopped.is_set() and (asked := _request(reader, host)) is not None:
                    if not self._answer(line, asked, stopped):
                        break
                self._left(line, host)
        finally:
            with self._lock:
                self._open.pop(line, None)
                self._active[host].discard(line)

    def _answer(self, line: socket.socket, asked: Request, stopped: threading.Event) -> bool:
        """Answer a request; whether the connection goes on."""
        with self._lock:
            self._requests.append(asked)
            there = {line, *(other for other in self._active[asked.host] if not _gone(other))}
            self._active[asked.host] = there
            self._peak[asked.host] = max(self._peak.get(asked.host, 0), len(there))
            turns = self._answers.get((asked.path, asked.host)) or self._answers.get((asked.path, None))
            answer = turns.next() if turns else NOWHERE
        reply = answer if isinstance(answer, Reply) else answer(asked)
        if reply.delay_s:
            _silence(line, stopped, reply.delay_s)
        keep = "close" not in (asked.headers.get("connection", "").lower(), reply.headers.get("Connection", "").lower())
        plan = _planned(reply, "keep" if keep else "close", whole=asked.method != "HEAD")
        self._send(line, asked.host, plan, stopped)
        if plan.ending == "silence":
            _silence(line, stopped)
        if plan.ending == "reset":
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return plan.ending == "keep"

    def _send(self, line: socket.socket, host: int, plan: _Plan, stopped: threading.Event) -> None:
        """Send all pieces. Who has the last one may ask again, so before that the request counts as done."""
        pieces = iter(plan.pieces)
        piece = next(pieces, None)
        while piece is not None and not stopped.is_set():
            following = next(pieces, None)
            if following is None and plan.ending in {"keep", "close"}:
                self._left(line, host)
            line.sendall(piece)
            if plan.pause_s and (following or plan.ending == "reset"):
                stopped.wait(plan.pause_s)
            piece = following

    def _left(self, line: socket.socket, host: int) -> None:
        with self._lock:
            self._active[host].discard(line)


def conditional(
    body: bytes | Reply, *, etag: bool = True, modified: bool = True, weak: bool = False
) -> Callable[[Request], Reply]:
    """200 with validators, or 304 for who has this very body (RFC 9110 §13). Its date is made of the body, and must be met exactly."""
    whole = body if isinstance(body, Reply) else Reply(body)
    digest = sha256(whole.body)
    tag = f'{"W/" if weak else ""}"{digest.hexdigest()[:16]}"'
    date = format_datetime(LAST - timedelta(seconds=int.from_bytes(digest.digest()[:3])), usegmt=True)
    validators = ({"ETag": tag} if etag else {}) | ({"Last-Modified": date} if modified else {})

    def answer(asked: Request) -> Reply:
        match, since = asked.headers.get("if-none-match"), asked.headers.get("if-modified-since")
        if etag and match is not None:
            known = {one.strip().removeprefix("W/") for one in match.split(",")}
            has_it = bool(known & {"*", tag.removeprefix("W/")})
        else:
            has_it = modified and since == date
        headers = {**whole.headers, **validators}
        return Reply(b"", 304, headers, None) if has_it else replace(whole, headers=headers)

    return answer


def encoded(body: bytes | Reply, coding: Coding, *, asked_only: bool = True) -> Callable[[Request], Reply]:
    """The body in a content coding; plain to who does not accept it, unless `asked_only` is off. Raises ImportError without its library."""
    whole = body if isinstance(body, Reply) else Reply(body)
    token = "deflate" if coding == "raw-deflate" else coding
    headers = {**whole.headers, "Vary": "Accept-Encoding"}
    packed = replace(whole, body=_packed(whole.body, coding), headers={**headers, "Content-Encoding": token})
    plain = replace(whole, headers=headers)

    def answer(asked: Request) -> Reply:
        wishes = asked.headers.get("accept-encoding", "").replace(" ", "").split(",")
        wanted = {name for name, _, weight in (wish.partition(";q=") for wish in wishes) if not weight or float(weight)}
        return packed if not asked_only or token in wanted else plain

    return answer


def redirect(to: str, status: int = 301) -> Reply:
    """On to another address, which may be relative."""
    return Reply(b"", status, {"Location": to}, None)


@cache
def bomb(mb: int) -> Reply:
    """A feed of a few kilobytes a megabyte, in gzip, that grows to that many megabytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    start, blanks = b'<?xml version="1.0"?><rss version="2.0"><channel><title>', b" " * 1_000_000
    packed = b"".join([packer.compress(start), *(packer.compress(blanks) for _ in range(mb)), packer.flush()])
    return Reply(packed, headers={"Content-Encoding": "gzip"})


def _packed(body: bytes, coding: Coding) -> bytes:
    if coding == "gzip":
        return gzip.compress(body, mtime=0)
    if coding == "br":
        return bytes(import_module("brotli").compress(body))
    if coding == "zstd":
        return bytes(import_module("zstandard").ZstdCompressor().compress(body))
    packer = zlib.compressobj(wbits=15 if coding == "deflate" else -15)
    return packer.compress(body) + packer.flush()


def _bound(address: str, port: int) -> socket.socket:
    listener = socket.socket()
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen(256)
        listener.setblocking(False)
    except OSError:
        listener.close()
        raise
    return listener


def _request(reader: BufferedReader, host: int) -> Request | None:
    """The next request of a connection; None when there is none, or no HTTP."""
    words = reader.readline(LINE).decode("latin-1").split()
    if len(words) != 3:
        return None
    try:
        headers = {name.lower(): value for name, value in parse_headers(reader).items()}
    except HTTPException:
        return None
    method, target, version = words
    if version != "HTTP/1.1":
        headers.setdefault("connection", "close")
    parts = urlsplit(target)
    return Request(parts.path, parts.query, headers, host, monotonic(), method)


def _planned(reply: Reply, ending: Ending, *, whole: bool) -> _Plan:
    """The bytes of a reply; only its head without `whole` (HEAD)."""
    body = reply.body if whole and reply.status not in BODILESS else b""
    half = body[: len(body) // 2]
    head = _head(reply, {"Content-Length": str(len(reply.body))} if reply.status not in BODILESS else {})
    pieces = [body[n : n + PIECE] for n in range(0, len(body), PIECE)]
    chunks = [f"{len(piece):x}\r\n".encode() + piece + b"\r\n" for piece in pieces]
    chunked = _head(reply, {"Transfer-Encoding": "chunked"})
    plans: dict[Behaviour | None, _Plan] = {
        None: _Plan([head + body], ending),
        "hang": _Plan([], "silence"),
        "stall": _Plan([head + half], "silence"),
        "reset": _Plan([head + half], "reset", PAUSE_S),
        "short": _Plan([head + half], "close"),
        "slow": _Plan([head, *pieces], ending, PAUSE_S),
        "endless": _Plan(chain([_head(reply, {"Connection": "close"})], for_ever(body or b" ")), "close"),
        "chunked": _Plan([chunked, *chunks, b"0\r\n\r\n"], ending),
        "cut-chunked": _Plan([chunked, *chunks[: len(chunks) // 2]], "close"),
        "close-early": _Plan([], "close"),
        "garbage": _Plan([b"\x16\x03\x01\x02 \xffno HTTP, and \x00 no end\r\n\r\n"], "close"),
    }
    return plans[reply.behaviour]


def _head(reply: Reply, framing: Mapping[str, str]) -> bytes:
    try:
        phrase = HTTPStatus(reply.status).phrase
    except ValueError:
        phrase = "Invented"
    media_type = {"Content-Type": reply.media_type} if reply.media_type else {}
    headers = {"Server": "newsserver", **media_type, **framing, **reply.headers}
    lines = [f"HTTP/1.1 {reply.status} {phrase}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def _silence(line: socket.socket, stopped: threading.Event, most_s: float = 600.0) -> None:
    """Say nothing, until the client goes, the server stops, or the time is up."""
    until = monotonic() + most_s
    while (left := until - monotonic()) > 0 and not stopped.wait(min(left, LOOK_S)):
        if _gone(line):
            return


def _gone(line: socket.socket) -> bool:
    """Whether the client has closed the connection."""
    try:
        return line.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
