"""Refining: parse, clean and fingerprint in one go, so that an article crosses between processes once each way.

What it takes and gives is picklable and self-contained. Workers import neither duckdb nor prefect.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from tasks.clean.article import clean
from tasks.fingerprint import fingerprint
from tasks.parse import parse
from tasks.sift import LIMIT_S, sift
from tasks.types import Article, Item, Payload, Print, Reject
from warehouse.errors import Refusal

if TYPE_CHECKING:
    from tasks.types import Source

SLOWEST = 100_000  # bytes that parsing must manage in a second; feeds of 50,000 entries are read at five times that
Outcome: TypeAlias = "tuple[Article, Print] | Reject"


@dataclass(frozen=True, slots=True)
class Work:
    """Payloads of one source to be refined together; `span` narrows a single payload to some of its items."""

    source: Source
    payloads: tuple[Payload, ...]
    published: str | None = None
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Refined:
    """What one payload held: the items that were counted in it when parsed, and what became of each."""

    items: int
    outcomes: tuple[Outcome, ...]


def refine(work: Work) -> list[Refined]:
    """What became of each payload, in order."""
    return [_refine(payload, work) for payload in work.payloads]


def count(work: Work) -> int:
    """How many items the work's only payload holds."""
    return len(_parsed(work.payloads[0]))


def _refine(payload: Payload, work: Work) -> Refined:
    parsed = _parsed(payload)
    if work.span is not None:
        parsed = parsed[slice(*work.span)]
    items = [i for i in parsed if isinstance(i, Item)]

    def article_and_print(item: Item) -> tuple[Article, Print]:
        article = clean(item, work.source, work.published)
        return article, fingerprint(article)

    def refuse(item: Item, refusal: Refusal) -> Reject:
        return Reject(
            "clean", refusal.reason, refusal.detail, item.source, item.path, item.raw_id, item.seen_at, item.record, item.url
        )

    refined = sift(article_and_print, items, refuse)
    return Refined(len(parsed), tuple(next(refined) if isinstance(i, Item) else i for i in parsed))


def _parsed(payload: Payload) -> list[Item | Reject]:
    """A payload's items and rejects; a payload with nothing in it counts as one reject."""
    limit_s = LIMIT_S + len(payload.data) / SLOWEST
    parsed = next(sift(lambda p: list(parse(p)), [payload], lambda p, refusal: p.reject("parse", refusal), limit_s=limit_s))
    if isinstance(parsed, Reject):
        return [parsed]
    return parsed or [payload.reject("parse", Refusal("no_article", "readable, but there is no article in it"))]
