"""No request reaches what is not public, unless it is allowed by name."""

from __future__ import annotations

import asyncio
import socket

import pytest

from tasks.fetch.guard import Blocked, Guard, GuardedResolver
from tasks.fetch.secrets import bare, filled, redacted
from warehouse.errors import UsageError

PRIVATE = [
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "198.18.0.1",
    "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "::127.0.0.1", "fec0::1", "192.0.0.192", "168.63.129.16",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "151.101.1.1", "2606:4700::1111", "::ffff:8.8.8.8"]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_refused(address: str) -> None:
    assert not Guard().allows("example.org", address)
    with pytest.raises(Blocked):
        Guard().check(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_asked(address: str) -> None:
    assert Guard().allows("example.org", address)
    Guard().check(address)


def test_what_is_no_address_is_refused() -> None:
    assert not Guard().allows("example.org", "elsewhere")


@pytest.mark.parametrize(
    ("entries", "host", "address", "allowed"),
    [
        (["intranet.example"], "intranet.example", "10.0.0.1", True),
        (["Intranet.Example."], "INTRANET.example", "10.0.0.1", True),
        (["intranet.example"], "other.example", "10.0.0.1", False),
        (["10.0.0.0/8"], "other.example", "10.0.0.1", True),
        (["10.0.0.0/8"], "other.example", "192.168.0.1", False),
        (["127.0.0.1"], "127.0.0.1", "127.0.0.1", True),
        (["127.0.0.1"], "127.0.0.2", "127.0.0.2", False),
        (["[::1]"], "::1", "::1", True),
        (["", " "], "127.0.0.1", "127.0.0.1", False),
    ],
)
def test_what_is_allowed_by_name(entries: list[str], host: str, address: str, *, allowed: bool) -> None:
    assert Guard.allowing(entries).allows(host, address) is allowed


@pytest.mark.parametrize("wrong", ["10.0.0.0/99", "http://intranet", "intranet:8080"])
def test_an_entry_that_is_none_is_named(wrong: str) -> None:
    with pytest.raises(ValueError, match="is no host name"):
        Guard.allowing([wrong])


def test_a_name_is_judged_by_the_addresses_it_leads_to() -> None:
    async def resolve(guard: Guard) -> list[str]:
        found = await GuardedResolver(guard).resolve("localhost", 80, socket.AF_INET)
        return [r["host"] for r in found]

    with pytest.raises(Blocked, match="localhost leads to the private address 127"):
        asyncio.run(resolve(Guard()))
    assert asyncio.run(resolve(Guard.allowing(["localhost"]))) == ["127.0.0.1"]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/feed?id=3", "https://example.org/feed?id=3"),
        ("https://me:pass@example.org:81/feed", "https://…@example.org:81/feed"),
        ("https://example.org/f?api_key=abc&x=1", "https://example.org/f?api_key=…&x=1"),
        ("https://example.org/f?x=1&access_token=abc#y", "https://example.org/f?x=1&access_token=…#y"),
        ("https://example.org/f?key=abc", "https://example.org/f?key=…"),
        ("https://example.org/f?keyword=abc&author=x", "https://example.org/f?keyword=abc&author=…"),
        ("https://me:pass@[broken/feed", "https://…@[broken/feed"),
        ("my-feed", "my-feed"),
    ],
)
def test_credentials_are_not_shown(url: str, shown: str) -> None:
    assert redacted(url) == shown


def test_relative_links_start_without_credentials() -> None:
    assert bare("https://me:p@ss@example.org/feed?x=1") == "https://example.org/feed?x=1"


def test_secrets_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWS_KEY", "s3cret")
    assert filled("https://example.org/f?key=${NEWS_KEY}") == "https://example.org/f?key=s3cret"
    with pytest.raises(UsageError, match=r"needs the environment variable NO_SUCH_KEY, which is not set"):
        filled("https://me:${NO_SUCH_KEY}@example.org/f")
