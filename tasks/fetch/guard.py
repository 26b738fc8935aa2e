"""No request leaves for this machine, its network or a cloud's metadata service, whatever a feed or a redirect says (SSRF).

Names are checked after DNS resolution, on the very addresses that are then connected to, so that a name cannot change its
mind in between (DNS rebinding). What should be reached all the same is allowed by name in the settings.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# A way round IANA's registries: NAT64 (RFC 6052), 6to4 (RFC 3056) and IPv4-compatible addresses carry an IPv4 address inside;
# site-local ones are deprecated and still routed; the last two are metadata services of clouds.
TUNNELS = tuple(
    ipaddress.ip_network(n)
    for n in (
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16",
        "2001::/32",
        "::/96",
        "fec0::/10",
        "192.0.0.0/24",
        "168.63.129.16/32",
    )
)


class Blocked(OSError):  # noqa: N818  reads as the state it names
    """An address that must not be asked."""


@dataclass(frozen=True, slots=True)
class Guard:
    """What may be reached though it is not public: host names, and networks."""

    names: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    @classmethod
    def allowing(cls, entries: Iterable[str]) -> Self:
        """From what a user writes: "intranet.example", "10.1.2.3", "10.0.0.0/8". Raises ValueError for anything else."""
        names, networks = set(), []
        for entry in filter(None, (e.strip().lower().strip("[]") for e in entries)):
            try:
                networks.append(ipaddress.ip_network(entry, strict=False))
            except ValueError:
                if "/" in entry or ":" in entry or not entry.strip("."):
                    raise ValueError(f"{entry!r} is no host name, address or network") from None
                names.add(entry.rstrip("."))
        return cls(frozenset(names), tuple(networks))

    def allows(self, host: str, address: str) -> bool:
        """Whether this address may be connected to for this host."""
        try:
            ip = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
        except ValueError:
            return False
        if host.lower().rstrip(".") in self.names:
            return True
        inner = getattr(ip, "ipv4_mapped", None) or ip
        return any(inner in n for n in self.networks if n.version == inner.version) or _public(inner)

    def check(self, host: str) -> None:
        """Raise Blocked if the host is an address that must not be asked; names are checked when they are resolved."""
        try:
            ipaddress.ip_address(host.split("%", maxsplit=1)[0])
        except ValueError:
            return
        if not self.allows(host, host):
            raise Blocked(f"{host} is a private address")


class GuardedResolver(AbstractResolver):
    """Resolves names to the addresses that may be asked. Raises Blocked if there is none among those found."""

    def __init__(self, guard: Guard) -> None:
        self.guard = guard
        self._inner = ThreadedResolver()

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> list[ResolveResult]:
        """The addresses of a host that may be connected to."""
        found = await self._inner.resolve(host, port, family)
        allowed = [r for r in found if self.guard.allows(host, r["host"])]
        if found and not allowed:
            raise Blocked(f"{host} leads to the private address {found[0]['host']}")
        return allowed

    async def close(self) -> None:
        """Nothing is held."""
        await self._inner.close()


def _public(ip: Address) -> bool:
    return ip.is_global and not ip.is_multicast and not any(ip in n for n in TUNNELS if n.version == ip.version)
