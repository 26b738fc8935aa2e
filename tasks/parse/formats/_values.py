"""A field's value, in whatever shape a publisher writes it, as the plain thing it stands for.

Text may be a string, a number, or an object that holds it; people and topics a string, or a list of strings or objects;
a moment a string or a number. Any other type is ignored: booleans, nothing, numbers where they say nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from tasks.parse.formats._markup import one_line, unescape

if TYPE_CHECKING:
    from collections.abc import Iterator

Record = Mapping[str, object]

# Where objects keep what they stand for, keys folded by `fold`.
TEXT_KEYS = ("rendered", "value", "main", "text", "name", "headline", "title", "original", "default", "$oid")
NAME_KEYS = ("name", "fullname", "displayname", "byline", "original", "value", "label", "title", "term", "text")
TERM_KEYS = ("value", "name", "label", "title", "term", "tag", "text")
LINK_KEYS = ("url", "href", "src", "contenturl", "rendered", "link", "value", "id")
DATE_KEYS = ("$date", "value", "date", "datetime", "iso", "$numberlong")
FIRST_NAME, LAST_NAME = ("firstname", "givenname", "first"), ("lastname", "familyname", "surname", "last")

LISTED = re.compile(r"'([^']{0,400})'|\"([^\"]{0,400})\"")
SEPARATED = re.compile(r"\s*[;|,]\s*")
DIGITS = re.compile(r"-?\d{1,20}(?:\.\d{1,9})?")
FOLDED = re.compile(r"[\s_.:@-]+")

# Numbers that may be moments: seconds since 1970 within 1973–2100, or the same in milli-, micro- and nanoseconds.
SECONDS = (100_000_000, 4_102_444_800)
UNITS = (1, 1_000, 1_000_000, 1_000_000_000)


def fold(key: str) -> str:
    """A field's name as it is looked up: lower case, without dashes, underscores, blanks, dots and colons."""
    return FOLDED.sub("", key).lower()


def folded(record: Record) -> dict[str, object]:
    """The record by folded names; where two names fold to one, the first that holds something."""
    found: dict[str, object] = {}
    for key, value in record.items():
        name = fold(key) if isinstance(key, str) else ""
        if found.get(name) in (None, "", [], {}):
            found[name] = value
    return found


def text(value: object, keys: tuple[str, ...] = TEXT_KEYS) -> str | None:
    """The text a value stands for; a list stands for its first."""
    for _ in range(4):
        if isinstance(value, Mapping):
            known = folded(value)
            value = next((known[key] for key in keys if known.get(key) not in (None, "", [], {})), None)
        elif isinstance(value, list):
            value = next((member for member in value if member not in (None, "", [], {})), None)
        else:
            break
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _number(value)
    return value.strip() or None if isinstance(value, str) else None


def line(value: object, keys: tuple[str, ...] = TEXT_KEYS) -> str | None:
    """The text a value stands for, in one line and with entities resolved."""
    found = text(value, keys)
    return one_line(unescape(found)) or None if found else None


def paragraphs(value: object) -> str | None:
    """A body: a string, an object that holds it, or a list of paragraphs; of several renderings the longest."""
    if not isinstance(value, list):
        return text(value)
    parts = [part for member in value if (part := text(member))]
    renderings = any(isinstance(member, Mapping) and "contenttype" in folded(member) for member in value)
    if renderings:
        return max(parts, key=len, default=None)
    return "\n\n".join(parts) or None


def people(value: object) -> tuple[str, ...]:
    """Names, as many as there are; a string is one name here, however many people are in it."""
    return tuple(dict.fromkeys(name for member in _members(value) if (name := _person(member))))


def terms(value: object) -> tuple[str, ...]:
    """Topics; a string holds several if it is separated by semicolons, bars or commas."""
    if isinstance(value, str) and not _is_list(value):
        return tuple(dict.fromkeys(term for part in SEPARATED.split(value) if (term := line(part))))
    return tuple(dict.fromkeys(term for member in _members(value) if (term := line(member, TERM_KEYS))))


def instant(value: object) -> str | None:
    """A moment as a string: ISO 8601 in UTC if it was counted in seconds, else as it is written."""
    found = text(value, DATE_KEYS)
    if found is None or DIGITS.fullmatch(found) is None:
        return found if found and any(c.isdigit() for c in found) else None
    number = float(found)
    if (day := _compact(found)) is not None:
        return day
    if SECONDS[0] <= number < SECONDS[1] * UNITS[-1]:
        for unit in UNITS:
            if SECONDS[0] <= number / unit < SECONDS[1]:
                moment = datetime.fromtimestamp(number / unit, UTC)
                return moment.replace(microsecond=0).isoformat()
    return None


def _compact(digits: str) -> str | None:
    """A year, or a year, month and day without dashes between them (ISO 8601 basic format)."""
    if len(digits) == 4 and "1400" <= digits <= "2100":
        return digits
    if len(digits) != 8 or not "1400" <= digits[:4] <= "2100":
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat()
    except ValueError:
        return None


def _number(value: float) -> str | None:
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value) if value.bit_length() < 1000 else None


def _person(value: object) -> str | None:
    if isinstance(value, Mapping):
        known = folded(value)
        if not any(known.get(key) for key in NAME_KEYS):
            parts = [line(next((known[key] for key in keys if known.get(key)), None)) for keys in (FIRST_NAME, LAST_NAME)]
            return " ".join(filter(None, parts)) or None
    return line(value, NAME_KEYS) if not isinstance(value, int | float) else None


def _members(value: object) -> Iterator[object]:
    if isinstance(value, list):
        yield from value
    elif isinstance(value, str) and _is_list(value):
        yield from (match[1] or match[2] for match in LISTED.finditer(value))
    elif value is not None:
        yield value


def _is_list(value: str) -> bool:
    """A table's cell may hold a list as Python or JSON writes it."""
    stripped = value.strip()
    return stripped.startswith("[") and stripped.endswith("]") and (stripped == "[]" or LISTED.search(stripped) is not None)
