"""JSON from bytes: fast where it is sound, forgiving where publishers are not, and refused where it is broken or hostile.

Standard: RFC 8259. Read beyond it: NaN, control characters in strings, any charset, values one after another.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import orjson

from tasks.charset import decode
from warehouse.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEP = 100  # levels: no publisher nests deeper, and what walks a document must not run out of stack
BLANK = re.compile(r"[ \t\r\n\x1e]*")  # \x1e: RFC 7464 text sequences
SURROGATE = re.compile("[\ud800-\udfff]")


def load(data: bytes, charset: str | None = None, *, first_line: int = 1) -> object:
    """The one value in `data`, which begins on `first_line` of its file.

    Raises Refusal: "malformed" with line and column, "too_deep", "undecodable".
    """
    try:
        value: object = orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError:
        pass
    else:
        return _shallow(value)
    text = decode(data, charset)
    value, end = _next(text, _start(text, 0), first_line)
    rest = _start(text, end)
    if rest < len(text):
        raise _broken(text, rest, "something follows where the document should end", first_line)
    return value


def load_all(data: bytes, charset: str | None = None) -> Iterator[object]:
    """The values in `data`, one after another where there are several. What breaks off is raised when it is reached."""
    try:
        value: object = orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError:
        pass
    else:
        yield _shallow(value)
        return
    text = decode(data, charset)
    position = 0
    while (position := _start(text, position)) < len(text):
        value, position = _next(text, position)
        yield value


def _start(text: str, position: int) -> int:
    match = BLANK.match(text, position)
    return match.end() if match else position


def _next(text: str, position: int, first_line: int = 1) -> tuple[object, int]:
    try:
        value, end = DECODER.raw_decode(text, position)
    except json.JSONDecodeError as error:
        raise _broken(text, error.pos, error.msg, first_line) from error
    except RecursionError as error:
        raise _too_deep() from error
    return _shallow(_clean(value)), end


def _integer(digits: str) -> int | float:
    """Python refuses integers of thousands of digits, to save time; as a number in the news they mean nothing."""
    return int(digits) if len(digits) < 400 else float("inf")


DECODER = json.JSONDecoder(strict=False, parse_int=_integer)


def _broken(text: str, position: int, what: str, first_line: int) -> Refusal:
    line = text.count("\n", 0, position) + first_line
    column = position - text.rfind("\n", 0, position)
    off = what.startswith("Unterminated") or not text[position:].strip()
    advice = "it breaks off: fetch or save it again" if off else "correct it there"
    reading = what.lower().removesuffix(" starting at")
    return Refusal("malformed", f"no JSON from line {line}, column {column} on ({reading}); {advice}")


def _too_deep() -> Refusal:
    return Refusal("too_deep", f"nested more than {DEEP} levels deep; unwrap the articles")


def _shallow(value: object) -> object:
    """The same value if it is not too deep; counted level by level, without recursion."""
    level = [value]
    for _ in range(DEEP + 1):
        level = [
            child
            for holder in level
            if isinstance(holder, dict | list)
            for child in (holder.values() if isinstance(holder, dict) else holder)
            if isinstance(child, dict | list)
        ]
        if not level:
            return value
    raise _too_deep()


def _clean(value: object) -> object:
    """Half surrogate pairs, which Python lets through and nothing can store, become U+FFFD."""
    stack: list[object] = [value]
    while stack:
        holder = stack.pop()
        if isinstance(holder, dict):
            for key, child in holder.items():
                holder[key] = _stored(child)
            stack.extend(holder.values())
        elif isinstance(holder, list):
            holder[:] = [_stored(child) for child in holder]
            stack.extend(holder)
    return _stored(value)


def _stored(value: object) -> object:
    return SURROGATE.sub("�", value) if isinstance(value, str) else value
