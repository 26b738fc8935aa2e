"""Politeness: how many requests a host gets at once, and how far apart they start.

Feeds are small and made to be polled; pages are not, so they come one at a time and further apart, and farther still where
robots.txt asks for it (Crawl-delay).
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

Kind = Literal["feed", "page"]


@dataclass(frozen=True, slots=True)
class Manners:
    """How a host is treated."""

    at_once: int = 2  # requests to one host; browsers open 6
    feed_gap_s: float = 0.2  # between the starts of two requests for feeds
    page_gap_s: float = 1.0  # between the starts of two requests for pages
    longest_gap_s: float = 30.0  # a Crawl-delay of minutes is meant for crawlers of whole sites
    patience: int = 3  # a host that did not answer so often in a row is left alone for the rest of the run


class Tired(Exception):  # noqa: N818  reads as the state it names
    """The host did not answer the last requests of this run: what is still to be asked of it waits for the next run."""


@dataclass(slots=True)
class Host:
    """One host's waiting line."""

    manners: Manners
    slots: asyncio.Semaphore
    pages: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: dict[Kind, float] = field(default_factory=lambda: {"feed": 0.0, "page": 0.0})
    silent: int = 0  # requests in a row that got no answer
    closed: bool = False  # it said that it has too much to do: no more of its pages in this run


@dataclass(slots=True)
class Hosts:
    """The waiting lines of all hosts. For one event loop."""

    manners: Manners = field(default_factory=Manners)
    _hosts: dict[str, Host] = field(default_factory=dict)

    @asynccontextmanager
    async def turn(self, name: str, kind: Kind, delay_s: float = 0.0) -> AsyncIterator[Host]:
        """Wait for a turn at this host and hold it. `delay_s` is the host's own wish. Raises Tired."""
        host = self._host(name)
        async with host.pages if kind == "page" else nullcontext(), host.slots:
            if host.silent >= self.manners.patience or (kind == "page" and host.closed):
                raise Tired(name)
            await self._gap(host, kind, delay_s)
            yield host

    def heard(self, name: str, *, answered: bool) -> None:
        """Note whether a host answered at all."""
        host = self._host(name)
        host.silent = 0 if answered else host.silent + 1

    def close(self, name: str) -> None:
        """Ask for no more pages of a host in this run."""
        self._host(name).closed = True

    async def _gap(self, host: Host, kind: Kind, delay_s: float) -> None:
        loop = asyncio.get_running_loop()
        least = self.manners.page_gap_s if kind == "page" else self.manners.feed_gap_s
        gap = max(least, min(delay_s, self.manners.longest_gap_s))
        start = max(loop.time(), host.free_at[kind])
        host.free_at[kind] = start + gap
        if (wait := start - loop.time()) > 0:
            await asyncio.sleep(wait)
        host.free_at[kind] = max(host.free_at[kind], loop.time() + gap)  # a late start must not shorten the next gap

    def _host(self, name: str) -> Host:
        if name not in self._hosts:
            self._hosts[name] = Host(self.manners, asyncio.Semaphore(self.manners.at_once))
        return self._hosts[name]
