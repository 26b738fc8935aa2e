"""Fetching over HTTP: many requests at once, in a thread of their own with an event loop, politely and within limits.

Whatever a server does, an Answer comes back that says what happened: nothing is raised, nothing waits for ever.
"""

from __future__ import annotations

import asyncio
import queue
import ssl
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote, urljoin, urlsplit

import aiohttp
from aiohttp import ClientTimeout
from yarl import URL

from tasks.fetch.coding import ACCEPTED, TooMuch, Unpacker
from tasks.fetch.guard import Blocked, Guard, GuardedResolver
from tasks.fetch.headers import fresh_for, media_type, retry_after, validator
from tasks.fetch.hosts import Hosts, Kind, Manners, Tired
from tasks.fetch.robots import MOST_BYTES, Rules, root
from warehouse.errors import Refusal, SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType
    from typing import Self

Outcome = Literal[
    "ok", "unchanged", "gone", "not_found", "forbidden", "throttled", "http_error", "loop", "bad_url", "dns", "connect",
    "tls", "reset", "cut", "timeout", "too_large", "undecodable", "blocked", "robots", "deferred",
]  # fmt: skip
"""What came of a request; "deferred": it was not made in this run, since the host did not answer or time was up."""

PARTIAL = frozenset({"cut", "reset", "timeout"})  # outcomes with which some of a body may have come
SILENT = frozenset({"dns", "connect", "tls", "reset", "timeout"})  # the host gave no answer
PERMANENT, TEMPORARY = frozenset({301, 308}), frozenset({302, 303, 307})
STATUS: dict[int, Outcome] = {
    304: "unchanged", 401: "forbidden", 403: "forbidden", 404: "not_found", 410: "gone", 429: "throttled", 451: "forbidden",
    503: "throttled",
}  # fmt: skip
ACCEPT: dict[Kind, str] = {
    "feed": "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, "
    "text/xml;q=0.9, */*;q=0.5",
    "page": "text/html, application/xhtml+xml;q=0.9, */*;q=0.5",
}
RESOLVING = 128  # threads that ask for addresses of hosts
AT_ONCE = 200  # requests to all hosts together; who waits for a host's turn takes none of them
TAKEN = 100  # answers that are taken at once


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms the web is asked."""

    guard: Guard = field(default_factory=Guard)
    manners: Manners = field(default_factory=Manners)
    user_agent: str = "Wirehouse"
    connect_s: float = 10.0
    read_s: float = 20.0  # between two pieces of a body
    whole_s: float = 60.0  # a request with all its redirects, time in the waiting line left out
    run_s: float = 600.0  # after so long nothing new is begun; what is left is deferred
    redirects: int = 8
    feed_bytes: int = 32 << 20  # unpacked
    page_bytes: int = 8 << 20  # unpacked; the largest real page of thousands had 6 MB
    clock: Callable[[], datetime] = lambda: datetime.now(UTC).replace(tzinfo=None)  # naive UTC


@dataclass(frozen=True, slots=True)
class Ask:
    """One request."""

    url: str
    kind: Kind
    key: int = 0  # whatever the asker wants back with the answer
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request."""

    ask: Ask
    at: datetime  # naive UTC
    outcome: Outcome
    seconds: float = 0.0
    url: str = ""  # where redirects led
    status: int | None = None
    detail: str | None = None
    body: bytes = b""  # unpacked; with outcome cut, reset or timeout what came before the end
    moved_to: str | None = None  # where it says that it moved to for good
    media_type: str | None = None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    retry_after_s: int | None = None
    fresh_s: int | None = None


class Web:
    """Asks in the background; a context manager. `ask` and `answers` are called from one thread."""

    def __init__(self, terms: Terms, robots: Mapping[str, str] | None = None) -> None:
        self.terms = terms
        self.clock = terms.clock
        self.robots: dict[str, Rules] = {host: Rules(text) for host, text in (robots or {}).items()}
        self.learned: dict[str, str] = {}  # robots.txt that were fetched in this run
        self.open = 0  # asked and not yet taken
        self._answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        self._loop = asyncio.new_event_loop()
        self._ended = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="web", daemon=True)
        self._hosts = Hosts(terms.manners)
        self._reading: dict[str, asyncio.Lock] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._until = monotonic() + terms.run_s
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._session: aiohttp.ClientSession | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()

    def ask(self, ask: Ask) -> None:
        """Make a request; its answer comes with `answers`."""
        self.open += 1
        self._loop.call_soon_threadsafe(self._begin, ask)

    def answers(self, wait_s: float) -> list[Answer]:
        """The answers that have come, after waiting for one of them for so long. Raises SourceError if none can come."""
        taken: list[Answer] = []
        if self.open and not self._thread.is_alive():
            raise SourceError("the thread that asks the network has ended; what landed stands. Please report this")
        with suppress(queue.Empty):
            taken.append(self._answers.get(timeout=wait_s))
            while len(taken) < TAKEN:
                taken.append(self._answers.get_nowait())
        self.open -= len(taken)
        return taken

    # ── in the thread ──

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.set_default_executor(ThreadPoolExecutor(RESOLVING, "resolve"))
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        await self._start()
        await self._ended.wait()
        await self._stop()

    async def _start(self) -> None:
        connector = aiohttp.TCPConnector(
            limit=0, resolver=GuardedResolver(self.terms.guard), ttl_dns_cache=300, keepalive_timeout=15
        )
        self._session = aiohttp.ClientSession(
            connector=connector, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False, trust_env=False,
            timeout=ClientTimeout(total=None, sock_connect=self.terms.connect_s, sock_read=self.terms.read_s),
            max_line_size=32_768, max_field_size=32_768, headers={"User-Agent": self.terms.user_agent},
        )  # fmt: skip

    async def _stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        assert self._session is not None, "the session is open"
        await self._session.close()
        executor: ThreadPoolExecutor | None = getattr(self._loop, "_default_executor", None)
        if executor is not None:
            executor.shutdown(wait=False, cancel_futures=True)

    def _begin(self, ask: Ask) -> None:
        task = self._loop.create_task(self._answer(ask))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, ask: Ask) -> None:
        try:
            answer = await self._fetch(ask)
        except Exception as error:  # noqa: BLE001  a fault of ours or of a library costs this request and no other
            answer = Answer(ask, self.clock(), "reset", detail=f"{type(error).__name__}: {error}"[:300])
        self._answers.put(_sound(answer))

    async def _fetch(self, ask: Ask) -> Answer:
        """Follow the redirects, each hop in its host's own turn."""
        answer = Answer(ask, self.clock(), "loop", url=ask.url)
        seen: set[str] = set()
        for_good, left = True, self.terms.whole_s
        try:
            for _ in range(self.terms.redirects + 1):
                if answer.url in seen:
                    return replace(answer, detail=f"its redirects lead in a circle, after {len(seen)} of them")
                seen.add(answer.url)
                answer = await self._hop(ask, answer, left)
                left = self.terms.whole_s - answer.seconds
                if answer.outcome != "loop":
                    return answer
                for_good = for_good and answer.status in PERMANENT
                if for_good:
                    answer = replace(answer, moved_to=answer.url)
        except Tired:
            return replace(answer, outcome="deferred", detail="its host did not answer other requests of this run")
        return replace(answer, detail=f"it is redirected more than {self.terms.redirects} times")

    async def _hop(self, ask: Ask, answer: Answer, left: float) -> Answer:
        """One request: an answer, or with outcome "loop" the next address in `url`."""
        try:
            host = urlsplit(answer.url).hostname or ""
            URL(answer.url)
        except ValueError as error:
            return replace(answer, outcome="bad_url", detail=f"its address cannot be read ({error})")
        if not host or not answer.url.lower().startswith(("http://", "https://")):
            return replace(answer, outcome="bad_url", detail="it leads to an address that is no web address")
        rules = Rules("")
        if ask.kind == "page":
            rules = await self._rules(answer.url)
            if rules.text is None:
                return replace(answer, outcome="http_error", detail="its host's robots.txt could not be had")
            if not rules.allows(answer.url):
                return replace(answer, outcome="robots", detail="robots.txt does not allow it")
        async with self._hosts.turn(host, ask.kind, rules.delay_s):
            if monotonic() > self._until:
                return replace(answer, outcome="deferred", detail="the run's time was up")
            async with self._slots:
                started = monotonic()
                found = await self._request(ask, answer, left)
            self._hosts.heard(host, answered=found.outcome not in SILENT)
            if ask.kind == "page" and found.outcome == "throttled":
                self._hosts.close(host)
        return replace(found, seconds=answer.seconds + monotonic() - started)

    async def _request(self, ask: Ask, answer: Answer, left: float) -> Answer:
        assert self._session is not None, "the session is open"
        body = bytearray()
        address, login = _login(answer.url)
        answer = replace(answer, at=self.clock())
        try:
            self.terms.guard.check(address.raw_host or "")  # as it is connected to: Unicode digits are ASCII by now
            async with (
                asyncio.timeout(max(left, 0.01)),
                self._session.get(address, allow_redirects=False, headers=_headers(ask), auth=login) as response,
            ):
                headers = response.headers
                answer = replace(answer, status=response.status)
                if response.status in PERMANENT | TEMPORARY and headers.get("Location", "").strip():
                    return replace(answer, url=_next(answer.url, headers["Location"]))
                answer = replace(
                    answer, retry_after_s=retry_after(headers, self.clock()), fresh_s=fresh_for(headers),
                    etag=validator(headers, "ETag"), last_modified=validator(headers, "Last-Modified"),
                )  # fmt: skip
                if response.status == 304 and not (ask.etag or ask.last_modified):
                    return replace(answer, outcome="http_error", detail="HTTP 304, though nothing was asked conditionally")
                if outcome := STATUS.get(response.status):
                    return replace(answer, outcome=outcome, detail=_said(response) if outcome != "unchanged" else None)
                if not 200 <= response.status < 300:
                    return replace(answer, outcome="http_error", detail=_said(response))
                kind, charset = media_type(headers)
                answer = replace(answer, outcome="ok", media_type=kind, charset=charset)
                await self._read(response, ask.kind, body)
        except Exception as error:  # noqa: BLE001  every error of the network becomes an outcome
            outcome, detail = _trouble(error, len(body))
            answer = replace(answer, outcome=outcome, detail=detail)
        return replace(answer, body=bytes(body))

    async def _read(self, response: aiohttp.ClientResponse, kind: Kind, body: bytearray) -> None:
        """Fill `body` with the unpacked body. Raises TooMuch, Refusal or EOFError, and leaves what came before in it."""
        limit = self.terms.feed_bytes if kind == "feed" else self.terms.page_bytes
        unpacker = Unpacker(response.headers.get("Content-Encoding", ""), limit)
        async for chunk in response.content.iter_any():
            body += unpacker.push(chunk)
        if not unpacker.complete:
            raise EOFError

    async def _rules(self, url: str) -> Rules:
        """The robots.txt that holds for an address, fetched once a run and host."""
        place = root(url)
        async with self._reading.setdefault(place, asyncio.Lock()):
            if place not in self.robots:
                text = await self._robots(place)
                self.robots[place] = Rules(text)
                if text is not None:
                    self.learned[place] = text
        return self.robots[place]

    async def _robots(self, place: str) -> str | None:
        """Its text; "" if there is none, None if it could not be had (RFC 9309 §2.3.1)."""
        answer = await self._fetch(Ask(f"{place}/robots.txt", "feed"))
        if answer.outcome == "deferred":
            raise Tired(place)
        if answer.outcome in ("ok", "cut", "too_large"):
            return answer.body[:MOST_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")
        client_error = answer.status is not None and 400 <= answer.status < 500 and answer.status != 429
        return "" if client_error or answer.outcome == "loop" else None


def _headers(ask: Ask) -> dict[str, str]:
    headers = {"Accept": ACCEPT[ask.kind], "Accept-Encoding": ACCEPTED}
    if ask.etag:
        headers["If-None-Match"] = ask.etag
    if ask.last_modified:
        headers["If-Modified-Since"] = ask.last_modified
    return headers


def _login(url: str) -> tuple[URL, aiohttp.BasicAuth | None]:
    """The address without user and password, and these."""
    parsed = URL(url)
    if parsed.user is None and parsed.password is None:
        return parsed, None
    return parsed.with_user(None), aiohttp.BasicAuth(parsed.user or "", parsed.password or "", "utf-8")


def _next(url: str, location: str) -> str:
    """Where a redirect leads; the user and password of the address stay while the host does."""
    # Headers are bytes: what is no ASCII is percent-encoded as it came.
    target = urljoin(url, quote(location.strip().encode("utf-8", "surrogateescape"), safe="%/:?#[]@!$&'()*+,;=~|"))
    here, there = urlsplit(url), urlsplit(target)
    safe = (here.scheme, there.scheme) in {("http", "http"), ("https", "https"), ("http", "https")}
    if "@" in here.netloc and here.netloc.rpartition("@")[2] == there.netloc and safe:
        target = there._replace(netloc=here.netloc).geturl()
    return target.partition("#")[0]


def _sound(answer: Answer) -> Answer:
    """The answer with nothing in its words that is no Unicode: servers write their reasons in any charset."""
    told = {name: value for name in ("url", "detail", "media_type", "charset", "moved_to") if (value := getattr(answer, name))}
    return replace(answer, **{name: value.encode("utf-8", "replace").decode() for name, value in told.items()})


def _said(response: aiohttp.ClientResponse) -> str:
    return f"HTTP {response.status} {(response.reason or '')[:80]}".strip()


def _trouble(error: Exception, n_bytes: int) -> tuple[Outcome, str]:
    """An error of the network as outcome and detail."""
    chain: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and len(chain) < 8:
        chain.append(cause)
        cause = cause.__cause__ or cause.__context__
    got = f" after {n_bytes:,} bytes" if n_bytes else ""
    if blocked := next((e for e in chain if isinstance(e, Blocked)), None):
        return "blocked", f"{blocked}: allow it with WIREHOUSE_ALLOW_HOSTS if it should be asked"
    if isinstance(error, Refusal):
        return "undecodable", error.detail
    for kinds, outcome, detail in TROUBLES:
        if isinstance(error, kinds):
            return outcome, detail.format(got=got, error=_short(error))
    return "reset", f"{type(error).__name__}: {_short(error)}"


def _short(error: BaseException) -> str:
    return (str(error) or type(error).__name__)[:200]


TROUBLES: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Outcome, str], ...] = (
    (TooMuch, "too_large", "it is larger than the limit: reading stopped{got}"),
    ((EOFError, aiohttp.ClientPayloadError), "cut", "the connection ended before the body did{got}"),
    ((TimeoutError, aiohttp.ServerTimeoutError), "timeout", "no answer in time{got}"),
    (aiohttp.ClientConnectorDNSError, "dns", "its host has no address ({error})"),
    ((aiohttp.ClientSSLError, aiohttp.ClientConnectorCertificateError, ssl.SSLError), "tls", "no secure connection ({error})"),
    (aiohttp.ClientConnectorError, "connect", "its host cannot be connected to ({error})"),
    (aiohttp.InvalidURL, "bad_url", "its address cannot be read ({error})"),
    ((aiohttp.ClientConnectionError, ConnectionError), "reset", "the connection was closed{got}"),
    (aiohttp.ClientResponseError, "reset", "the answer is no HTTP ({error})"),
)
