"""Addresses without their secrets: what is stored, shown or logged never holds credentials."""

from __future__ import annotations

import os
import re
from urllib.parse import quote, urlsplit, urlunsplit

from warehouse.errors import UsageError

VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
# Parameters that carry a key or a password in the addresses of real feeds.
SECRET = re.compile(
    r"(?i)((?:[?&;]|%3F|%26)(?:[\w.-]*(?:token|secret|passw(?:or)?d|api_?key|access_?key|auth|signature|credential)[\w.-]*|key|sig|pwd|pass)(?:=|%3D))[^&#;%]*"
)
HIDDEN = "…"
SHORTEST = 4  # characters of a value from the environment that is hidden wherever it shows; shorter ones show by chance
_known: set[str] = set()  # values from the environment that stood in addresses of this process


def redacted(url: str) -> str:
    """The address without user, password, keys and values from the environment; what stands for them is "…"."""
    for value in _known:
        url = url.replace(value, HIDDEN)
    try:
        parts = urlsplit(url)
    except ValueError:
        return re.sub(r"//[^/@]*@", f"//{HIDDEN}@", url)
    if "@" not in parts.netloc and "@" in url and re.search(r":(?![0-9]*$)", parts.netloc):  # a password with a "/" in it
        return re.sub(r"//[^@]*@", f"//{HIDDEN}@", url)
    if "@" in parts.netloc:
        url = urlunsplit(parts._replace(netloc=f"{HIDDEN}@{parts.netloc.rpartition('@')[2]}"))
    return SECRET.sub(rf"\g<1>{HIDDEN}", url)


def filled(url: str) -> str:
    """The address with each ${NAME} replaced from the environment. Raises UsageError naming what is not set."""

    def value(match: re.Match[str]) -> str:
        if (found := os.environ.get(match[1])) is None:
            raise UsageError(f"{redacted(url)} needs the environment variable {match[1]}, which is not set")
        _known.update(form for form in (found, quote(found), quote(found, safe="")) if len(form) >= SHORTEST)
        return found

    return VARIABLE.sub(value, url)


def bare(url: str) -> str:
    """The address without user and password: what relative links start from."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])) if "@" in parts.netloc else url
