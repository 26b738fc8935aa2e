"""What the headers of an answer say (RFC 9110, RFC 9111)."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_S = 31 * 86_400  # no server may send us away for longer than a month
LONGEST = 1_000  # characters of a validator that are kept and sent back


def retry_after(headers: Mapping[str, str], now: datetime) -> int | None:
    """Seconds to wait, from Retry-After in seconds or as a date; None if it says nothing sensible. `now` is naive UTC."""
    value = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d{1,9}", value):
        return min(int(value), MOST_S)
    at = moment(value)
    return min(max(0, round((at - now).total_seconds())), MOST_S) if at else None


def fresh_for(headers: Mapping[str, str]) -> int | None:
    """Seconds for which the answer may be taken as fresh: max-age, else Expires against Date; None if it does not say."""
    control = headers.get("Cache-Control", "").lower()
    if "no-cache" in control or "no-store" in control:
        return None
    if match := re.search(r"\bmax-age\s*=\s*\"?(\d{1,9})", control):
        return min(int(match[1]), MOST_S)
    expires, date = moment(headers.get("Expires", "")), moment(headers.get("Date", ""))
    return min(max(0, round((expires - date).total_seconds())), MOST_S) if expires and date else None


def media_type(headers: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Content-Type as media type and charset, in lower case."""
    message = Message()
    message["Content-Type"] = headers.get("Content-Type", "")[:LONGEST]
    if not headers.get("Content-Type", "").strip():
        return None, None
    charset = None
    with suppress(LookupError, ValueError, UnicodeError):
        charset = message.get_content_charset()
    return message.get_content_type(), charset


def validator(headers: Mapping[str, str], name: str) -> str | None:
    """ETag or Last-Modified as it was sent; None if there is none that can be sent back."""
    value = headers.get(name, "").strip()
    return value if value and len(value) <= LONGEST and value.isprintable() and value.isascii() else None


def moment(value: str) -> datetime | None:
    """An HTTP date as naive UTC."""
    try:
        at = parsedate_to_datetime(value)
        return at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at
    except (TypeError, ValueError, OverflowError, IndexError):
        return None
