"""Politeness: how many requests a host gets at once, how far apart, when it is left alone, and what its robots.txt allows."""

from __future__ import annotations

import asyncio
import selectors
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.fetch.hosts import Hosts, Kind, Manners, Tired
from tasks.fetch.robots import Rules, root

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Sequence

T = TypeVar("T")
KINDS: tuple[Kind, ...] = ("feed", "page")

QUICK = Manners(at_once=2, feed_gap_s=0.0, page_gap_s=0.0)


class Leaps(selectors.SelectSelector):
    """A selector that does not wait: where nothing happens before the next timer, its clock leaps there."""

    at = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        self.at += timeout or 0.0
        return ready


class Loop(asyncio.SelectorEventLoop):
    """An event loop of exact times in which hours pass at once."""

    def __init__(self) -> None:
        self.clock = Leaps()
        super().__init__(self.clock)

    def time(self) -> float:
        return self.clock.at


@dataclass(slots=True)
class Log:
    """What requests saw."""

    starts: list[float] = field(default_factory=list)
    peak: int = 0
    under_way: int = 0

    @property
    def gaps(self) -> list[float]:
        return [later - earlier for earlier, later in pairwise(self.starts)]


async def visit(hosts: Hosts, log: Log, name: str = "a", kind: Kind = "feed", delay_s: float = 0.0, work_s: float = 0.0) -> None:
    """One request that takes so long."""
    async with hosts.turn(name, kind, delay_s):
        log.starts.append(asyncio.get_running_loop().time())
        log.under_way += 1
        log.peak = max(log.peak, log.under_way)
        await asyncio.sleep(work_s)
        log.under_way -= 1


def run(main: Coroutine[object, object, T]) -> T:
    with asyncio.Runner(loop_factory=Loop) as runner:
        return runner.run(main)


def together(manners: Manners, make: Callable[[Hosts], Sequence[Awaitable[None]]]) -> float:
    """Run requests at the same time; how many seconds they took in all."""

    async def all_of_them() -> float:
        await asyncio.gather(*make(Hosts(manners)))
        return asyncio.get_running_loop().time()

    return run(all_of_them())


# ── how many, how far apart ──


@pytest.mark.parametrize("at_once", [1, 2, 5])
def test_a_host_gets_no_more_requests_at_once_than_it_may(at_once: int) -> None:
    log = Log()
    together(Manners(at_once, 0.0, 0.0), lambda hosts: [visit(hosts, log, work_s=5) for _ in range(12)])
    assert log.peak == at_once
    assert len(log.starts) == 12, "each gets its turn"


def test_requests_for_feeds_start_apart() -> None:
    log = Log()
    together(Manners(), lambda hosts: [visit(hosts, log) for _ in range(5)])
    assert log.starts == pytest.approx([0.0, 0.2, 0.4, 0.6, 0.8])


def test_pages_come_one_at_a_time_and_apart() -> None:
    slow, quick = Log(), Log()
    together(Manners(at_once=5), lambda hosts: [visit(hosts, slow, kind="page", work_s=3) for _ in range(4)])
    together(Manners(at_once=5), lambda hosts: [visit(hosts, quick, kind="page", work_s=0.1) for _ in range(4)])
    assert slow.peak == quick.peak == 1
    assert slow.gaps == pytest.approx([3.0] * 3)
    assert quick.gaps == pytest.approx([1.0] * 3)


def test_a_host_that_was_left_alone_for_long_is_asked_at_once() -> None:
    async def twice() -> list[float]:
        hosts, log = Hosts(), Log()
        await visit(hosts, log, kind="page", delay_s=10)
        await asyncio.sleep(60)
        await asyncio.gather(*(visit(hosts, log, kind="page", delay_s=10) for _ in range(2)))
        return log.starts

    assert run(twice()) == pytest.approx([0.0, 60.0, 70.0]), "what it was spared is not made up for"


def test_a_feed_does_not_wait_for_the_gap_between_pages() -> None:
    feeds, pages = Log(), Log()
    together(
        Manners(),
        lambda hosts: [*(visit(hosts, pages, kind="page") for _ in range(5)), *(visit(hosts, feeds) for _ in range(5))],
    )
    assert max(feeds.starts) < 1
    assert pages.gaps == pytest.approx([1.0] * 4)


@pytest.mark.parametrize("kind", ["feed", "page"])
@pytest.mark.parametrize(
    ("delay_s", "gap_s"), [(0.01, None), (5.0, 5.0), (30.0, 30.0), (86_400.0, 30.0), (float("inf"), 30.0), (-1.0, None)]
)
def test_a_crawl_delay_is_kept_up_to_a_limit_and_shortens_no_gap(kind: Kind, delay_s: float, gap_s: float | None) -> None:
    log = Log()
    together(Manners(), lambda hosts: [visit(hosts, log, kind=kind, delay_s=delay_s) for _ in range(3)])
    assert log.gaps == pytest.approx([gap_s or {"feed": 0.2, "page": 1.0}[kind]] * 2)


@given(
    st.lists(st.tuples(st.sampled_from(["feed", "page"]), st.integers(0, 5), st.integers(0, 9)), max_size=15),
    st.integers(1, 4),
)
def test_whatever_is_asked_the_manners_are_kept(asks: list[tuple[Kind, int, int]], at_once: int) -> None:
    manners, logs, everything = Manners(at_once), {"feed": Log(), "page": Log()}, Log()

    async def ask(hosts: Hosts, kind: Kind, begin: int, work_s: int) -> None:
        await asyncio.sleep(begin)
        async with hosts.turn("a", kind):
            everything.under_way += 1
            everything.peak = max(everything.peak, everything.under_way)
            logs[kind].starts.append(asyncio.get_running_loop().time())
            await asyncio.sleep(work_s)
            everything.under_way -= 1

    together(manners, lambda hosts: [ask(hosts, *one) for one in asks])
    assert everything.peak <= at_once
    assert len(logs["feed"].starts) + len(logs["page"].starts) == len(asks)
    assert all(gap >= manners.feed_gap_s - 1e-6 for gap in logs["feed"].gaps)
    assert all(gap >= manners.page_gap_s - 1e-6 for gap in logs["page"].gaps)


def test_hosts_do_not_wait_for_one_another() -> None:
    log = Log()
    took = together(Manners(at_once=1), lambda hosts: [visit(hosts, log, f"h{n}", "page", 9, work_s=2) for n in range(20)])
    assert log.peak == 20
    assert took == pytest.approx(2)


def test_a_turn_is_given_back_whatever_happens_in_it() -> None:
    async def fail_and_cancel() -> None:
        hosts = Hosts(Manners(at_once=1))
        for kind in KINDS:
            with pytest.raises(RuntimeError):
                async with hosts.turn("a", kind):
                    raise RuntimeError
            waiting = asyncio.create_task(visit(hosts, Log(), kind=kind, work_s=3_600))
            await asyncio.sleep(0.1)
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
        for kind in KINDS:
            await asyncio.wait_for(visit(hosts, Log(), kind=kind), 5)

    run(fail_and_cancel())


# ── hosts that do not answer ──


def test_a_host_that_never_answers_is_left_alone_and_the_others_are_not() -> None:
    async def ask() -> None:
        hosts = Hosts(QUICK)
        for _ in range(QUICK.patience):
            await visit(hosts, Log())
            hosts.heard("a", answered=False)
        for kind in KINDS:
            with pytest.raises(Tired, match="a"):
                await visit(hosts, Log(), kind=kind)
        log = Log()
        await visit(hosts, log, name="b")
        assert log.starts

    run(ask())


def test_who_waits_in_line_when_a_host_falls_silent_does_not_ask_it() -> None:
    async def queue() -> list[BaseException | None]:
        hosts = Hosts(Manners(1, 0.0, 0.0, patience=3))

        async def ask() -> None:
            async with hosts.turn("a", "feed"):
                await asyncio.sleep(0)
                hosts.heard("a", answered=False)

        return await asyncio.gather(*(ask() for _ in range(10)), return_exceptions=True)

    ends = run(queue())
    assert [type(end) for end in ends] == [type(None)] * 3 + [Tired] * 7


@given(st.lists(st.booleans(), max_size=12), st.integers(1, 4))
def test_only_silence_in_a_row_counts(answers: list[bool], patience: int) -> None:
    async def is_tired() -> bool:
        hosts = Hosts(Manners(2, 0.0, 0.0, patience=patience))
        for answered in answers:
            hosts.heard("a", answered=answered)
        try:
            await visit(hosts, Log())
        except Tired:
            return True
        return False

    assert run(is_tired()) is (len(answers) >= patience and not any(answers[-patience:]))


# ── robots.txt ──

ROBOTS = """\
# The Lagoon Herald
User-agent: *
Disallow: /private/
Allow: /private/open.html
Disallow: /*?print=
Disallow: /*.pdf$
Crawl-delay: 2.5

User-agent: Impolite
Disallow: /
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/news/ferry.html", True),
        ("/private/diary.html", False),
        ("/private/open.html", True),  # the longer rule holds (RFC 9309 §2.2.2)
        ("/privately.html", True),
        ("/news/ferry.html?print=1", False),
        ("/news/ferry.html?page=2", True),
        ("/papers/budget.pdf", False),
        ("/papers/budget.pdf?v=2", True),
    ],
)
def test_what_a_host_allows(path: str, *, allowed: bool) -> None:
    assert Rules(ROBOTS).allows(f"https://lagoon.example{path}") is allowed


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        (None, False),  # it could not be had
        ("", True),
        (" \r\n\t", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: Impolite\nDisallow: /", True),
        ("User-agent: wirehouse\nDisallow: /\n\nUser-agent: *\nDisallow:", False),  # its own group holds, in any case
        ("User-agent: Wirehouse\nDisallow:\n\nUser-agent: *\nDisallow: /", True),
        ("<!DOCTYPE html><p>Page not found</p>", True),  # an error page in its place forbids nothing
    ],
)
def test_whether_a_page_may_be_fetched(text: str | None, *, allowed: bool) -> None:
    assert Rules(text).allows("https://lagoon.example/news.html") is allowed


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        (None, 0.0),
        ("", 0.0),
        (ROBOTS, 2.5),
        ("User-agent: *\nCrawl-delay: soon", 0.0),
        ("User-agent: Impolite\nCrawl-delay: 90", 0.0),
        ("User-agent: *\nCrawl-delay: 10\n\nUser-agent: Wirehouse\nCrawl-delay: 1", 1.0),
    ],
)
def test_how_far_apart_a_host_wants_its_pages(text: str | None, seconds: float) -> None:
    assert Rules(text).delay_s == seconds


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Lagoon.Example/news?x=1", "https://lagoon.example"),
        ("HTTP://lagoon.example:8080/news", "http://lagoon.example:8080"),
        ("https://me:pass@lagoon.example/feed", "https://lagoon.example"),
        ("https://[2001:db8::1]:81/x", "https://[2001:db8::1]:81"),
    ],
)
def test_rules_hold_for_scheme_host_and_port_and_know_no_password(url: str, host: str) -> None:
    assert root(url) == host


@given(st.text(max_size=300), st.text(max_size=60))
def test_no_robots_txt_breaks_it(text: str, path: str) -> None:
    rules = Rules(text)
    assert rules.allows(f"https://lagoon.example/{path}") in {True, False}
    assert isinstance(rules.delay_s, float)
