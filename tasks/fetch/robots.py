"""robots.txt (RFC 9309): which pages may be fetched, and how far apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from protego import Protego

AGENT = "Wirehouse"
MOST_BYTES = 500 << 10  # RFC 9309 §2.5 demands at least as much to be read


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host allows."""

    text: str | None  # None: it could not be had, so nothing is fetched (RFC 9309 §2.3.1.4)

    def allows(self, url: str) -> bool:
        """Whether this address may be fetched."""
        return self.text is not None and (not self.text.strip() or bool(_read(self.text).can_fetch(url, AGENT)))

    @property
    def delay_s(self) -> float:
        """The Crawl-delay, in seconds; 0 if none is stated."""
        return float(_read(self.text).crawl_delay(AGENT) or 0.0) if self.text else 0.0


def root(url: str) -> str:
    """Scheme, host and port: what a robots.txt holds for."""
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.rpartition('@')[2].lower()}"


@lru_cache(maxsize=256)
def _read(text: str) -> Protego:
    return Protego.parse(text)
