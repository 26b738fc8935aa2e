"""Articles as JSON: one object, a list of them, or an object around a list; schema.org and ninjs among them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from tasks.charset import decode
from tasks.parse.formats import jsonfeed, jsonl
from tasks.parse.formats._fields import item, records_in
from tasks.parse.formats._jsontext import load_all
from warehouse.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tasks.types import Item, Payload, Reject

NAME = "json"
READS = "one article, a list of articles, or an object around a list; schema.org NewsArticle and IPTC ninjs among them"
SUFFIXES = (".json", ".jsonld", ".ninjs")

OPENING = re.compile(r"\s*(?:\{\s*(?:\"|\}|$)|\[\s*(?:\{|\]|$))")


def parse(payload: Payload) -> Iterator[Item | Reject]:
    """One Item a record, dates of origin "meta" ("json-ld" in schema.org's types); what is no article is one Reject.

    Refuses what is no JSON (with line and column), nested over 100 levels, or without any record.
    """
    documents = load_all(payload.data, payload.charset)
    records = records_in(next(documents, None))
    first = payload.first_record
    try:  # values one after another are no document, but no secret either
        for document in documents:
            records = [*records, *records_in(document)]
        broken = None
    except Refusal as refusal:
        broken = refusal
    if not records:
        raise broken or Refusal("no_article", "the document holds an empty list")
    alone = len(records) == 1 and broken is None and payload.part == 0 and payload.last
    for number, record in enumerate(records, first):
        try:
            if not isinstance(record, Mapping):
                raise Refusal("no_article", "it is no object")  # noqa: TRY301  one place makes the Reject
            yield replace(item(payload.blank(NAME), record), record=number, alone=alone)
        except Refusal as refusal:
            about = Refusal(refusal.reason, f"record {number + 1}: {refusal.detail}")
            yield payload.reject("parse", about, number)
    if broken is not None:
        yield payload.reject("parse", broken, first + len(records))


def sniff(head: bytes) -> bool:
    """Whether it begins as an object or a list of objects, and is neither a JSON Feed nor JSON Lines."""
    try:
        text = decode(head) if head.strip() else ""
    except Refusal:
        return False
    return bool(text and OPENING.match(text)) and not jsonfeed.sniff(head) and not jsonl.sniff(head)
