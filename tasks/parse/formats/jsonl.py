"""JSON Lines (jsonlines.org, NDJSON): one object a line, files of any size."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import orjson

from tasks.charset import decode
from tasks.parse.formats._fields import item
from tasks.parse.formats._jsontext import load
from tasks.parse.formats._lines import LIMIT, lines, runs
from warehouse.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from tasks.types import Item, Payload, Reject

NAME = "jsonl"
READS = "JSON Lines: one article a line, fields named as in json"
SUFFIXES = (".jsonl", ".ndjson", ".jsonlines")
LOOKS_LIKE = ("json",)  # a first line too long to be seen whole may be either: then the name decides


def parse(payload: Payload) -> Iterator[Item | Reject]:
    """One Item a line, dates of origin "meta"; a line that is no JSON, no article or over 16 MB is one Reject.

    `record` is the line's number from 0 on; blank lines count, so that it can be found, and are skipped.
    """
    data = payload.data
    try:
        data.decode()
    except UnicodeDecodeError:  # one charset for all lines: a line alone may be too short to tell by
        data = decode(data, payload.charset).encode("utf-8", "replace")
    numbered = [(n, line) for n, line in enumerate(lines(io.BytesIO(data)), payload.first_record) if line.strip()]
    alone = len(numbered) == 1 and payload.part == 0 and payload.last
    for number, line in numbered:
        try:
            yield replace(item(payload.blank(NAME), _record(line, number)), record=number, alone=alone)
        except Refusal as refusal:
            named = refusal.reason == "malformed"  # by the JSON reader itself
            about = refusal if named else Refusal(refusal.reason, f"line {number + 1}: {refusal.detail}")
            yield payload.reject("parse", about, number)
    if not numbered and payload.part == 0 and payload.last:
        raise Refusal("empty", "there is nothing but blank lines in it")


def split(stream: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Runs of whole lines, of about 500 lines or 4 MB, with the number of lines before each."""
    return runs(lines(stream))


def without(stream: BinaryIO, records: frozenset[int]) -> Iterator[bytes]:
    """The lines but those of these numbers, which are blank, so that the others keep theirs."""
    return (b"\n" if number in records else line for number, line in enumerate(lines(stream)))


def sniff(head: bytes) -> bool:
    """Whether the first line is a whole object and another one begins on the next."""
    if b"{" not in head[:64]:
        return False  # most files end here
    found = [line for line in lines(io.BytesIO(head)) if line.strip()]
    if len(found) < 2 or not found[1].lstrip().startswith(b"{"):
        return False
    try:
        return isinstance(orjson.loads(found[0]), dict)
    except orjson.JSONDecodeError:
        return False


def _record(line: bytes, number: int) -> Mapping[str, object]:
    if len(line.rstrip(b"\r\n")) > LIMIT:
        raise Refusal("too_large", f"over {LIMIT // 1_000_000} MB in one line")
    value = load(line, first_line=number + 1)
    if not isinstance(value, Mapping):
        raise Refusal("malformed", f"line {number + 1} holds no object; write one article as one object a line")
    return value
